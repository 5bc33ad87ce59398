// Exports of views: JSON, NDJSON and CSV.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { csvCell, meant, seeded, wireJob } from "../jobs_of.js";
import { LIMIT, FORMATS, opened, holding, newestFirst, idsOf } from "./views.js";

const COLUMNS = [
  "JobId",
  "JobName",
  "Status",
  "FailureCode",
  "FailureMessage",
  "CreationTimestamp",
  "CompletionTimestamp",
  "DurationSeconds",
  "MinConfidence",
  "ProjectVersion",
  "Model",
  "InputBucket",
  "InputKey",
  "InputVersion",
  "OutputBucket",
  "OutputPrefix",
  "KmsKeyId",
  "ResultsBucket",
  "ResultsKey",
  "SummaryBucket",
  "SummaryKey",
];

async function textOf(stream) {
  const parts = [];
  for await (const part of stream) {
    assert.ok(part instanceof Uint8Array);
    parts.push(part);
  }
  return { text: Buffer.concat(parts).toString(), parts };
}

/** RFC 4180, strictly: records of fields, each line ended by CRLF. */
function parseCsv(text) {
  const records = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let record = [];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const found = field.exec(text);
    assert.ok(found, `no field of RFC 4180: ${JSON.stringify(text.slice(at, at + 40))}`);
    record.push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
    if (found[3] === ",") continue;
    records.push(record);
    record = [];
  }
  assert.deepEqual(record, []);
  return records;
}

const ODD_TEXTS = [
  "plain",
  "",
  " ",
  "a,b",
  'say "x"',
  '"',
  '""',
  "line\nbreak",
  "carriage\rreturn",
  "both\r\n",
  "tab\there",
  "semi;colon",
  "Zürich 😀 名前",
  "\u2028",
  "\\",
  "\0",
  "\x1f\x7f",
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "'quoted",
  " =1",
  '="x","y"',
  "-",
  "＝1",
  "\uFEFF=1",
  "</script>",
  "__proto__",
];

function oddJobs(count, random) {
  const text = () => ODD_TEXTS[Math.floor(random() * ODD_TEXTS.length)];
  const maybe = (make) => (random() < 0.75 ? make() : undefined);
  const withoutGaps = (members) =>
    Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
  const object = () => withoutGaps({ Bucket: maybe(text), Name: maybe(text), Version: maybe(text) });
  const structure = (make) => maybe(() => withoutGaps(make()));
  return Array.from({ length: count }, (_, i) =>
    withoutGaps({
      JobId: `${i}${text()}`,
      JobName: maybe(text),
      OperationsConfig: structure(() => ({
        DetectModerationLabels: structure(() => ({
          MinConfidence: maybe(() => [0, 50, 99.9, 33.333333333333336, 1e-7, -2.5, 1e21][Math.floor(random() * 7)]),
          ProjectVersion: maybe(text),
        })),
      })),
      Status: maybe(text),
      FailureDetails: structure(() => ({ Code: maybe(text), Message: maybe(text) })),
      CreationTimestamp: maybe(() => Math.floor(random() * 2e12) / 1000),
      CompletionTimestamp: maybe(() => Math.floor((random() - 0.3) * 2e12) / 1000),
      Input: structure(() => ({ S3Object: maybe(object) })),
      OutputConfig: structure(() => ({ S3Bucket: maybe(text), S3KeyPrefix: maybe(text) })),
      KmsKeyId: maybe(text),
      Results: structure(() => ({
        S3Object: maybe(object),
        ModelVersions: structure(() => ({ Moderation: maybe(text) })),
      })),
      ManifestSummary: structure(() => ({ S3Object: maybe(object) })),
    }),
  );
}

describe("exports", () => {
  test("the stream is the same as the Blob, in parts, for any number of jobs", LIMIT, async () => {
    for (const count of [0, 1, 2, 1_999, 2_000, 2_001, 6_500]) {
      const view = (await holding(...newestFirst(count))).query();
      for (const format of FORMATS) {
        const blob = view.export(format);
        assert.ok(blob instanceof Blob);
        const whole = await blob.text();
        const { text, parts } = await textOf(view.exportStream(format));
        assert.equal(text, whole, `${count} as ${format}`);
        if (count > 6_000) assert.ok(parts.length > 2, "it is not held whole");
      }
      assert.equal(view.length, count);
      view.close();
    }
  });

  test("markdown is a table of the columns and texts of csv, and no text is markup", LIMIT, async () => {
    const jobs = await holding(...oddJobs(300, seeded(9)));
    const view = jobs.query();
    const [header, ...records] = parseCsv(await view.export("csv", { guardFormulas: false }).text());
    const blob = view.export("markdown");
    assert.equal(blob.type, "text/markdown;charset=utf-8");
    const lines = (await blob.text()).split("\n");
    assert.equal(lines.pop(), "");
    const row = (cells) => `| ${cells.join(" | ")} |`;
    assert.equal(lines[0], row(header));
    assert.equal(lines[1], row(header.map(() => "---")));
    const plain = (text) => text.replace(/[\\`*_[\]<>&|~$]/g, "\\$&").replace(/[\0-\x1f]/g, " ");
    assert.deepEqual(
      lines.slice(2),
      records.map((cells) => row(cells.map(plain))),
    );
  });

  test("json is the API's response: what comes out goes in again, and any JSON reader takes it", LIMIT, async () => {
    const wire = oddJobs(700, seeded(8));
    const jobs = await holding(...wire);
    const view = jobs.query("", { sort: "id" });
    const text = await view.export("json").text();
    const { MediaAnalysisJobs, ...rest } = JSON.parse(text);
    assert.deepEqual(rest, {});
    assert.deepEqual(MediaAnalysisJobs.map(meant), [...view]);
    const byJobId = (a, b) => Buffer.compare(Buffer.from(a.JobId), Buffer.from(b.JobId));
    assert.deepEqual([...MediaAnalysisJobs].sort(byJobId), [...wire].sort(byJobId));
    for (const { CreationTimestamp } of MediaAnalysisJobs)
      assert.ok(CreationTimestamp === undefined || typeof CreationTimestamp === "number");

    const again = await createJobs();
    opened.push(again);
    for (const format of ["json", "ndjson"]) {
      again.clear();
      const result = await again.import(view.exportStream(format));
      const { added, rejectedCount, complete } = result;
      assert.deepEqual(
        { added, rejectedCount, complete, format: result.format },
        {
          added: 700,
          rejectedCount: 0,
          complete: true,
          format: format === "json" ? "API JSON" : "NDJSON",
        },
      );
      assert.deepEqual([...new Set(result.notices.map(({ code }) => code))], ["implausible"]);
      assert.deepEqual([...again.query("", { sort: "id" })], [...view]);
      assert.deepEqual(await again.import(view.export(format)), { ...result, added: 0, unchanged: 700 });
    }
  });

  test("ndjson is a job a line", LIMIT, async () => {
    const wire = oddJobs(300, seeded(9));
    const view = (await holding(...wire)).query("", { sort: "-id" });
    const text = await view.export("ndjson").text();
    assert.ok(text.endsWith("\n"));
    const lines = text.slice(0, -1).split("\n");
    assert.equal(lines.length, 300);
    assert.deepEqual(
      lines.map((line) => meant(JSON.parse(line))),
      [...view],
    );
  });

  test("of nothing", LIMIT, async () => {
    const view = (await holding()).query();
    assert.deepEqual(JSON.parse(await view.export("json").text()), { MediaAnalysisJobs: [] });
    assert.equal(await view.export("ndjson").text(), "");
    assert.equal(await view.export("csv").text(), `${COLUMNS.join(",")}\r\n`);
  });

  test("follow the view's query and order", LIMIT, async () => {
    const jobs = await holding(wireJob("b"), wireJob("a"), wireJob("c", { Status: "FAILED" }));
    const view = jobs.query("status:succeeded", { sort: "id" });
    assert.deepEqual(
      parseCsv(await view.export("csv").text())
        .slice(1)
        .map(([id]) => id),
      ["a", "b"],
    );
    assert.deepEqual(idsOf(JSON.parse(await view.export("json").text()).MediaAnalysisJobs), ["a", "b"]);
  });

  test("in another format are a RangeError", LIMIT, async () => {
    const view = (await holding()).query();
    for (const format of ["xml", "", "JSON", undefined, null, "__proto__", "toString"]) {
      assert.throws(() => view.export(format), RangeError);
      assert.throws(() => view.exportStream(format), RangeError);
    }
  });

  test("a stream given up early does no harm", LIMIT, async () => {
    const view = (await holding(...newestFirst(6_500))).query();
    const reader = view.exportStream("ndjson").getReader();
    await reader.read();
    await reader.cancel();
    assert.equal(view.rows(0, 1).length, 1);
  });
});

describe("CSV", () => {
  const cellsOf = async (...wire) => {
    const text = await (await holding(...wire)).query("", { sort: "id" }).export("csv").text();
    const [header, ...records] = parseCsv(text);
    assert.deepEqual(header, COLUMNS);
    return records.map((record) => {
      assert.equal(record.length, COLUMNS.length);
      return Object.fromEntries(record.map((cell, i) => [COLUMNS[i], cell]));
    });
  };

  test("has each member in its column", LIMIT, async () => {
    const [cells] = await cellsOf({
      JobId: "job-1",
      JobName: "my-job",
      Status: "FAILED",
      FailureDetails: { Code: "ACCESS_DENIED", Message: 'no, "you" may not' },
      CreationTimestamp: 1_690_553_151.958,
      CompletionTimestamp: 1_690_556_752.208,
      OperationsConfig: { DetectModerationLabels: { MinConfidence: 62.5, ProjectVersion: "arn:aws:rekognition:x" } },
      Input: { S3Object: { Bucket: "in", Name: "in key", Version: "v1" } },
      OutputConfig: { S3Bucket: "out", S3KeyPrefix: "pre/fix" },
      KmsKeyId: "alias/k",
      Results: { S3Object: { Bucket: "res", Name: "r.jsonl", Version: "9" }, ModelVersions: { Moderation: "7.0" } },
      ManifestSummary: { S3Object: { Bucket: "sum", Name: "s.json" } },
    });
    assert.deepEqual(cells, {
      JobId: "job-1",
      JobName: "my-job",
      Status: "FAILED",
      FailureCode: "ACCESS_DENIED",
      FailureMessage: 'no, "you" may not',
      CreationTimestamp: "2023-07-28T14:05:51.958Z",
      CompletionTimestamp: "2023-07-28T15:05:52.208Z",
      DurationSeconds: "3600.25",
      MinConfidence: "62.5",
      ProjectVersion: "arn:aws:rekognition:x",
      Model: "7.0",
      InputBucket: "in",
      InputKey: "in key",
      InputVersion: "v1",
      OutputBucket: "out",
      OutputPrefix: "pre/fix",
      KmsKeyId: "alias/k",
      ResultsBucket: "res",
      ResultsKey: "r.jsonl",
      SummaryBucket: "sum",
      SummaryKey: "s.json",
    });
  });

  test("leaves empty what is missing", LIMIT, async () => {
    const [bare, created] = await cellsOf({ JobId: "a" }, { JobId: "b", CreationTimestamp: 0 });
    for (const column of COLUMNS.slice(1)) assert.equal(bare[column], "", column);
    assert.equal(created.CreationTimestamp, "1970-01-01T00:00:00.000Z");
    assert.equal(created.DurationSeconds, "");
  });

  test("whole seconds and none, thousandths", LIMIT, async () => {
    const at = (JobId, duration) => ({ JobId, CreationTimestamp: 1_000, CompletionTimestamp: 1_000 + duration });
    const durations = [0, 1, 90, 90.5, 0.001, 0.25, 86_400.123];
    const cells = await cellsOf(...durations.map((duration, i) => at(`${i}`, duration)));
    assert.deepEqual(
      cells.map(({ DurationSeconds }) => Number(DurationSeconds)),
      durations,
    );
    assert.deepEqual(
      cells.map(({ DurationSeconds }) => DurationSeconds),
      durations.map(String),
    );
  });

  test("an apostrophe stands before what a spreadsheet would take for a formula", LIMIT, async () => {
    for (const [text, cell] of Object.entries({
      "=1+1": "'=1+1",
      "+1": "'+1",
      "-1": "'-1",
      "@SUM(A1)": "'@SUM(A1)",
      "\tx": "'\tx",
      "\rx": "'\rx",
      '="a","b"\n': '\'="a","b"\n',
      "-": "'-",
      "a=1": "a=1",
      " =1": "' =1",
      " a=1": " a=1",
      "\0x": "'\0x",
      "\nx": "'\nx",
      "\u00a0\u3000-2+3": "'\u00a0\u3000-2+3",
      "\x1f\x7f@x": "'\x1f\x7f@x",
      "\x1f\x7f": "\x1f\x7f",
      "＝1": "'＝1",
      " ＋1": "' ＋1",
      "－1": "'－1",
      "＠x": "'＠x",
      "＜": "＜",
      "'=1": "'=1",
      "": "",
      "1-1": "1-1",
      ü: "ü",
    })) {
      const [cells] = await cellsOf({
        JobId: "x",
        JobName: text,
        Status: text,
        FailureDetails: { Code: text, Message: text },
        KmsKeyId: text,
        OperationsConfig: { DetectModerationLabels: { ProjectVersion: text } },
        Input: { S3Object: { Bucket: text, Name: text, Version: text } },
        OutputConfig: { S3Bucket: text, S3KeyPrefix: text },
        Results: { S3Object: { Bucket: text, Name: text }, ModelVersions: { Moderation: text } },
        ManifestSummary: { S3Object: { Bucket: text, Name: text } },
      });
      for (const column of COLUMNS) {
        if (["JobId", "CreationTimestamp", "CompletionTimestamp", "DurationSeconds", "MinConfidence"].includes(column))
          continue;
        assert.equal(cells[column], cell, `${column} of ${JSON.stringify(text)}`);
      }
    }
    const [cells] = await cellsOf({ JobId: "=id" });
    assert.equal(cells.JobId, "'=id");
  });

  test("is RFC 4180 whatever the texts hold, and nothing is lost", LIMIT, async () => {
    const wire = oddJobs(500, seeded(10));
    const cells = await cellsOf(...wire);
    const byId = new Map(wire.map((job) => [job.JobId, job]));
    assert.equal(cells.length, byId.size);
    for (const row of cells) {
      const job = byId.get(row.JobId) ?? byId.get(row.JobId.slice(1));
      assert.ok(job, row.JobId);
      assert.equal(row.JobName, csvCell(job.JobName));
      assert.equal(row.FailureMessage, csvCell(job.FailureDetails?.Message));
      assert.equal(row.InputKey, csvCell(job.Input?.S3Object?.Name));
      assert.equal(row.SummaryKey, csvCell(job.ManifestSummary?.S3Object?.Name));
    }
  });
});
