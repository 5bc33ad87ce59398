// What the tests of the package share: jobs in their wire form, what they must come out as, and seeded randomness.

import { readFileSync } from "node:fs";

export { seeded } from "../seeded.js";

/** The API's example answers, with ISO 8601 timestamps (aws/aws-sdk-js, apis/rekognition-2016-06-27.examples.json). */
export const EXAMPLES = JSON.parse(readFileSync(new URL("../data/examples.json", import.meta.url), "utf8"));

const TIMESTAMPS = ["CreationTimestamp", "CompletionTimestamp"];

/** A whole job in its wire form; `members` replace or, when undefined, remove members. */
export function wireJob(JobId, members = {}) {
  const job = {
    JobId,
    JobName: `name-of-${JobId}`,
    OperationsConfig: { DetectModerationLabels: { MinConfidence: 62.5 } },
    Status: "SUCCEEDED",
    CreationTimestamp: 1690553151.958,
    CompletionTimestamp: 1690556751.25,
    Input: { S3Object: { Bucket: "input-bucket", Name: "input-manifest.json" } },
    OutputConfig: { S3Bucket: "output-bucket", S3KeyPrefix: "output-location" },
    Results: {
      S3Object: { Bucket: "output-bucket", Name: `output-location/${JobId}-results.jsonl` },
      ModelVersions: { Moderation: "7.0" },
    },
    ManifestSummary: { S3Object: { Bucket: "output-bucket", Name: `output-location/${JobId}-manifest-summary.json` } },
    ...members,
  };
  for (const [name, value] of Object.entries(job)) if (value === undefined) delete job[name];
  return job;
}

/** The job that a wire form means: its timestamps, epoch seconds or ISO 8601, are Dates in whole milliseconds. */
export function meant(wire) {
  const job = structuredClone(wire);
  for (const name of TIMESTAMPS) {
    if (!Object.hasOwn(job, name)) continue;
    job[name] = new Date(typeof job[name] === "number" ? Math.round(job[name] * 1000) : job[name]);
  }
  return job;
}

/** The job in the AWS CLI's version 2 form: microseconds, and an offset from UTC. */
export function asCliJob(wire) {
  const job = structuredClone(wire);
  for (const name of TIMESTAMPS) {
    if (typeof job[name] !== "number") continue;
    const there = new Date(Math.round(job[name] * 1000) - 6 * 3_600_000).toISOString();
    job[name] = there.replace("Z", "000-06:00");
  }
  return job;
}

export const byId = (a, b) => (a.JobId < b.JobId ? -1 : a.JobId > b.JobId ? 1 : 0);

/**
 * A text as its CSV cell: an apostrophe stands before what a spreadsheet could run. It may drop white space, control
 * characters and such without width.
 */
export function csvCell(text = "") {
  return /^[\0\t\n\r]|^[\s\p{Cc}\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f]*[=+\-@＝＋－＠]/u.test(text)
    ? `'${text}`
    : text;
}
