// jobs.results from end to end: the objects that a job names, read into the engine and asked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createJobs, NetworkError } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { createSampleFetch, SAMPLE_S3 } from "../../../emulator/sample_account.js";
import { LIMIT, serverTest } from "../emulator/calls.js";
import { hasResults, jobsLike } from "./s3_objects.js";

const operation = "GetObject";

/** Uses a Jobs for a strict endpoint and its S3. */
async function withJobs(server, options, use) {
  const jobs = await createJobs({
    endpoint: server.url,
    s3Endpoint: `${server.url}s3`,
    credentials: EXAMPLE,
    ...options,
  });
  try {
    return await use(jobs);
  } finally {
    jobs.close();
  }
}

serverTest("a finished job's images, their labels and the manifest's summary", { strict: true }, (server) =>
  withJobs(server, {}, async (jobs) => {
    const [{ JobId, Results, OperationsConfig }] = jobsLike(server, hasResults);
    const progress = [];
    const results = await jobs.results(JobId, { onProgress: (told) => progress.push(told) });
    assert.equal(results.size, results.summary.statistics["valid-json-lines"]);
    assert.equal(results.rejectedCount, 0);
    const least = OperationsConfig.DetectModerationLabels.MinConfidence ?? 50;
    const flagged = results.flagged(least);
    assert.ok(flagged.length > 0 && flagged.length < results.size / 2);
    const [image] = flagged.rows(0, 1);
    assert.equal(image["detect-moderation-labels"].ModerationModelVersion, Results.ModelVersions.Moderation);
    assert.equal(results.query("-label:*").length, results.size - flagged.length);
    assert.ok(results.labels().every(({ level, count }) => level === 1 && count > 0));
    const last = progress.at(-1);
    assert.deepEqual([last.images, last.bytes], [results.size, last.totalBytes]);
    results.close();
  }),
);

serverTest("a broken manifest: no images, but the lines that broke it", { strict: true }, (server) =>
  withJobs(server, {}, async (jobs) => {
    const [{ JobId }] = jobsLike(server, (job) => job.ManifestSummary && !job.Results);
    const results = await jobs.results(JobId);
    assert.deepEqual([results.size, results.rejectedCount], [0, 0]);
    const [{ code, message }] = results.summary.errors;
    assert.match(code, /^ERROR_/);
    assert.ok(message);
    results.close();
  }),
);

const cut = [{ kind: "cut", operation, times: "always" }];
serverTest("a connection that breaks off in the results ends as a NetworkError", { faults: cut }, (server) =>
  withJobs(server, {}, async (jobs) => {
    const [{ JobId }] = jobsLike(server, hasResults);
    await assert.rejects(jobs.results(JobId), (error) => {
      assert.ok(error instanceof NetworkError, error.stack);
      assert.match(error.message, /broke off after [\d,]+ bytes of s3:\/\/acme-.*: try again$/);
      return true;
    });
  }),
);

const slow = [{ kind: "drip", operation, times: "always", overMs: 20_000 }];
serverTest("an abort ends it while the results come", { faults: slow }, (server) =>
  withJobs(server, {}, async (jobs) => {
    const [{ JobId }] = jobsLike(server, hasResults);
    const controller = new AbortController();
    const reason = new Error("enough");
    const reading = jobs.results(JobId, {
      signal: controller.signal,
      onProgress: ({ bytes }) => bytes > 0 && controller.abort(reason),
    });
    await assert.rejects(reading, reason);
  }),
);

test("the sample account that is made in the page has results, too", LIMIT, async () => {
  const now = Date.UTC(2026, 10, 24, 12);
  const fetch = createSampleFetch({ now, jobs: 250 }, () => now);
  const jobs = await createJobs({ endpoint: "http://127.0.0.1/", s3Endpoint: SAMPLE_S3, fetch });
  await jobs.load();
  const [job] = jobs.query("status:succeeded").rows(0, 1);
  const results = await jobs.results(job.JobId);
  assert.equal(results.size, results.summary.statistics["valid-json-lines"]);
  jobs.close();
});
