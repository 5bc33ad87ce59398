// What the results' query language says in words, and what can be completed of it.
import { written } from "./query_terms.js";

/** @type {import("./completions.js").Vocabulary["help"]} */
const RESULT_FIELD_HELP = {
  image: { meaning: "Where the image is, s3://bucket/key", examples: ["*/ads/*"] },
  label: { meaning: "Name of a label", examples: ["violence", "=\"Weapon Violence\""] },
  parent: { meaning: "Name of the label above", examples: ["violence"] },
  level: { meaning: "Level of a label, from 1", examples: ["1", ">=2"] },
  confidence: { meaning: "How sure a label is, percent", examples: [">=80", "50..80"] },
  type: { meaning: "Kind of the content", examples: ["animated"] },
  model: { meaning: "Version of the moderation model", examples: ["7.0"] },
  code: { meaning: "Why an image was not analysed", examples: ["error_invalid_image"] },
  message: { meaning: "What is told of that", examples: ["\"20 MB\""] },
  labels: { meaning: "How many labels it has", examples: [">2", "0"] },
  has: { meaning: "Something is there", examples: ["label", "error"] },
  no: { meaning: "Something is not there", examples: ["label", "type"] },
};

const exact = (value) => `=${written(value)}`;

/** @type {import("./completer.js").Subject} */
export const IMAGES = {
  of: (state) => state.results,
  few: new Set(["label", "parent", "level", "type", "model", "code"]),
  mostCounted: 0,
  textOf: (image, field) => ({ image: image["source-ref"], message: image.message })[field],
  words: {
    help: RESULT_FIELD_HELP,
    kinds: [
      { field: "label", counted: "label", heading: "Label", term: exact },
      { field: "type", counted: "type", heading: "Content type", term: written },
      { field: "code", counted: "code", heading: "Error", term: written },
    ],
  },
};
