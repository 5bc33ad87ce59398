// What the tests of views share: stores of some jobs, and what can be read of them.

import { after } from "node:test";
import { createJobs } from "rekognition-jobs";
import { wireJob } from "../jobs_of.js";

export const LIMIT = { timeout: 60_000 };
export const FORMATS = ["json", "ndjson", "csv", "markdown"];

export const opened = [];
after(() => opened.forEach((jobs) => jobs.close()));

export async function holding(...wire) {
  const jobs = await createJobs();
  opened.push(jobs);
  await jobs.import(JSON.stringify(wire));
  return jobs;
}

/** `count` jobs, the newest first. */
export const newestFirst = (count) =>
  Array.from({ length: count }, (_, i) => wireJob(`job-${i}`, { CreationTimestamp: 1_700_000_000 - i }));
export const idsOf = (list) => Array.from(list, ({ JobId }) => JobId);
