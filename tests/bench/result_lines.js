// A seeded results file, in chunks: lines as the service writes them, with the labels of its published taxonomy.
import { labels } from "../result_taxonomy.js";
import { seeded } from "../seeded.js";

const linesOfAChunk = 2_000;

/** A confidence as the service writes it: a number of single precision, printed as a double. */
const confidence = (random) => Math.fround(50 + 50 * random());

/** 0 to 8 labels, each with those above it, as the service gives them. */
function labelsOf(random) {
  const chosen = new Map();
  const wanted = random() < 0.4 ? 0 : 1 + Math.floor(random() * 8);
  while (chosen.size < wanted) {
    const sure = confidence(random);
    for (let label = labels[Math.floor(random() * labels.length)]; label; label = label.parent) {
      if (chosen.size < wanted)
        chosen.set(label.name, {
          Confidence: sure,
          Name: label.name,
          ParentName: label.parent?.name ?? "",
          TaxonomyLevel: label.level,
        });
    }
  }
  return [...chosen.values()];
}

const digits = (number, count) => String(number).padStart(count, "0");

export function resultLine(number, random) {
  const type = random();
  const ContentTypes =
    type < 0.1 ? [{ Confidence: confidence(random), Name: type < 0.05 ? "Animated" : "Illustrated" }] : [];
  return JSON.stringify({
    "source-ref": `s3://media-uploads/2026/11/${digits(number % 30, 2)}/image-${digits(number, 9)}.jpg`,
    "detect-moderation-labels": { ModerationLabels: labelsOf(random), ModerationModelVersion: "7.0", ContentTypes },
  });
}

/** @returns {Generator<Uint8Array>} chunks of whole lines */
export function* resultLines(count, seed = 1) {
  const random = seeded(seed);
  const encoder = new TextEncoder();
  for (let first = 0; first < count; first += linesOfAChunk) {
    const lines = [];
    for (let number = first; number < Math.min(first + linesOfAChunk, count); number++)
      lines.push(resultLine(number, random));
    yield encoder.encode(`${lines.join("\n")}\n`);
  }
}
