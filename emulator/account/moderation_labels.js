// What images of the sample account can show, as each version of the moderation model names it.
//
// Paths of label names from taxonomy level 1 down: Amazon Rekognition Developer Guide, "Label categories in content
// moderation" of version 7, and its migration page for those of 6.1.

/**
 * @typedef {object} Motif
 * @property {number} weight how common it is among flagged images
 * @property {Record<string, readonly string[]>} names by the model's version, the level 1 label first
 */

const SUGGESTIVE = "Suggestive";
const INTIMATE = "Non-Explicit Nudity of Intimate parts and Kissing";
const NUDITY = "Non-Explicit Nudity";
const SWIMWEAR = "Swimwear or Underwear";
const GRAPHIC = "Graphic Violence";
const DISTURBING = "Visually Disturbing";
const DEATH = "Death and Emaciation";
const DRUGS = "Drugs & Tobacco";

/** @type {readonly [number, readonly string[], readonly string[]][]} weight, names of 7.0, names of 6.1 */
const ROWS = [
  [4, ["Explicit", "Explicit Nudity", "Exposed Buttocks or Anus"], ["Explicit Nudity", "Nudity"]],
  [5, ["Explicit", "Explicit Nudity", "Exposed Female Nipple"], ["Explicit Nudity", "Graphic Female Nudity"]],
  [3, ["Explicit", "Explicit Sexual Activity"], ["Explicit Nudity", "Sexual Activity"]],
  [1, ["Explicit", "Sex Toys"], ["Explicit Nudity", "Adult Toys"]],
  [7, [INTIMATE, NUDITY, "Bare Back"], [SUGGESTIVE, "Revealing Clothes"]],
  [12, [INTIMATE, NUDITY, "Exposed Male Nipple"], [SUGGESTIVE, "Barechested Male"]],
  [3, [INTIMATE, NUDITY, "Partially Exposed Buttocks"], [SUGGESTIVE, "Partial Nudity"]],
  [4, [INTIMATE, NUDITY, "Partially Exposed Female Breast"], [SUGGESTIVE, "Partial Nudity"]],
  [3, [INTIMATE, NUDITY, "Implied Nudity"], [SUGGESTIVE, "Partial Nudity"]],
  [3, [INTIMATE, "Obstructed Intimate Parts"], [SUGGESTIVE, "Partial Nudity"]],
  [6, [INTIMATE, "Kissing on the Lips"], [SUGGESTIVE, "Sexual Situations"]],
  [18, [SWIMWEAR, "Female Swimwear or Underwear"], [SUGGESTIVE, "Female Swimwear Or Underwear"]],
  [9, [SWIMWEAR, "Male Swimwear or Underwear"], [SUGGESTIVE, "Male Swimwear Or Underwear"]],
  [8, ["Violence", "Weapons"], ["Violence", "Weapons"]],
  [3, ["Violence", GRAPHIC, "Weapon Violence"], ["Violence", "Weapon Violence"]],
  [4, ["Violence", GRAPHIC, "Physical Violence"], ["Violence", "Physical Violence"]],
  [1, ["Violence", GRAPHIC, "Self-Harm"], ["Violence", "Self Injury"]],
  [3, ["Violence", GRAPHIC, "Blood & Gore"], ["Violence", "Graphic Violence Or Gore"]],
  [2, ["Violence", GRAPHIC, "Explosions and Blasts"], [DISTURBING, "Explosions And Blasts"]],
  [1, [DISTURBING, DEATH, "Emaciated Bodies"], [DISTURBING, "Emaciated Bodies"]],
  [1, [DISTURBING, DEATH, "Corpses"], [DISTURBING, "Corpses"]],
  [1, [DISTURBING, "Crashes", "Air Crash"], [DISTURBING, "Air Crash"]],
  [4, [DRUGS, "Products", "Pills"], ["Drugs", "Pills"]],
  [9, [DRUGS, "Drugs & Tobacco Paraphernalia & Use", "Smoking"], ["Tobacco", "Smoking"]],
  [9, ["Alcohol", "Alcohol Use", "Drinking"], ["Alcohol", "Drinking"]],
  [14, ["Alcohol", "Alcoholic Beverages"], ["Alcohol", "Alcoholic Beverages"]],
  [6, ["Rude Gestures", "Middle Finger"], ["Rude Gestures", "Middle Finger"]],
  [6, ["Gambling"], ["Gambling"]],
  [1, ["Hate Symbols", "Nazi Party"], ["Hate Symbols", "Nazi Party"]],
  [1, ["Hate Symbols", "White Supremacy"], ["Hate Symbols", "White Supremacy"]],
  [1, ["Hate Symbols", "Extremist"], ["Hate Symbols", "Extremist"]],
];

/** @type {readonly Motif[]} */
export const MOTIFS = ROWS.map(([weight, newer, older]) => ({ weight, names: { "7.0": newer, 6.1: older } }));

/** What the newer model tells of an image's kind, besides its labels. */
export const CONTENT_TYPES = ["Animated", "Illustrated"];
