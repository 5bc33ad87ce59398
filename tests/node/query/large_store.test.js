// Questions over a store of many chunks, held to plain JavaScript on the same jobs.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { accountPages } from "../../bench/account_pages.js";
import { asStream, parsePages, questions } from "../../bench/contenders.js";

const JOBS = 20_000;
const LIMIT = { timeout: 120_000 };
let engine;
let plain;

const uriOf = (bucket, key) => `s3://${bucket ?? ""}/${key ?? ""}`;
const inputOf = ({ Input }) => Input && uriOf(Input.S3Object.Bucket, Input.S3Object.Name);
const outputOf = ({ OutputConfig }) => OutputConfig && uriOf(OutputConfig.S3Bucket, OutputConfig.S3KeyPrefix);
const resultsOf = ({ Results }) => Results && uriOf(Results.S3Object.Bucket, Results.S3Object.Name);
const words = (job) => [job.JobName, job.JobId, inputOf(job), outputOf(job), job.FailureDetails?.Message];
const contains = (text, word) => text?.toLowerCase().includes(word) ?? false;
const idsOf = (jobs) => Array.from(jobs, ({ JobId }) => JobId);

before(async () => {
  const pages = [...accountPages(JOBS)];
  plain = parsePages(pages);
  engine = await createJobs();
  const { added, rejectedCount } = await engine.import(asStream(pages));
  assert.deepEqual([added, rejectedCount], [JOBS, 0]);
});
after(() => engine.close());

describe("in a large store", () => {
  const more = [
    ...["a", "toys", "2026-11", "s3://acme", "uploads/livestream", "images/feeds/2026", "0412", "beef", "no such"].map(
      (word) => ({
        text: `"${word}"`,
        test: (job) => words(job).some((text) => contains(text, word)),
      }),
    ),
    {
      text: "-status:succeeded -promo",
      test: (job) => job.Status !== "SUCCEEDED" && !words(job).some((text) => contains(text, "promo")),
    },
    { text: "name:*toys*1124", test: (job) => /^.*toys.*1124$/.test(job.JobName ?? "") },
    {
      text: "input:*.jsonl has:version",
      test: (job) => inputOf(job)?.endsWith(".jsonl") && job.Input.S3Object.Version !== undefined,
    },
    { text: "results:ff", test: (job) => contains(resultsOf(job), "ff") },
    {
      text: "confidence:>=60 OR kms:catalog",
      test: (job) =>
        job.OperationsConfig.DetectModerationLabels.MinConfidence >= 60 || contains(job.KmsKeyId, "catalog"),
    },
    { text: "no:name", test: (job) => job.JobName === undefined },
    { text: "duration:<5m", test: (job) => job.CompletionTimestamp - job.CreationTimestamp < 300 },
  ];
  for (const { text, test: matches } of [...questions, ...more]) {
    test(text, LIMIT, () => {
      const found = idsOf(engine.query(text));
      assert.deepEqual(found, idsOf(plain.filter(matches)));
    });
  }

  test("some of those match some jobs and not all", () => {
    const telling = [...questions, ...more].filter(({ test: matches }) => plain.some(matches) && !plain.every(matches));
    assert.ok(telling.length > 15, `${telling.length} do`);
  });

  test("typing letter by letter finds what the whole word finds", LIMIT, () => {
    for (const word of ["moderation-catalog", "livestream-thumbs", "xyz"]) {
      for (let size = 1; size <= word.length; size++) {
        const typed = word.slice(0, size);
        assert.equal(
          engine.query(typed).length,
          plain.filter((job) => words(job).some((text) => contains(text, typed))).length,
        );
        assert.equal(
          engine.query(`name:${typed} status:failed`).length,
          plain.filter((job) => job.Status === "FAILED" && contains(job.JobName, typed)).length,
        );
      }
    }
  });

  test("sorting puts texts in the order of their bytes, ties and missing ones as they were", LIMIT, () => {
    const keys = {
      JobName: (job) => job.JobName,
      results: resultsOf,
      status: (job) => job.Status,
      confidence: (job) => job.OperationsConfig.DetectModerationLabels.MinConfidence,
    };
    for (const [sort, keyOf] of Object.entries(keys)) {
      for (const direction of [1, -1]) {
        const compare = (a, b) => {
          const [x, y] = [keyOf(a), keyOf(b)];
          if (x === y) return 0;
          if (x === undefined || y === undefined) return x === undefined ? 1 : -1;
          return x < y ? -direction : direction;
        };
        assert.deepEqual(
          idsOf(engine.query("", { sort: direction === 1 ? sort : `-${sort}` })),
          idsOf(plain.toSorted(compare)),
          sort,
        );
      }
    }
  });

  test("facets count what plain JavaScript counts", LIMIT, () => {
    const view = engine.query("promo");
    const jobs = plain.filter((job) => words(job).some((text) => contains(text, "promo")));
    for (const [field, valueIn] of Object.entries({
      status: (job) => job.Status,
      name: (job) => job.JobName,
      input: inputOf,
      code: (job) => job.FailureDetails?.Code,
    })) {
      const counts = new Map();
      for (const job of jobs)
        if (valueIn(job) !== undefined) counts.set(valueIn(job), (counts.get(valueIn(job)) ?? 0) + 1);
      const expected = [...counts].map(([value, count]) => ({ value, count }));
      expected.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
      assert.deepEqual(view.facets(field), expected, field);
    }
  });

  test("every job comes out as it came in", LIMIT, () => {
    const exported = JSON.parse(JSON.stringify([...engine.query("")]));
    const seconds = (date) => date && Date.parse(date) / 1000;
    for (const job of exported) {
      if (job.CreationTimestamp) job.CreationTimestamp = seconds(job.CreationTimestamp);
      if (job.CompletionTimestamp) job.CompletionTimestamp = seconds(job.CompletionTimestamp);
    }
    assert.deepEqual(exported, plain);
  });
});
