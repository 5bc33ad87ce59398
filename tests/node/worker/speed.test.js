// What the way to the worker costs: a question must stay under a frame.

import assert from "node:assert/strict";
import { test } from "node:test";
import { processorShare } from "../../browser/machine.js";
import { wireJob } from "../jobs_of.js";
import { here, inWorker } from "./worker_jobs.js";

const JOBS = 100_000;
const FRAME = 16; // milliseconds
const ROUNDS = 41;

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

test(`${JOBS} jobs: a question in a worker takes less than a frame more than here`, { timeout: 180_000 }, async () => {
  const listing = Buffer.from(
    JSON.stringify(
      Array.from({ length: JOBS }, (_, i) => wireJob(`job-${i}`, { Status: i % 9 ? "SUCCEEDED" : "FAILED" })),
    ),
  );
  const modules = { here: await here(), "in a worker": await inWorker() };
  const told = {};
  let share = processorShare();
  for (const [name, jobs] of Object.entries(modules)) {
    const start = performance.now();
    assert.equal((await jobs.import(listing)).added, JOBS);
    told[name] = { "import, ms": Math.round(performance.now() - start), times: [] };
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, jobs] of Object.entries(modules)) {
      const start = performance.now();
      const view = await jobs.query(`status:failed name:of-job-${round}`);
      await view.rows(0, 50);
      told[name].times.push(performance.now() - start);
      view.close();
    }
  }
  for (const each of Object.values(told)) {
    each["query and 50 rows, µs"] = Math.round(1000 * median(each.times));
    delete each.times;
  }
  console.table(told);
  const more = told["in a worker"]["query and 50 rows, µs"] - told.here["query and 50 rows, µs"];
  share = Math.min(share, processorShare());
  console.log(`the way to the worker and back takes ${more} µs more, with ${Math.round(100 * share)} % of a processor`);
  assert.ok(more * share < FRAME * 1000, `${more} µs more`);
});
