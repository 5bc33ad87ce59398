// Sizes that the engine computes: 32 bits do not hold every product of what callers give.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createJobs } from "rekognition-jobs";

const LIMIT = { timeout: 120_000 };
const BUCKETS = 100_000;
const STATUSES = 42_950; // times the buckets: 32,704 more than 32 bits hold

test(
  "a histogram of more buckets and statuses than cells can be counted is right, and harms no job",
  LIMIT,
  async () => {
    const jobs = await createJobs();
    const job = (i) => ({
      JobId: `job-${i}`,
      JobName: `name-${i}`,
      Status: `S${i}`,
      CreationTimestamp: 1_700_000_000 + i,
    });
    const lines = Array.from({ length: STATUSES }, (_, i) => JSON.stringify(job(i)));
    assert.equal((await jobs.import(lines.join("\n"))).added, STATUSES);
    const buckets = jobs.query("").histogram("created", BUCKETS);
    assert.equal(buckets.length, BUCKETS);
    let jobsCounted = 0;
    const statuses = new Set();
    for (const { count, byStatus } of buckets) {
      jobsCounted += count;
      for (const [status, times] of Object.entries(byStatus)) {
        assert.equal(times, 1);
        statuses.add(status);
      }
    }
    assert.equal(jobsCounted, STATUSES);
    assert.equal(statuses.size, STATUSES);
    for (let i = 0; i < STATUSES; i += 7) {
      assert.equal(jobs.get(`job-${i}`)?.JobName, `name-${i}`);
    }
    jobs.close();
  },
);
