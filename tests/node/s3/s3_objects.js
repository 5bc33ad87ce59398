// What the tests of reading jobs' objects share: a job to read, and the responses that reading it comes to.

import { createJobs } from "rekognition-jobs";
import { describe } from "../../../emulator/account/account.js";

export const BUCKET = "acme-archive";

/** A finished job in the CLI's form, with the objects that are named. */
export const finishedJob = ({ bucket = BUCKET, results = "a/1-results.jsonl", summary, ...members } = {}) => ({
  JobId: "f1",
  Status: "SUCCEEDED",
  OperationsConfig: { DetectModerationLabels: {} },
  CreationTimestamp: "2026-11-20T09:00:00Z",
  CompletionTimestamp: "2026-11-20T09:10:00Z",
  Input: { S3Object: { Bucket: "in", Name: "manifest.jsonl" } },
  OutputConfig: { S3Bucket: bucket },
  ...(results === null ? {} : { Results: { S3Object: { Bucket: bucket, Name: results } } }),
  ...(summary ? { ManifestSummary: { S3Object: { Bucket: bucket, Name: summary } } } : {}),
  ...members,
});

/** The ids of the account's jobs that a job must be like, newest first. */
export function jobsLike({ account }, isLike, at = Date.now()) {
  const all = Array.from({ length: account.count(at) }, (_, index) => describe(account.job(index), at));
  return all.filter(isLike).reverse();
}

export const hasResults = (job) => job.Results !== undefined;

/**
 * Uses a Jobs whose results are left as they come from S3.
 * @template T
 * @param {import("rekognition-jobs").JobsOptions} options
 * @param {(read: (jobId: string, options?: object) => Promise<{ results?: Response, summary?: Response,
 *   resultsError?: import("rekognition-jobs").ServiceError }>,
 *   jobs: import("rekognition-jobs").Jobs) => Promise<T>} use
 */
export async function withObjects(options, use) {
  const jobs = await createJobs(options);
  let came;
  jobs.openResults = async (results, { summary, resultsError }) => (came = { results, summary, resultsError });
  try {
    return await use(async (...asked) => {
      await jobs.results(...asked);
      return came;
    }, jobs);
  } finally {
    jobs.close();
  }
}
