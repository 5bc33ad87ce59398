// Jobs of saved files may lack any member: their results are read all the same, or refused by an error with a name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createJobs, ServiceError } from "rekognition-jobs";
import { LIMIT } from "../emulator/calls.js";
import { finishedJob } from "./s3_objects.js";

const whole = finishedJob({ summary: "a/1-summary.json" });
const RESULT = '{"source-ref":"s3://in/a.png","detect-moderation-labels":{"ModerationLabels":[]}}';
const SUMMARY = '{"version":"1","statistics":{},"errors":[]}';
const members = Object.keys(whole).filter((name) => name !== "JobId");

/** S3, and a service that does not know the job. */
const fetch = async (url, { method }) =>
  method === "POST"
    ? new Response('{"__type":"ResourceNotFoundException","message":"no such job"}', { status: 400 })
    : new Response(url.includes("summary") ? SUMMARY : RESULT);

async function resultsOf(job) {
  const jobs = await createJobs({ region: "us-east-1", fetch });
  try {
    assert.equal((await jobs.import(JSON.stringify(job))).added, 1);
    return (await jobs.results("f1")).size;
  } catch (error) {
    assert.ok(error instanceof ServiceError, error.stack);
    return error.name;
  } finally {
    jobs.close();
  }
}

test("of every set of members that a job may lack", LIMIT, async () => {
  for (let lacking = 0; lacking < 2 ** members.length; lacking++) {
    const job = structuredClone(whole);
    for (const [index, name] of members.entries()) if ((lacking >> index) & 1) delete job[name];
    const outcome = await resultsOf(job);
    const what = `without ${members.filter((_, index) => (lacking >> index) & 1)}`;
    if (job.Status === undefined) assert.equal(outcome, "ResourceNotFoundException", what);
    else if (job.Results) assert.equal(outcome, 1, what);
    else assert.equal(outcome, job.ManifestSummary ? 0 : "ResourceNotFoundException", what);
  }
});

for (const empty of [{}, { S3Object: {} }, { S3Object: { Bucket: "b" } }, { S3Object: { Name: "n" } }]) {
  test(`with ${JSON.stringify(empty)} for each object`, LIMIT, async () => {
    for (const name of ["Input", "Results", "ManifestSummary", "OutputConfig"]) {
      const outcome = await resultsOf({ ...whole, [name]: name === "OutputConfig" ? {} : empty });
      assert.equal(outcome, name === "Results" ? 0 : 1, name);
    }
  });
}
