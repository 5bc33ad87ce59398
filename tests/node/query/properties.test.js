// What must be true of any jobs and any query: found or refuted by fast-check, which prints the smallest counterexample.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import { createJobs } from "rekognition-jobs";
import { byId, csvCell, meant } from "../jobs_of.js";

// The same cases each time, so that a failure is of a change and not of chance; LONG=1 looks at others, and at more.
const LONG = process.env.LONG ? { numRuns: 3000 } : { seed: 20_261_124, numRuns: 150 };
fc.configureGlobal(LONG);

let jobs;
let others;
before(async () => ([jobs, others] = await Promise.all([createJobs(), createJobs()])));
after(() => [jobs, others].forEach((engine) => engine?.close()));

// --- Any jobs, in their wire form ---

const words = fc.constantFrom(
  "promo",
  "Promo-0412",
  "s3",
  "=1+1",
  "-",
  "@x",
  "a,b",
  'say "no"',
  "line\r\nend",
  "\t",
  "é",
  "😀",
  "\u202e",
);
const text = fc
  .oneof(words, fc.string({ unit: "grapheme", maxLength: 40 }), fc.string({ unit: "binary", maxLength: 20 }))
  .filter((value) => value.isWellFormed());
const seconds = fc
  .integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 })
  .map((milliseconds) => milliseconds / 1000);
/** The epoch and the first day of the year 1 stand for no time where a job has not ended: see import/members.test.js. */
const isNoZero = (time) => time !== 0 && time > -62_135_510_400;
const s3Object = fc.record({ Bucket: text, Name: text, Version: text }, { requiredKeys: [] });
const status = fc.constantFrom("CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED", "FAILED", "PAUSED");
const code = fc.constantFrom("ACCESS_DENIED", "INVALID_MANIFEST", "THROTTLED", "NEW_CODE");

const wireJob = fc
  .record(
    {
      JobId: fc
        .oneof(text, fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 }))
        .filter((id) => id !== ""),
      JobName: text,
      Status: status,
      OperationsConfig: fc.record({
        DetectModerationLabels: fc.record(
          { MinConfidence: fc.double({ min: 0, max: 100, noNaN: true }), ProjectVersion: text },
          { requiredKeys: [] },
        ),
      }),
      FailureDetails: fc.record({ Code: code, Message: text }, { requiredKeys: [] }),
      CreationTimestamp: seconds,
      CompletionTimestamp: seconds.filter(isNoZero),
      Input: fc.record({ S3Object: s3Object }),
      OutputConfig: fc.record({ S3Bucket: text, S3KeyPrefix: text }, { requiredKeys: ["S3Bucket"] }),
      KmsKeyId: text,
      Results: fc.record({ S3Object: s3Object, ModelVersions: fc.record({ Moderation: text }) }, { requiredKeys: [] }),
      ManifestSummary: fc.record({ S3Object: s3Object }),
    },
    { requiredKeys: ["JobId", "Status", "CreationTimestamp"] },
  )
  // −0 is written 0 in JSON.
  .map((job) => JSON.parse(JSON.stringify(job)));
const wireJobs = fc.uniqueArray(wireJob, { selector: ({ JobId }) => JobId, maxLength: 12 });

async function fill(engine, source) {
  engine.clear();
  const { rejected } = await engine.import(source);
  assert.deepEqual(rejected, []);
}

const listing = (all) => JSON.stringify({ MediaAnalysisJobs: all });
const contents = (engine) => [...engine.query("")].sort(byId);

// --- What goes in comes out ---

test("what is imported is what comes out, and again after JSON and NDJSON", () =>
  fc.assert(
    fc.asyncProperty(wireJobs, async (all) => {
      await fill(jobs, listing(all));
      const expected = all.map(meant).sort(byId);
      assert.deepEqual(contents(jobs), expected);
      for (const format of ["json", "ndjson"]) {
        const view = jobs.query("");
        others.clear();
        await others.import(view.export(format));
        view.close();
        assert.deepEqual(contents(others), expected, format);
      }
    }),
  ));

test("any chunks of the bytes make the same store", () =>
  fc.assert(
    fc.asyncProperty(wireJobs, fc.array(fc.nat(400), { maxLength: 30 }), fc.boolean(), async (all, sizes, isPretty) => {
      const bytes = new TextEncoder().encode(JSON.stringify({ MediaAnalysisJobs: all }, null, isPretty ? 1 : 0));
      async function* chunks() {
        let at = 0;
        for (const size of sizes) {
          yield bytes.subarray(at, at + size);
          at += size;
        }
        yield bytes.subarray(at);
      }
      await fill(jobs, chunks());
      assert.deepEqual(contents(jobs), all.map(meant).sort(byId));
    }),
  ));

test("CSV read by another library has the same values", () =>
  fc.assert(
    fc.asyncProperty(wireJobs, async (all) => {
      await fill(jobs, listing(all));
      const rows = parseCsv(await jobs.query("").export("csv").text(), { columns: true, bom: true });
      const expected = new Map(all.map((job) => [job.JobId, meant(job)]));
      assert.equal(rows.length, all.length);
      for (const row of rows) {
        const job = expected.get(row.JobId) ?? expected.get(row.JobId.slice(1));
        assert.ok(job, row.JobId);
        const took = job.CompletionTimestamp && (job.CompletionTimestamp - job.CreationTimestamp) / 1000;
        assert.deepEqual(
          [
            row.JobName,
            row.Status,
            row.FailureCode,
            row.FailureMessage,
            row.CreationTimestamp,
            row.CompletionTimestamp,
          ],
          [
            job.JobName,
            job.Status,
            job.FailureDetails?.Code,
            job.FailureDetails?.Message,
            job.CreationTimestamp.toISOString(),
            job.CompletionTimestamp?.toISOString(),
          ].map((value) => csvCell(value)),
        );
        const number = (text) => (text === "" ? undefined : Number(text));
        assert.equal(number(row.DurationSeconds), took);
        assert.equal(number(row.MinConfidence), job.OperationsConfig?.DetectModerationLabels?.MinConfidence);
        assert.deepEqual(
          [row.InputBucket, row.InputKey, row.InputVersion, row.OutputBucket, row.OutputPrefix, row.Model],
          [
            job.Input?.S3Object.Bucket,
            job.Input?.S3Object.Name,
            job.Input?.S3Object.Version,
            job.OutputConfig?.S3Bucket,
            job.OutputConfig?.S3KeyPrefix,
            job.Results?.ModelVersions?.Moderation,
          ].map((value) => csvCell(value)),
        );
      }
    }),
  ));

test("pages make the whole, in any size", () =>
  fc.assert(
    fc.asyncProperty(wireJobs, fc.integer({ min: 1, max: 15 }), async (all, size) => {
      await fill(jobs, listing(all));
      const view = jobs.query("", { sort: "-JobName" });
      const { pages } = view.page(1, size);
      const paged = Array.from({ length: pages }, (_, index) => view.page(index + 1, size).items).flat();
      assert.deepEqual(paged, [...view]);
      view.close();
    }),
  ));

// --- Any query, beside what it means in plain JavaScript ---

const lower = (value) => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const contains = (value, part) => value !== undefined && lower(value).includes(lower(part));
const uri = (bucket, key) =>
  bucket === undefined && key === undefined ? undefined : `s3://${bucket ?? ""}/${key ?? ""}`;
const quoted = (value) => `"${value.replace(/["\\]/g, "\\$&")}"`;

function searched(job) {
  const { Input, OutputConfig } = job;
  return [
    job.JobName,
    job.JobId,
    uri(Input?.S3Object.Bucket, Input?.S3Object.Name),
    uri(OutputConfig?.S3Bucket, OutputConfig?.S3KeyPrefix),
    job.FailureDetails?.Message,
  ];
}

const part = fc.constantFrom("promo", "PROMO", "04", "s3://", "a", "=", "é", "\\", '"', "no match");
const term = fc.oneof(
  part.map((value) => ({ text: quoted(value), holds: (job) => searched(job).some((each) => contains(each, value)) })),
  part.map((value) => ({ text: `name:${quoted(value)}`, holds: (job) => contains(job.JobName, value) })),
  part.map((value) => ({
    text: `message:${quoted(value)}`,
    holds: (job) => contains(job.FailureDetails?.Message, value),
  })),
  fc.subarray(["failed", "succeeded", "in-progress"], { minLength: 1 }).map((values) => ({
    text: `status:${values.join(",")}`,
    holds: (job) => values.includes(job.Status.toLowerCase().replaceAll("_", "-")),
  })),
  fc.constantFrom("access_denied", "throttled").map((value) => ({
    text: `code:${value}`,
    holds: (job) => job.FailureDetails?.Code === value.toUpperCase(),
  })),
  fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
    .map(([least, most]) => ({
      text: `confidence:${least}..${most}`,
      holds: ({ OperationsConfig: { DetectModerationLabels: { MinConfidence } = {} } = {} }) =>
        least <= MinConfidence && MinConfidence <= most,
    }))
    .filter(({ text: range }) => {
      const [least, most] = range.split(":")[1].split("..").map(Number);
      return least <= most;
    }),
  fc.integer({ min: 1900, max: 2100 }).map((year) => ({
    text: `created:>=${year}`,
    holds: (job) => job.CreationTimestamp >= Date.UTC(year, 0, 1),
  })),
  fc
    .constantFrom(
      ["name", "JobName"],
      ["completed", "CompletionTimestamp"],
      ["failure", "FailureDetails"],
      ["kms", "KmsKeyId"],
    )
    .chain(([flag, member]) =>
      fc.constantFrom("has", "no").map((qualifier) => ({
        text: `${qualifier}:${flag}`,
        holds: (job) => Object.hasOwn(job, member) === (qualifier === "has"),
      })),
    ),
);
const { query } = fc.letrec((tie) => ({
  query: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    term,
    fc.array(tie("query"), { minLength: 1, maxLength: 3 }).map((all) => ({
      text: `(${all.map((each) => each.text).join(" ")})`,
      holds: (job) => all.every((each) => each.holds(job)),
    })),
    fc.array(tie("query"), { minLength: 2, maxLength: 3 }).map((all) => ({
      text: `(${all.map((each) => each.text).join(" OR ")})`,
      holds: (job) => all.some((each) => each.holds(job)),
    })),
    fc.tuple(tie("query"), fc.constantFrom("-", "NOT ")).map(([one, sign]) => ({
      text: `${sign}${one.text.startsWith("-") || one.text.startsWith("NOT") ? `(${one.text})` : one.text}`,
      holds: (job) => !one.holds(job),
    })),
  ),
}));

test("any query finds what it means", () =>
  fc.assert(
    fc.asyncProperty(wireJobs, fc.array(query, { minLength: 1, maxLength: 6 }), async (all, queries) => {
      await fill(jobs, listing(all));
      const expected = all.map(meant);
      for (const { text: asked, holds } of queries) {
        const view = jobs.query(asked);
        assert.deepEqual(
          [...view].map(({ JobId }) => JobId).sort(),
          expected
            .filter(holds)
            .map(({ JobId }) => JobId)
            .sort(),
          asked,
        );
        view.close();
      }
    }),
  ));

test("a query written anew from its tokens finds the same", () =>
  fc.assert(
    fc.asyncProperty(wireJobs, query, async (all, { text: asked }) => {
      await fill(jobs, listing(all));
      const asWords = { or: "OR", not: "NOT" };
      const written = jobs.tokens(asked).reduce((before, { kind, start, end, field }) => {
        const isJoined = kind === "comma" || /[:,]$/.test(before) || before === "";
        const own = kind === "field" ? `${field}:` : (asWords[kind] ?? asked.slice(start, end));
        return `${before}${isJoined ? "" : "  "}${own}`;
      }, "");
      const ids = (from) => [...jobs.query(from)].map(({ JobId }) => JobId);
      assert.deepEqual(ids(written), ids(asked), written);
    }),
  ));

test("any text is a query or a QueryError whose place lies in it", () =>
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        fc
          .array(
            fc.constantFrom(
              "(",
              ")",
              "-",
              "OR",
              "NOT",
              " ",
              ":",
              "status:",
              '"',
              "a",
              "..",
              ",",
              "\\",
              "created:",
              "2026-13",
            ),
            { maxLength: 12 },
          )
          .map((all) => all.join("")),
      ),
      (asked) => {
        try {
          jobs.query(asked).close();
        } catch (error) {
          assert.equal(error.name, "QueryError");
          assert.ok(
            0 <= error.start && error.start <= error.end && error.end <= asked.length,
            `${error.start} to ${error.end}`,
          );
        }
        for (const { start, end } of jobs.tokens(asked)) assert.ok(0 <= start && start < end && end <= asked.length);
      },
    ),
  ));
