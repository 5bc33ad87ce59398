// What import() makes of a job's members, and how jobs are counted.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { meant, seeded, wireJob } from "../jobs_of.js";
import {
  LIMIT,
  NOTHING,
  codes,
  counts,
  jobs,
  open,
  stored,
  imported,
  utf8,
  json,
  chunked,
  A,
  C,
  SEVERAL,
  response,
  cli,
} from "./imports.js";

describe("timestamps", () => {
  const read = async (text) => await imported(`{"JobId":"a","CreationTimestamp":${text}}`);
  const cases = {
    1690553151: "2023-07-28T14:05:51.000Z",
    1690553151.958: "2023-07-28T14:05:51.958Z",
    "1.690553151958E9": "2023-07-28T14:05:51.958Z",
    1690553151.9584: "2023-07-28T14:05:51.958Z",
    1690553151.9586: "2023-07-28T14:05:51.959Z",
    1690553151.9996: "2023-07-28T14:05:52.000Z",
    0: "1970-01-01T00:00:00.000Z",
    "-0.0": "1970-01-01T00:00:00.000Z",
    0.0004: "1970-01-01T00:00:00.000Z",
    0.0006: "1970-01-01T00:00:00.001Z",
    "-0.0006": "1969-12-31T23:59:59.999Z",
    253402300799.999: "9999-12-31T23:59:59.999Z",
    "-86400.5": "1969-12-30T23:59:59.500Z",
    '"2023-07-28T14:05:51Z"': "2023-07-28T14:05:51.000Z",
    '"2023-07-28T14:05:51.9Z"': "2023-07-28T14:05:51.900Z",
    '"2023-07-28T14:05:51.958Z"': "2023-07-28T14:05:51.958Z",
    '"2023-07-28T14:05:51.958400Z"': "2023-07-28T14:05:51.958Z",
    '"2023-07-28T14:05:51.958600Z"': "2023-07-28T14:05:51.959Z",
    '"2023-07-28T14:05:51.999600Z"': "2023-07-28T14:05:52.000Z",
    '"2023-12-31T23:59:59.999999999Z"': "2024-01-01T00:00:00.000Z",
    '"1969-12-31T23:59:59.9994Z"': "1969-12-31T23:59:59.999Z",
    '"2023-07-28T08:05:51.958000-06:00"': "2023-07-28T14:05:51.958Z",
    '"2023-07-28T19:35:51.958000+05:30"': "2023-07-28T14:05:51.958Z",
    '"2023-07-28T14:05:51.958000+00:00"': "2023-07-28T14:05:51.958Z",
    '"2024-02-29T23:59:59-00:01"': "2024-03-01T00:00:59.000Z",
    '"9999-12-31T23:59:59.999Z"': "9999-12-31T23:59:59.999Z",
    '"2000-02-29T00:00:00Z"': "2000-02-29T00:00:00.000Z",
    [String.raw`"2023-07-28\u005414:05:51Z"`]: "2023-07-28T14:05:51.000Z",
  };
  for (const [text, expected] of Object.entries(cases)) {
    test(`${text} is ${expected}`, LIMIT, async () => {
      const { result, all } = await read(text);
      assert.deepEqual(counts(result), { ...NOTHING, added: 1 });
      assert.ok(all[0].CreationTimestamp instanceof Date);
      assert.equal(all[0].CreationTimestamp.toISOString(), expected);
    });
  }

  for (const text of ["0", "-0.0", "0.0004", '"1969-12-31T23:59:59.9996Z"', '"0001-01-01T00:00:00Z"', '""']) {
    test(`a completion ${text} of a job that has not ended stands for none, and is told`, LIMIT, async () => {
      const { result, all } = await imported(`[{"JobId":"a","Status":"IN_PROGRESS","CompletionTimestamp":${text}}]`);
      assert.deepEqual(counts(result), { ...NOTHING, added: 1 });
      assert.deepEqual(all, [{ JobId: "a", Status: "IN_PROGRESS" }]);
      assert.deepEqual(codes(result), ["converted"]);
      assert.match(result.notices[0].message, /^CompletionTimestamp: /);
    });
  }

  for (const member of ["CreationTimestamp", "CompletionTimestamp"]) {
    test(`a ${member} of a job that has ended stays, and is told`, LIMIT, async () => {
      for (const text of ["0", '"0001-01-01T00:00:00Z"']) {
        const { result, all } = await imported(`{"Status":"FAILED","${member}":${text},"JobId":"a"}`);
        assert.deepEqual(all, [
          { JobId: "a", Status: "FAILED", [member]: new Date(text === "0" ? 0 : JSON.parse(text)) },
        ]);
        assert.deepEqual(codes(result), ["implausible"]);
      }
    });
  }

  const time = "2026-07-28T14:05:51.958Z";
  for (const text of [
    "1785247551958",
    "1785247551958000",
    "1785247551958000000",
    '"1785247551.958"',
    '"1785247551958"',
    '"/Date(1785247551958)/"',
    '"/Date(1785247551958+0200)/"',
    '"2026-07-28 14:05:51.958 UTC"',
    '"2026-07-28T16:05:51.958+02:00[Europe/Berlin]"',
  ]) {
    test(`${text} is ${time}, and is told`, LIMIT, async () => {
      const { result, all } = await read(text);
      assert.deepEqual(counts(result), { ...NOTHING, added: 1 });
      assert.deepEqual(all, [{ JobId: "a", CreationTimestamp: new Date(time) }]);
      assert.deepEqual(codes(result), ["converted"]);
    });
  }

  for (const text of ["253402300800", "8640000000000", "-8640000000000", "1e15"]) {
    test(`${text} is no number of seconds`, LIMIT, async () => {
      const { result } = await read(text);
      assert.ok(codes(result).includes("converted"), json(result.notices));
      assert.match(result.notices.find(({ code }) => code === "converted").message, /times as (milli|micro)seconds/);
    });
  }

  test("every millisecond comes out as it went in, in both forms", LIMIT, async () => {
    const random = seeded(5);
    const times = Array.from({ length: 4_000 }, (_, i) =>
      i < 2_000 ? 1_690_000_000_000 + i : Math.floor((random() - 0.5) * 2 * (i < 3_000 ? 4e12 : 6e13)),
    );
    const wire = times.map((time, i) => ({ JobId: `w${i}`, CreationTimestamp: time / 1000 }));
    const iso = times.map((time, i) => ({ JobId: `i${i}`, CreationTimestamp: new Date(time).toISOString() }));
    const { result } = await imported(json([...wire, ...iso]));
    assert.deepEqual(counts(result), { ...NOTHING, added: 8_000 });
    times.forEach((time, i) => {
      assert.equal(jobs.get(`i${i}`).CreationTimestamp.getTime(), time);
      assert.equal(jobs.get(`w${i}`).CreationTimestamp.getTime(), time);
    });
  });
});

describe("members", () => {
  test("unknown ones are left out at every level, null ones dropped, empty structures kept", LIMIT, async () => {
    const source = {
      JobId: "a",
      JobName: null,
      Colour: "red",
      Status: "FAILED",
      OperationsConfig: {
        DetectModerationLabels: { MinConfidence: null, Other: [1, { JobId: "no" }] },
        DetectFaces: {},
      },
      FailureDetails: { Code: "ACCESS_DENIED", Message: null, Hint: "x" },
      CompletionTimestamp: null,
      KmsKeyId: null,
      Input: { S3Object: { Bucket: "b", Version: null, ETag: 5 }, Other: { S3Object: { Name: "no" } } },
      OutputConfig: {},
      Results: null,
      ManifestSummary: { S3Object: null },
      MediaAnalysisJobsX: [{ JobId: "no" }],
    };
    const { all } = await imported(json(source));
    assert.deepEqual(all, [
      {
        JobId: "a",
        Status: "FAILED",
        OperationsConfig: { DetectModerationLabels: {} },
        FailureDetails: { Code: "ACCESS_DENIED" },
        Input: { S3Object: { Bucket: "b" } },
        OutputConfig: {},
        ManifestSummary: {},
      },
    ]);
  });

  test("names may be spelled in other ways, but their place may not differ", LIMIT, async () => {
    const { result, all } = await imported(
      '{"JobId":"a","jobname":"x","STATUS":"y","Code":"x","S3Object":{"Bucket":"x"}}\n{"job_id":"b"}',
    );
    assert.deepEqual(all, [{ JobId: "a", JobName: "x", Status: "y" }, { JobId: "b" }]);
    assert.deepEqual(counts(result), { ...NOTHING, added: 2 });
    const told = result.notices.map(({ code, message, count }) => `${code} ${count} ${message}`).sort();
    assert.deepEqual(told, [
      "converted 3 member names in another spelling",
      "ignored-member 1 unknown member Code",
      "ignored-member 1 unknown member S3Object",
    ]);
  });

  test("values that nobody documents are kept as they are", LIMIT, async () => {
    const job = {
      JobId: "not/a valid+id ü",
      Status: "Paused",
      JobName: "",
      FailureDetails: { Code: "WEIRD code", Message: "" },
      KmsKeyId: " ",
      OperationsConfig: { DetectModerationLabels: { MinConfidence: -7.25, ProjectVersion: "p" } },
    };
    const { all } = await imported(json(job));
    assert.deepEqual(all, [job]);
    assert.deepEqual(jobs.get(job.JobId), job);
  });

  test("long texts are kept whole", LIMIT, async () => {
    const job = wireJob("a", { FailureDetails: { Message: "é".repeat(700_000) }, JobName: "n".repeat(70_000) });
    const { all } = await imported(chunked(utf8(json(job)), () => 65_521));
    assert.deepEqual(all, [meant(job)]);
  });

  test("__proto__ and its like are names like any other", LIMIT, async () => {
    const source =
      '{"__proto__":{"JobName":"evil","polluted":1},"JobId":"__proto__","constructor":{"prototype":{"polluted":1}},' +
      '"Status":"__proto__","Input":{"__proto__":{"S3Object":{"Bucket":"evil"}}},' +
      '"FailureDetails":{"Code":"constructor"}}';
    const { all } = await imported(`${source}\n{"JobId":"toString"}`);
    assert.equal(all.length, 2);
    const [job] = all;
    assert.deepEqual(job, {
      JobId: "__proto__",
      Status: "__proto__",
      Input: {},
      FailureDetails: { Code: "constructor" },
    });
    assert.equal(Object.getPrototypeOf(job), Object.prototype);
    assert.equal(Object.getPrototypeOf(job.Input), Object.prototype);
    assert.equal({}.polluted, undefined);
    assert.deepEqual(jobs.get("__proto__"), job);
    assert.equal(jobs.get("constructor"), undefined);
    assert.equal(jobs.get("hasOwnProperty"), undefined);
    const view = jobs.query("");
    assert.deepEqual(view.facets("status"), [{ value: "__proto__", count: 1 }]);
  });

  test("of a member that occurs twice the last one counts", LIMIT, async () => {
    const { result, all } = await imported(
      '{"JobId":"first","JobId":"a","Status":"QUEUED","Status":"FAILED",' +
        '"Input":{"S3Object":{"Bucket":"old","Name":"old"}},"Input":{"S3Object":{"Name":"new"}}}' +
        '\n{"MediaAnalysisJobs":[{"JobId":"b"}],"MediaAnalysisJobs":[{"JobId":"c"}]}',
    );
    assert.equal(result.rejectedCount, 0);
    assert.deepEqual(all[0], { JobId: "a", Status: "FAILED", Input: { S3Object: { Name: "new" } } });
    assert.ok(all.some(({ JobId }) => JobId === "c"));
  });
});

describe("counts", () => {
  test("a job seen again is updated, or unchanged when equal", LIMIT, async () => {
    open();
    assert.deepEqual(counts(await jobs.import(json(SEVERAL))), { ...NOTHING, added: 3 });
    assert.deepEqual(counts(await jobs.import(json(SEVERAL))), { ...NOTHING, unchanged: 3 });
    assert.deepEqual(
      counts(await jobs.import(json(response(...cli)))),
      { ...NOTHING, unchanged: 3 },
      "in the CLI's form",
    );
    assert.deepEqual(
      counts(await jobs.import(json({ ...A, Unknown: 1, KmsKeyId: null }))),
      { ...NOTHING, unchanged: 1 },
      "what is left out",
    );

    const done = { ...C, Status: "SUCCEEDED", CompletionTimestamp: 1690556751.958 };
    assert.deepEqual(counts(await jobs.import(json([A, done, wireJob("d")]))), {
      ...NOTHING,
      added: 1,
      updated: 1,
      unchanged: 1,
    });
    assert.deepEqual(jobs.get("c"), meant(done));
    assert.equal(jobs.size, 4);

    const { JobName, ...nameless } = A;
    assert.equal(JobName, "name-of-a");
    const poorer = await jobs.import(json(nameless));
    assert.deepEqual(counts(poorer), { ...NOTHING, unchanged: 1 });
    assert.ok(codes(poorer).includes("older"));
    assert.deepEqual(jobs.get("a"), meant(A), "what is known of it is not erased");
    assert.deepEqual(
      counts(await jobs.import(json({ ...nameless, FailureDetails: {} }))),
      { ...NOTHING, updated: 1 },
      "an empty structure is there",
    );
  });

  test("within one source too", LIMIT, async () => {
    const { result } = await imported(`${json(A)}\n${json(A)}\n${json({ ...A, Status: "FAILED" })}\n${json(A)}`);
    assert.deepEqual(counts(result), { ...NOTHING, added: 1, updated: 2, unchanged: 1 });
    assert.deepEqual(stored(), [meant(A)]);
  });

  test("each member alone makes a job differ", LIMIT, async () => {
    const variants = [
      { JobName: "other" },
      { Status: "FAILED" },
      { KmsKeyId: "k" },
      { CreationTimestamp: 1690553151.959 },
      { OperationsConfig: { DetectModerationLabels: { MinConfidence: 62 } } },
      { OperationsConfig: { DetectModerationLabels: { MinConfidence: 62.5, ProjectVersion: "p" } } },
      { Input: { S3Object: { Bucket: "input-bucket", Name: "other" } } },
      { Input: { S3Object: { Bucket: "input-bucket", Name: "input-manifest.json", Version: "1" } } },
      { OutputConfig: { S3Bucket: "other", S3KeyPrefix: "output-location" } },
      { Results: { ...A.Results, ModelVersions: { Moderation: "8" } } },
      { FailureDetails: { Code: "X" } },
      { FailureDetails: { Message: "X" } },
    ];
    for (const variant of variants) {
      open();
      await jobs.import(json(A));
      const job = wireJob("a", variant);
      assert.deepEqual(counts(await jobs.import(json(job))), { ...NOTHING, updated: 1 }, json(variant));
      assert.deepEqual(jobs.get("a"), meant(job), json(variant));
    }
  });

  test("a record that lacks members erases none", LIMIT, async () => {
    const poorer = [
      { JobName: undefined },
      { CompletionTimestamp: undefined },
      { OperationsConfig: {} },
      { OutputConfig: { S3Bucket: "output-bucket" } },
      { Results: { S3Object: A.Results.S3Object } },
      { Results: { ...A.Results, ModelVersions: {} } },
      { ManifestSummary: {} },
      { Status: "IN_PROGRESS", CompletionTimestamp: undefined, Results: undefined, ManifestSummary: undefined },
    ];
    for (const variant of poorer) {
      open();
      await jobs.import(json(A));
      const result = await jobs.import(json(wireJob("a", variant)));
      assert.deepEqual(counts(result), { ...NOTHING, unchanged: 1 }, json(variant));
      assert.ok(codes(result).includes("older"), json(variant));
      assert.deepEqual(jobs.get("a"), meant(A), json(variant));
    }
  });
});
