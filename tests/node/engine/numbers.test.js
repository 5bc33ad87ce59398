// Whatever numbers go in, what comes out is finite: rows, counts, edges, exports, summaries, progress.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import { createJobs } from "rekognition-jobs";

const LIMIT = { timeout: 60_000 };
const RUNS = process.env.LONG ? { numRuns: 2000 } : { seed: 20_261_126, numRuns: 100 };
/** Seconds from the year 10000 on are read as milliseconds, so that a time beyond does not come back from an export. */
const lastInstant = Date.UTC(10_000, 0) - 1;
const counts = [1, 2, 7, 100, 1000];

let jobs;
let again;
before(async () => ([jobs, again] = await Promise.all([createJobs(), createJobs()])));
after(() => [jobs, again].forEach((engine) => engine?.close()));

/** No null, NaN, Infinity or invalid Date in all of a value. */
function requireFinite(value, place) {
  assert.notEqual(value, null, place);
  if (typeof value === "number") assert.ok(Number.isFinite(value), `${place} is ${value}`);
  if (value instanceof Date) assert.ok(Number.isFinite(value.getTime()), `${place} is an invalid Date`);
  else if (typeof value === "object")
    for (const [name, item] of Object.entries(value)) requireFinite(item, `${place}.${name}`);
}

/** Edges ascend from the least value to the greatest, and buckets hold the values that they count. */
function requireHistogram(buckets, values, least = Math.min(...values), greatest = Math.max(...values)) {
  requireFinite(buckets, "histogram");
  if (values.length === 0) return assert.deepEqual(buckets, []);
  assert.equal(buckets[0].from, least);
  if (greatest > least) assert.equal(buckets.at(-1).to, greatest);
  buckets.forEach(({ from, to, count }, i) => {
    assert.ok(from <= to);
    if (i > 0) assert.equal(from, buckets[i - 1].to);
    const isLast = i === buckets.length - 1;
    assert.equal(count, values.filter((value) => value >= from && (value < to || (isLast && value === to))).length);
  });
}

const numberText = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? "-0" : String(value))),
  fc.constantFrom(
    "-0",
    "-0.0",
    "0",
    "1e308",
    "-1e308",
    `${Number.MAX_VALUE}`,
    `-${Number.MAX_VALUE}`,
    "5e-324",
    "-1e-999",
    "9007199254740993",
    "100",
    "50.5",
    "1".padEnd(309, "0"),
    "-12",
    "-1.5e3",
  ),
);
const instant = fc.oneof(
  fc.constantFrom(lastInstant, -lastInstant, lastInstant - 1, 1 - lastInstant, 0, -1, 1_790_000_000_000),
  fc.integer({ min: -lastInstant, max: lastInstant }),
);

describe("jobs", () => {
  const wire = ({ confidence, created, completed }, i) => {
    const members = [`"JobId":"j${i}"`];
    if (confidence !== undefined)
      members.push(`"OperationsConfig":{"DetectModerationLabels":{"MinConfidence":${confidence}}}`);
    if (created !== undefined) members.push(`"CreationTimestamp":${created / 1000}`);
    if (completed !== undefined) members.push(`"CompletionTimestamp":"${new Date(completed).toISOString()}"`);
    return `{${members.join(",")}}`;
  };
  const listOf = fc.array(
    fc.record({ confidence: numberText, created: instant, completed: instant }, { requiredKeys: [] }),
    { maxLength: 12 },
  );

  test("rows, counts, edges and exports of any numbers are finite, and exports read again are the same", LIMIT, () =>
    fc.assert(
      fc.asyncProperty(listOf, async (list) => {
        jobs.clear();
        const source = list.map(wire).join("\n");
        if (list.length > 0) assert.deepEqual((await jobs.import(source)).rejected, []);
        const view = jobs.query("");
        const rows = [...view];
        requireFinite(rows, "rows");
        requireFinite(view.page(1, 5), "page");
        requireFinite(
          list.map((_, i) => jobs.get(`j${i}`)),
          "get",
        );
        for (const { name } of jobs.fields) if (!["has", "no"].includes(name)) requireFinite(view.facets(name), name);

        const times = (member) => rows.filter((job) => member in job).map((job) => job[member].getTime());
        const durations = rows
          .filter((job) => "CreationTimestamp" in job && "CompletionTimestamp" in job)
          .map((job) => Number(BigInt(job.CompletionTimestamp.getTime()) - BigInt(job.CreationTimestamp.getTime())));
        for (const count of counts) {
          requireHistogram(view.histogram("created", count), times("CreationTimestamp"));
          requireHistogram(view.histogram("completed", count), times("CompletionTimestamp"));
          requireHistogram(view.histogram("duration", count), durations);
        }

        for (const format of ["json", "ndjson"]) {
          const text = await view.export(format).text();
          for (const line of format === "json" ? [text] : text.split("\n").slice(0, -1))
            requireFinite(JSON.parse(line), format);
          again.clear();
          if (list.length > 0) await again.import(text);
          assert.deepEqual([...again.query("")], rows);
        }
        const cells = parseCsv(await view.export("csv").text(), { columns: true });
        cells.forEach(({ MinConfidence, DurationSeconds }, i) => {
          const confidence = rows[i].OperationsConfig?.DetectModerationLabels.MinConfidence;
          assert.ok(Object.is(MinConfidence === "" ? undefined : Number(MinConfidence), confidence), MinConfidence);
          requireFinite(Number(DurationSeconds), "DurationSeconds");
          assert.equal(DurationSeconds.startsWith("-"), rows[i].CompletionTimestamp < rows[i].CreationTimestamp);
        });
      }),
      RUNS,
    ),
  );

  test("a time that no Date holds is rejected, never an invalid Date", LIMIT, async () => {
    for (const time of [
      "8640000000000.001",
      "-8640000000000.001",
      "1e300",
      "-1e300",
      '"+275760-09-13T00:00:00.001Z"',
      '"-271821-04-19T23:59:59.999Z"',
      '"+999999-12-31T00:00:00Z"',
      '"+275760-09-13T00:00:00-00:01"',
    ]) {
      for (const member of ["CreationTimestamp", "CompletionTimestamp"]) {
        jobs.clear();
        const { added, rejectedCount } = await jobs.import(`{"JobId":"a","${member}":${time}}`);
        requireFinite([...jobs.query("")], time);
        assert.equal(added + rejectedCount, 1, time);
      }
    }
  });

  test("-0 survives in rows, in what the store holds, and in every export that is read again", LIMIT, async () => {
    const source = (number) =>
      `{"JobId":"a","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":${number}}}}`;
    const confidenceIn = (engine) => engine.get("a").OperationsConfig.DetectModerationLabels.MinConfidence;
    for (const number of ["-0", "-0.0", "-0E+5"]) {
      jobs.clear();
      await jobs.import(source("0"));
      assert.equal((await jobs.import(source(number))).updated, 1);
      assert.ok(Object.is(confidenceIn(jobs), -0), number);
      const view = jobs.query("");
      for (const format of ["json", "ndjson"]) {
        again.clear();
        await again.import(view.export(format));
        assert.ok(Object.is(confidenceIn(again), -0), format);
      }
      const [cells] = parseCsv(await view.export("csv").text(), { columns: true });
      assert.ok(Object.is(Number(cells.MinConfidence), -0), cells.MinConfidence);
      assert.deepEqual(view.facets("confidence"), [{ value: "0", count: 1 }]);
    }
  });
});

describe("results", () => {
  const label = fc.record(
    { name: fc.constantFrom("A", "B", "C"), confidence: numberText, level: numberText },
    { requiredKeys: ["name"] },
  );
  const imagesOf = fc.array(fc.array(label, { maxLength: 4 }), { minLength: 1, maxLength: 8 });
  const wire = (labels, i) => {
    const items = labels.map(
      ({ name, confidence, level }) =>
        `{"Name":"${name}"${confidence === undefined ? "" : `,"Confidence":${confidence}`}${
          level === undefined ? "" : `,"TaxonomyLevel":${level}`
        }}`,
    );
    return `{"source-ref":"s3://b/${i}","detect-moderation-labels":{"ModerationLabels":[${items.join(",")}]}}`;
  };

  test(
    "rows, counts, edges, trees and comparisons of any numbers are finite, and exports read again are the same",
    LIMIT,
    () =>
      fc.assert(
        fc.asyncProperty(imagesOf, async (images) => {
          const results = await jobs.openResults(images.map(wire).join("\n"));
          assert.deepEqual(results.rejected, []);
          const rows = [...results];
          requireFinite(rows, "rows");
          for (const field of ["label", "parent", "level"]) requireFinite(results.facets(field), field);
          requireFinite(
            [results.labels(), results.labels({ threshold: -0 }), results.labels({ threshold: 1e308 })],
            "labels",
          );
          for (const name of [undefined, "A"]) {
            const values = images
              .flat()
              .filter((item) => item.confidence !== undefined && (name === undefined || item.name === name))
              .map(({ confidence }) => Number(confidence));
            for (const count of counts)
              requireHistogram(
                results.histogram("confidence", count, { label: name }),
                values,
                Math.min(0, ...values) + 0,
                Math.max(100, ...values),
              );
          }
          const comparison = results.compare(results.flagged(50), { threshold: -1 });
          requireFinite({ ...comparison, rows: comparison.rows(0, 100) }, "comparison");
          const text = await results.export("ndjson").text();
          const readAgain = await jobs.openResults(text);
          assert.deepEqual([...readAgain], rows);
          for (const cells of parseCsv(await results.export("csv").text(), { columns: true }))
            requireFinite([Number(cells.Confidence), Number(cells.TaxonomyLevel)], "csv");
          results.close();
          readAgain.close();
        }),
        RUNS,
      ),
  );

  test("a manifest summary's numbers are finite, whether they are written as numbers or as text", LIMIT, async () => {
    for (const number of [
      "1e308",
      "-0",
      '"1e999"',
      '"Infinity"',
      '"NaN"',
      '"-1e999"',
      '"12"',
      '""',
      '"0x10"',
      "null",
    ]) {
      const summary = `{"version":"1","statistics":{"total-json-lines":${number},"valid-json-lines":${number},
        "invalid-json-lines":${number}},"errors":[{"line-number":${number},"code":"C"}]}`;
      const results = await jobs.openResults(undefined, { summary });
      requireFinite(results.summary, number);
      results.close();
    }
  });
});

test("an import's progress tells a total only where the source has a length that can be meant", LIMIT, async () => {
  for (const [length, total] of [
    ["5", 5],
    ["1e400", undefined],
    ["-1", undefined],
    ["", undefined],
    ["1.5", undefined],
    ["99999999999999999999", undefined],
    ["x", undefined],
  ]) {
    jobs.clear();
    const told = [];
    await jobs.import(new Response('{"JobId":"a"}', { headers: { "content-length": length } }), {
      onProgress: (progress) => told.push(progress),
    });
    assert.ok(told.length > 0);
    requireFinite(told, "progress");
    assert.ok(
      told.every(({ totalBytes }) => totalBytes === total),
      length,
    );
  }
});
