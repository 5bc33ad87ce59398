// What a refresh of a large account costs: 100,000 jobs, 20 new ones, 5 that were running, at most 7 requests.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { startServer } from "../../../emulator/server.js";

const pageSize = 100;
const oldest = 1_700_000_000;

const jobOf = (number, Status = "SUCCEEDED") => ({
  JobId: `job-${number}`,
  Status,
  CreationTimestamp: oldest + number,
});

test("a job from a file whose JobId the service would refuse does not stop a refresh", {
  timeout: 10_000,
}, async () => {
  const jobs = await createJobs({
    region: "us-east-1",
    fetch: async () => Response.json({ MediaAnalysisJobs: [jobOf(1)] }),
  });
  await jobs.import('{"JobId":"not one of the service","Status":"QUEUED"}');
  const { added, complete } = await jobs.refresh();
  assert.deepEqual({ added, complete, size: jobs.size }, { added: 1, complete: true, size: 2 });
  jobs.close();
});

for (const [where, running] of Object.entries({
  "far down the list": [5, 10_000, 50_000, 70_001, 90_000],
  "among the newest": [99_999, 99_998, 99_950, 99_930, 99_925],
})) {
  test(`with the running jobs ${where}`, { timeout: 60_000 }, async () => {
    const account = Array.from({ length: 100_000 }, (_, number) =>
      jobOf(number, running.includes(number) ? "IN_PROGRESS" : "SUCCEEDED"),
    );
    const asked = [];
    const fetch = async (_, { headers, body }) => {
      const operation = headers["x-amz-target"].split(".")[1];
      const { NextToken, JobId } = JSON.parse(body);
      asked.push(operation);
      if (operation === "GetMediaAnalysisJob") return Response.json(account[Number(JobId.slice(4))]);
      const end = NextToken === undefined ? account.length : Number(NextToken);
      const page = { MediaAnalysisJobs: account.slice(Math.max(0, end - pageSize), end).reverse() };
      return Response.json(end > pageSize ? { ...page, NextToken: String(end - pageSize) } : page);
    };
    const jobs = await createJobs({ region: "us-east-1", fetch });
    assert.equal((await jobs.load()).pages, 1_000);

    for (let number = 100_000; number < 100_020; number++) account.push(jobOf(number));
    for (const number of running) account[number] = jobOf(number, "FAILED");
    asked.length = 0;
    const { added, updated, complete } = await jobs.refresh();
    assert.deepEqual({ added, updated, complete }, { added: 20, updated: 5, complete: true });
    assert.ok(asked.length <= 7, `${asked}`);
    assert.equal(jobs.query("status:failed").length, 5);
    assert.equal(jobs.size, 100_020);

    asked.length = 0;
    await jobs.refresh();
    assert.deepEqual(asked, ["ListMediaAnalysisJobs"]);
    jobs.close();
  });
}

test("a file of 20,000 unfinished jobs costs a refresh a hundred requests, and the account's own stay current", {
  timeout: 60_000,
}, async () => {
  const server = await startServer({ port: 0, jobs: 500, seed: 7 });
  let requests = 0;
  const counting = (...request) => {
    requests++;
    return fetch(...request);
  };
  const jobs = await createJobs({ endpoint: server.url, fetch: counting });
  try {
    await jobs.load();
    const foreign = Array.from({ length: 20_000 }, (_, number) => ({
      JobId: `foreign-${number}`,
      Status: "IN_PROGRESS",
    }));
    await jobs.import(JSON.stringify(foreign));
    for (let turn = 0; turn < 2; turn++) {
      requests = 0;
      const { complete } = await jobs.refresh();
      assert.ok(complete);
      assert.ok(requests <= 100 + 6, `${requests} requests`);
    }
    assert.equal(
      jobs.query("id:foreign- status:in-progress").length,
      foreign.length,
      "what the service does not know is kept",
    );
  } finally {
    jobs.close();
    await server.close();
  }
});
