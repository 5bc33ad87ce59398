// Generated results files: images whose labels come from the service's published taxonomy.
import { labels, firstLevelFrom61 } from "../../result_taxonomy.js";
import { seeded } from "../jobs_of.js";

const folders = ["ads", "profiles", "uploads"];
const confidence = (random) => Math.round((30 + 70 * random()) * 1e4) / 1e4;
const pick = (random, list) => list[Math.floor(random() * list.length)];

/** Labels of 7.0, each with those above it, which are as sure. */
function labelsOf70(random) {
  const found = new Map();
  for (let count = random() < 0.4 ? 0 : 1 + Math.floor(random() * 3); count > 0; count--) {
    const Confidence = confidence(random);
    for (let label = pick(random, labels); label; label = label.parent) {
      if (!found.has(label.name))
        found.set(label.name, {
          Name: label.name,
          ParentName: label.parent?.name ?? "",
          Confidence,
          TaxonomyLevel: label.level,
        });
    }
  }
  return [...found.values()];
}

/** Labels of 6.1, which have no levels. Some have names that 7.0 has too. */
function labelsOf61(random) {
  const found = new Map();
  for (let count = random() < 0.5 ? 0 : 1 + Math.floor(random() * 2); count > 0; count--) {
    const name = pick(random, firstLevelFrom61);
    found.set(name, { Name: name, ParentName: "", Confidence: confidence(random) });
  }
  return [...found.values()];
}

function imagesOf(count, seed, model, labelsOf) {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => {
    // A few images are there twice.
    const number = i % 97 === 96 ? i - 50 : i;
    const image = { "source-ref": `s3://bucket/${folders[number % 3]}/${String(number).padStart(5, "0")}.jpg` };
    if (random() < 0.05) return { ...image, code: "INVALID_IMAGE", message: "The image cannot be decoded" };
    const detection = { ModerationLabels: labelsOf(random), ModerationModelVersion: model };
    const type = random();
    if (type < 0.7)
      detection.ContentTypes =
        type < 0.1 ? [{ Name: type < 0.05 ? "Animated" : "Illustrated", Confidence: confidence(random) }] : [];
    return { ...image, "detect-moderation-labels": detection };
  });
}

export const results70 = (count, seed) => imagesOf(count, seed, "7.0", labelsOf70);

/** Of a run that also had images which a later one has not. */
export const results61 = (count, seed) => [
  ...imagesOf(count, seed, "6.1", labelsOf61),
  { "source-ref": "s3://bucket/gone.jpg", "detect-moderation-labels": { ModerationLabels: [] } },
];

export const resultsFile = (images) => images.map((image) => `${JSON.stringify(image)}\n`).join("");
