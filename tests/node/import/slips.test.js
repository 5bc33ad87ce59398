// Where a slip in a long listing is told, and that it costs one job: whatever its form and chunks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { meant, wireJob } from "../jobs_of.js";
import { LIMIT, imported, utf8, json, pretty, chunked } from "./imports.js";

/** So many that the source has chunks of each size by the dozen, and as many as take no minute. */
const COUNTS = { 1: 20, 7: 60, 4096: 1_000 };
const BROKEN = 9;

const listing = (length) => Array.from({ length }, (_, i) => wireJob(`job-${String(i).padStart(4, "0")}`));

const formsOf = (jobs) => ({
  "a compact response": json({ MediaAnalysisJobs: jobs }),
  "a pretty-printed response": pretty({ MediaAnalysisJobs: jobs }),
  "a response with its token in front": pretty({ NextToken: "more", MediaAnalysisJobs: jobs }),
  "a response with its token behind": pretty({ MediaAnalysisJobs: jobs, NextToken: "more" }),
  "a compact response with its token behind": json({ MediaAnalysisJobs: jobs, NextToken: "more" }),
  "a compact array": json(jobs),
  "a pretty-printed array": pretty(jobs),
  NDJSON: jobs.map((job) => `${json(job)}\n`).join(""),
});

for (const [size, count] of Object.entries(COUNTS)) {
  const jobs = listing(count);
  for (const [name, good] of Object.entries(formsOf(jobs))) {
    test(`${name}, in chunks of ${size}`, LIMIT, async () => {
      const word = '"output-location/job-0009-results.jsonl"';
      const offset = good.indexOf(word);
      const source = good.replace(word, "oops");
      const line = source.slice(0, offset).split("\n").length;
      const { result, all } = await imported(chunked(utf8(source), () => Number(size)));
      assert.deepEqual(
        result.rejected.map((each) => [each.offset, each.line]),
        [[offset, line]],
        json(result.rejected),
      );
      assert.equal(result.rejectedCount, 1);
      assert.equal(result.added, count - 1);
      assert.deepEqual(all, jobs.filter((_, i) => i !== BROKEN).map(meant));
      assert.equal(result.NextToken, name.includes("token") ? "more" : undefined);
      assert.equal(result.complete, !name.includes("token"));
    });
  }
}
