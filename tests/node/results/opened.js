// What the tests of results share: generated files, opened.

import { after } from "node:test";
import { openResults } from "rekognition-jobs";
import { results70, resultsFile } from "./results_of.js";

export const LIMIT = { timeout: 60_000 };
export const json = JSON.stringify;
export const opened = [];
after(() => opened.forEach((each) => each.close()));

export async function open(source, options) {
  const results = await openResults(source, options);
  opened.push(results);
  return results;
}
export const labelsOf = (image) => image["detect-moderation-labels"]?.ModerationLabels ?? [];
export const refOf = (image) => image["source-ref"];

export const images = results70(3_000, 8);
export const file = resultsFile(images);
export const results = await open(file);
