// What a job of the sample account has written to S3: its results, a line an image, and its manifest summary.

import { CONTENT_TYPES, MOTIFS } from "./moderation_labels.js";
import { manifestOf } from "./manifest.js";
import { between, pick, pickWeighted } from "./random.js";

/** @typedef {import("./account.js").Job} Job */

const LINES_A_CHUNK = 200;
const DEFAULT_CONFIDENCE = 50;
const THEME_WEIGHT = 5;
const ANIMATED = 0.05;

/**
 * The results file in chunks of text, made as they are taken.
 * @param {Job} job
 * @param {number} seed the account's
 */
export function* resultsOf(job, seed) {
  const { lines, imageOf, flawOf } = manifestOf(job, seed);
  const weights = MOTIFS.map(
    ({ weight, names }) => weight * (job.campaign.themes.includes(names["7.0"][0]) ? THEME_WEIGHT : 1),
  );
  let chunk = "";
  for (let line = 1; line <= lines; line++) {
    if (!flawOf(line)) chunk += `${JSON.stringify(resultOf(job, imageOf(line), weights))}\n`;
    if (line % LINES_A_CHUNK === 0 || line === lines) {
      yield chunk;
      chunk = "";
    }
  }
}

/**
 * The manifest summary in chunks of text. As the service's documentation has it, `line-numer` is spelt so.
 * @param {Job} job
 * @param {number} seed the account's
 */
export function* summaryOf(job, seed) {
  const { lines, flaws, flawOf } = manifestOf(job, seed);
  const errors = [...flaws];
  for (let line = 1; line <= lines; line++) {
    const flaw = flawOf(line);
    if (flaw) errors.push(flaw);
  }
  const invalid = flaws.length > 0 ? lines : errors.length;
  yield `{"version":"1.0","statistics":{"total-json-lines":${lines},"valid-json-lines":${lines - invalid},` +
    `"invalid-json-lines":${invalid}},"errors":[`;
  for (let first = 0; first < errors.length; first += LINES_A_CHUNK) {
    const told = errors.slice(first, first + LINES_A_CHUNK).map((flaw) => JSON.stringify(errorOf(flaw)));
    yield (first > 0 ? "," : "") + told.join(",");
  }
  yield "]}";
}

/** @param {import("./manifest.js").Flaw} flaw */
function errorOf({ line, image, code, message }) {
  return { "line-numer": line, "source-ref": image, code, message };
}

function resultOf({ model, campaign, request }, { image, random }, weights) {
  const least = request.OperationsConfig.DetectModerationLabels.MinConfidence ?? DEFAULT_CONFIDENCE;
  const found = new Map();
  if (random() < campaign.flagged) {
    for (let count = between(random, 1, 3); count > 0; count--) {
      const motif = MOTIFS[pickWeighted(random, weights)];
      find(found, motif.names[model], confidenceOf(model, random));
    }
  }
  const ContentTypes =
    random() < ANIMATED ? [{ Confidence: percent(50 + 50 * random()), Name: pick(random, CONTENT_TYPES) }] : [];
  return {
    "source-ref": image,
    "detect-moderation-labels": {
      ModerationLabels: [...found.values()].filter(({ Confidence }) => Confidence >= least),
      ModerationModelVersion: model,
      ...(model === "6.1" ? {} : { ContentTypes }),
    },
  };
}

/** Puts a label and its parents among those found: a parent is as sure as the surest of its children. */
function find(found, names, Confidence) {
  names.forEach((Name, index) => {
    const known = found.get(Name)?.Confidence ?? 0;
    const ParentName = names[index - 1] ?? "";
    found.set(Name, { Confidence: Math.max(known, Confidence), Name, ParentName, TaxonomyLevel: index + 1 });
  });
}

/** Most labels are sure. The older model sees the same image a little differently, and is less sure. */
function confidenceOf(model, random) {
  const sure = 100 - 70 * random() ** 2.2;
  const other = random();
  return percent(model === "6.1" ? Math.min(99.99, Math.max(1, sure - 20 * other + 3)) : sure);
}

const percent = (value) => Math.round(value * 10_000) / 10_000;
