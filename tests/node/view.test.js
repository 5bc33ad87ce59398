// Views: snapshots to page through, iterate and export, and their end.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { meant, seeded, wireJob } from "./jobs_of.js";

const LIMIT = { timeout: 60_000 };
const FORMATS = ["json", "ndjson", "csv"];
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

const opened = [];
after(() => opened.forEach((jobs) => jobs.close()));

async function holding(...wire) {
  const jobs = await createJobs();
  opened.push(jobs);
  await jobs.import(JSON.stringify(wire));
  return jobs;
}

/** `count` jobs, the newest first. */
const newestFirst = (count) =>
  Array.from({ length: count }, (_, i) => wireJob(`job-${i}`, { CreationTimestamp: 1_700_000_000 - i }));
const idsOf = (list) => Array.from(list, ({ JobId }) => JobId);
const isClosed = (error) => error instanceof Error && /closed/i.test(error.message);

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

describe("a view is a snapshot", () => {
  const before = [
    wireJob("a", { CreationTimestamp: 3 }),
    wireJob("b", { CreationTimestamp: 2, Status: "FAILED" }),
    wireJob("c", { CreationTimestamp: 1 }),
  ];
  const look = async (view) => ({
    length: view.length,
    rows: view.rows(0, 10),
    page: view.page(1, 2),
    all: [...view],
    facets: view.facets("status"),
    histogram: view.histogram("created", 3),
    exports: await Promise.all(FORMATS.map((format) => view.export(format).text())),
  });

  const changes = {
    "an import of new jobs": (jobs) =>
      jobs.import(JSON.stringify([wireJob("d"), wireJob("0", { CreationTimestamp: 9 })])),
    "an update": (jobs) =>
      jobs.import(
        JSON.stringify(before.map((job) => ({ ...job, Status: "QUEUED", CreationTimestamp: 10, JobName: "new" }))),
      ),
    "a clear": (jobs) => jobs.clear(),
    "a clear and an import": async (jobs) => {
      jobs.clear();
      await jobs.import(JSON.stringify([wireJob("z")]));
    },
    "other queries and their end": (jobs) => {
      for (const sort of ["name", "-name", "created", "status"]) jobs.query("status:failed", { sort }).close();
    },
    "a thousand updates": async (jobs) => {
      for (let i = 0; i < 1_000; i++)
        await jobs.import(JSON.stringify({ JobId: "a", JobName: `name ${i} ${"x".repeat(i)}` }));
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    test(`that ${name} does not change`, LIMIT, async () => {
      const jobs = await holding(...before);
      const view = jobs.query("", { sort: "name" });
      const failed = jobs.query("status:failed");
      const [whole, part] = [await look(view), await look(failed)];
      assert.deepEqual(whole.all, before.map(meant));
      assert.deepEqual(part.all, [meant(before[1])]);
      await change(jobs);
      assert.deepEqual(await look(view), whole);
      assert.deepEqual(await look(failed), part);
    });
  }

  test("that a load does not change, and that an iteration under way goes on with", LIMIT, async () => {
    const jobs = await createJobs({
      region: "us-east-1",
      fetch: async () =>
        new Response(JSON.stringify({ MediaAnalysisJobs: [wireJob("a", { Status: "FAILED" }), wireJob("n")] })),
    });
    opened.push(jobs);
    await jobs.import(JSON.stringify(before));
    const view = jobs.query("");
    const seen = [];
    for (const job of view) {
      if (seen.length === 1) {
        assert.deepEqual(await jobs.load().then(({ added, updated }) => ({ added, updated })), {
          added: 1,
          updated: 1,
        });
        jobs.clear();
      }
      seen.push(job);
    }
    assert.deepEqual(seen, before.map(meant));
  });

  test("in which a job keeps its place", LIMIT, async () => {
    const jobs = await holding(...before);
    const view = jobs.query("", { sort: "name" });
    await jobs.import(JSON.stringify([wireJob("0", { CreationTimestamp: 9 }), { ...before[1], JobName: "zzz" }]));
    assert.deepEqual(before.map(({ JobId }) => view.indexOf(JobId)), [0, 1, 2]);
    assert.equal(view.indexOf("0"), -1);
    assert.equal(jobs.query("status:failed").indexOf(before[0].JobId), -1);
    view.close();
    assert.throws(() => view.indexOf(before[0].JobId), isClosed);
  });

  test("while the store is what came last", LIMIT, async () => {
    const jobs = await holding(...before);
    const old = jobs.query("");
    await jobs.import(JSON.stringify({ ...before[0], Status: "QUEUED" }));
    assert.equal(old.rows(0, 1)[0].Status, "SUCCEEDED");
    assert.equal(jobs.query("id:=a").rows(0, 1)[0].Status, "QUEUED");
    assert.equal(jobs.query("").length, 3);
    assert.equal(jobs.query("status:succeeded").length, 1);
    assert.equal(jobs.size, 3);
  });

  test("what it gives is the caller's own to change", LIMIT, async () => {
    const jobs = await holding(...before);
    const view = jobs.query("");
    const [job] = view.rows(0, 1);
    job.JobName = "changed";
    job.Input.S3Object.Bucket = "changed";
    job.CreationTimestamp.setTime(0);
    view.facets("status")[0].count = 99;
    assert.deepEqual(view.rows(0, 1), [meant(before[0])]);
    assert.deepEqual(jobs.get("a"), meant(before[0]));
    assert.deepEqual(view.facets("status"), [
      { value: "SUCCEEDED", count: 2 },
      { value: "FAILED", count: 1 },
    ]);
  });
});

describe("rows, pages and iteration", () => {
  const COUNT = 1_234;
  const wire = newestFirst(COUNT);
  const expected = wire.map(meant);

  test("rows at every edge", LIMIT, async () => {
    const view = (await holding(...wire)).query();
    assert.equal(view.length, COUNT);
    for (const [first, count] of [
      [0, 0],
      [0, 1],
      [0, 5],
      [5, 0],
      [COUNT - 1, 1],
      [COUNT - 1, 5],
      [COUNT, 5],
      [COUNT + 1, 1],
      [0, COUNT],
      [0, COUNT + 1],
      [499, 2],
      [500, 700],
      [0, 2 ** 32],
      [0, Number.MAX_SAFE_INTEGER],
      [2 ** 32, 1],
      [2 ** 32 + 1, 5],
      [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ]) {
      assert.deepEqual(view.rows(first, count), expected.slice(first, first + count), `${first}, ${count}`);
    }
  });

  test("pages from 1 to the last, and past it", LIMIT, async () => {
    const view = (await holding(...wire)).query();
    for (const size of [1, 7, 100, 617, COUNT - 1, COUNT, COUNT + 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      const pages = Math.ceil(COUNT / size);
      for (const number of [
        1,
        2,
        Math.ceil(pages / 2),
        pages,
        pages + 1,
        pages + 1_000,
        2 ** 32 + 1,
        Number.MAX_SAFE_INTEGER,
      ]) {
        const items = number > pages ? [] : expected.slice((number - 1) * size, number * size);
        assert.deepEqual(view.page(number, size), { items, number, size, pages, total: COUNT }, `${number} of ${size}`);
      }
    }
  });

  test("an empty view has no rows and no pages", LIMIT, async () => {
    for (const view of [(await holding(...wire)).query("id:=absent"), (await holding()).query()]) {
      assert.equal(view.length, 0);
      assert.deepEqual(view.rows(0, 10), []);
      assert.deepEqual(view.page(1, 10), { items: [], number: 1, size: 10, pages: 0, total: 0 });
      assert.deepEqual(view.page(5, 10), { items: [], number: 5, size: 10, pages: 0, total: 0 });
      assert.deepEqual([...view], []);
      assert.deepEqual(view.facets("status"), []);
      assert.deepEqual(view.histogram("created", 5), []);
    }
  });

  test("iteration gives every job once, again and again, and may end early", LIMIT, async () => {
    const view = (await holding(...wire)).query();
    assert.deepEqual([...view], expected);
    assert.deepEqual(idsOf(view), idsOf(expected));
    let count = 0;
    for (const job of view) if (job.JobId === "job-700" || ++count > 2_000) break;
    assert.equal(count, 700);
    const [first, second] = view;
    assert.deepEqual([first, second], expected.slice(0, 2));
  });

  test("what is no whole number in its range is a RangeError", LIMIT, async () => {
    const view = (await holding(...wire)).query();
    for (const bad of [-1, 1.5, NaN, Infinity, -Infinity, "1", undefined, null, {}]) {
      assert.throws(() => view.rows(bad, 1), RangeError, `first ${bad}`);
      assert.throws(() => view.rows(0, bad), RangeError, `count ${bad}`);
      assert.throws(() => view.page(bad, 1), RangeError, `number ${bad}`);
      assert.throws(() => view.page(1, bad), RangeError, `size ${bad}`);
    }
    assert.throws(() => view.page(0, 1), RangeError);
    assert.throws(() => view.page(1, 0), RangeError);
    assert.equal(view.rows(0, 1).length, 1, "it still works");
  });
});

// --- Exports ---

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
      assert.deepEqual(result, { added: 700, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 });
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
      " =1": " =1",
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
    const shown = (text) => (text === undefined ? "" : /^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
    assert.equal(cells.length, byId.size);
    for (const row of cells) {
      const job = byId.get(row.JobId) ?? byId.get(row.JobId.slice(1));
      assert.ok(job, row.JobId);
      assert.equal(row.JobName, shown(job.JobName));
      assert.equal(row.FailureMessage, shown(job.FailureDetails?.Message));
      assert.equal(row.InputKey, shown(job.Input?.S3Object?.Name));
      assert.equal(row.SummaryKey, shown(job.ManifestSummary?.S3Object?.Name));
    }
  });
});

describe("close", () => {
  const uses = {
    length: (view) => view.length,
    rows: (view) => view.rows(0, 1),
    page: (view) => view.page(1, 1),
    facets: (view) => view.facets("status"),
    histogram: (view) => view.histogram("created", 2),
    export: (view) => view.export("json"),
    exportStream: (view) => view.exportStream("json"),
    iteration: (view) => [...view],
  };

  test("ends a view's use, and no other's", LIMIT, async () => {
    const jobs = await holding(...newestFirst(3));
    const [view, other] = [jobs.query(), jobs.query()];
    view.close();
    for (const [name, use] of Object.entries(uses)) {
      assert.throws(() => use(view), isClosed, name);
      assert.doesNotThrow(() => use(other), name);
    }
    assert.doesNotThrow(() => view.close(), "closing again does nothing");
    assert.equal(jobs.query().length, 3);
  });

  test("of the Jobs closes its views, those of older stores too", LIMIT, async () => {
    const jobs = await holding(...newestFirst(3));
    const views = [jobs.query(), jobs.query("status:failed")];
    jobs.clear();
    views.push(jobs.query());
    jobs.close();
    for (const view of views)
      for (const [name, use] of Object.entries(uses)) assert.throws(() => use(view), isClosed, name);
    for (const view of views) assert.doesNotThrow(() => view.close());
  });

  test("amid an iteration and a stream ends them with that error", LIMIT, async () => {
    const view = (await holding(...newestFirst(6_500))).query();
    const iterator = view[Symbol.iterator]();
    iterator.next();
    const reader = view.exportStream("ndjson").getReader();
    await reader.read();
    view.close();
    await assert.rejects(
      (async () => {
        while (!(await reader.read()).done);
      })(),
      isClosed,
    );
    assert.throws(() => {
      while (!iterator.next().done);
    }, isClosed);
  });

  test("a Blob made before lives on", LIMIT, async () => {
    const jobs = await holding(...newestFirst(10));
    const blob = jobs.query().export("ndjson");
    jobs.close();
    assert.equal((await blob.text()).split("\n").length, 11);
  });

  test(
    "Symbol.dispose closes, where there is one",
    { ...LIMIT, skip: typeof Symbol.dispose !== "symbol" },
    async () => {
      const view = (await holding()).query();
      view[Symbol.dispose]();
      assert.throws(() => view.length, isClosed);
    },
  );

  test("views that are never closed do not fill the memory: ten thousand of them", LIMIT, async () => {
    const jobs = await holding(...newestFirst(200));
    for (let i = 0; i < 10_000; i++) jobs.query("status:succeeded");
    assert.equal(jobs.query().length, 200);
  });
});
