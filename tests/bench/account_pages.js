// The benchmarks' data: a seeded account's list responses, page by page, as the service sends them.
import { createAccount } from "../../emulator/account/account.js";
import { createService } from "../../emulator/rekognition/operations.js";

const jobsOfAPage = 100;
const now = Date.UTC(2026, 10, 24, 12);
const encoder = new TextEncoder();

/**
 * The responses of an account of `jobs` jobs, newest first, one at a time.
 * @param {number} jobs
 * @returns {Generator<Uint8Array>}
 */
export function* accountPages(jobs) {
  const { operations } = createService(createAccount({ now, jobs, seed: 6 }));
  let token;
  do {
    const page = operations.ListMediaAnalysisJobs({ MaxResults: jobsOfAPage, NextToken: token }, now);
    token = /"NextToken":"([^"]*)"/.exec(page.slice(page.lastIndexOf("]")))?.[1];
    yield encoder.encode(page);
  } while (token !== undefined);
}
