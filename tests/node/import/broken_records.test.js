// What import() tells of records that are no jobs.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { meant } from "../jobs_of.js";
import { LIMIT, codes, jobs, open, stored, imported, json, A, B, broken, byteOf } from "./imports.js";

const MOST_LEVELS = 64;
const nested = (levels, opening = "[", closing = "]", inside = "") =>
  opening.repeat(levels) + inside + closing.repeat(levels);

describe("no jobs at all", () => {
  broken("an empty text", "", { rejected: [0], kept: "" });
  broken("no bytes", new Uint8Array(0), { rejected: [0], kept: "" });
  broken("white space only", " \r\n\t\n ", { rejected: [[0, 7]], kept: "" });
  broken("a byte order mark only", "\uFEFF", { rejected: [[0, 4]], kept: "" });
  broken("HTML", "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", { rejected: [0], kept: "" });
  broken("HTML behind a byte order mark", "\uFEFF<html></html>", { rejected: [3], kept: "" });
  broken("plain words", "no jobs here", { rejected: [[0, 2]], kept: "" });
  broken("a string", '"JobId"', { rejected: [0], kept: "" });
  broken("null", "null", { rejected: [0], kept: "" });
  broken("an object that is neither job nor response", '{"foo": true}', { rejected: [0], kept: "" });
  broken("an empty object", "{}", { rejected: [0], kept: "" });

  test("a body that is null", LIMIT, async () => {
    const { result } = await imported(new Response(null, { status: 204 }));
    assert.equal(result.rejectedCount, 1);
    assert.equal(result.rejected[0].offset, 0);
  });
});

describe("records that are no jobs", () => {
  const array =
    '[{"JobId":"a"}, 5, "x", null, true, {"JobName":"nameless"}, {"JobId":null}, {"JobId":7}, {"JobId":"b"}]';
  broken("between good ones", array, {
    rejected: ["5", '"x"', "null", "true", '{"JobName"', '{"JobId":null', '{"JobId":7'].map((needle) =>
      byteOf(array, needle),
    ),
    kept: "a b",
  });
  const lines = '{"JobId":"a"}\n5\n\n"x"\nnull\n{"JobId":"b"}\n';
  broken("a line each are text between records", lines, {
    rejected: [],
    kept: "a b",
    told: { skipped: byteOf(lines, "5") },
  });
  const marked = '\uFEFF{"MediaAnalysisJobs":[ {"JobId":5},{"JobId":"ü"}]}';
  broken("behind a byte order mark, which counts", marked, { rejected: [byteOf(marked, '{"JobId":5')], kept: "ü" });
  broken("a response of one job that is no list", '{"MediaAnalysisJobs":{"JobId":"a"}}\n{"JobId":"b"}', {
    rejected: [],
    kept: "a b",
  });
  const within = '{"JobId":"a","Status":"FAILED","Other":[1,{"JobId":"no","Status":"QUEUED"}]}\n{"JobId":"b"}';
  broken("what lies within a job is none", within, {
    rejected: [],
    kept: "a b",
    told: { "ignored-member": byteOf(within, "[1") },
  });
  const early = '[{"JobName":"nameless"},{"JobId":"a"}]';
  broken("before the first good one", early, { rejected: [1], kept: "a" });
  broken("ids alone", '{"MediaAnalysisJobs":["a","b"]}', { rejected: [[21, 23]], kept: "" });
});

describe("a member of a wrong type", () => {
  const any = { text: ["x"], number: [5], boolean: [true, false], list: [[], ["x", "y"]], structure: [{}, { "": 1 }] };
  const wrong = {
    text: [...any.boolean, ...any.list, ...any.structure],
    number: ["x", "1e999", ...any.boolean, ...any.list, ...any.structure],
    structure: [...any.text, ...any.number, ...any.boolean, ...any.list],
    timestamp: [
      "yesterday",
      "05/06/2024",
      "2023-13-01T00:00:00Z",
      "2023-02-29T00:00:00Z",
      "2023-07-28T25:00:00Z",
      "2023-07-28T08:05:51+25:00",
      "2023-07-28T08:05:51Zx",
      1e300,
      ...any.boolean,
      ...any.list,
      ...any.structure,
    ],
  };
  const s3Object = { Bucket: "text", Name: "text", Version: "text" };
  const shape = {
    JobId: "text",
    JobName: "text",
    OperationsConfig: { DetectModerationLabels: { MinConfidence: "number", ProjectVersion: "text" } },
    Status: "text",
    FailureDetails: { Code: "text", Message: "text" },
    CreationTimestamp: "timestamp",
    CompletionTimestamp: "timestamp",
    Input: { S3Object: s3Object },
    OutputConfig: { S3Bucket: "text", S3KeyPrefix: "text" },
    KmsKeyId: "text",
    Results: { S3Object: s3Object, ModelVersions: { Moderation: "text" } },
    ManifestSummary: { S3Object: s3Object },
  };
  const without = (all, id) => all.filter(({ JobId }) => JobId !== id);
  const leaves = (value, path = "") =>
    typeof value === "object" && !(value instanceof Date)
      ? Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`))
      : [`${path}=${value}`];
  const paths = (members, path = []) =>
    Object.entries(members).flatMap(([name, type]) =>
      typeof type === "string"
        ? [[[...path, name], type]]
        : [[[...path, name], "structure"], ...paths(type, [...path, name])],
    );

  for (const [path, type] of paths(shape)) {
    if (path.length === 1 && path[0] === "JobId") continue;
    test(`${path.join(".")} costs the value alone`, LIMIT, async () => {
      for (const value of wrong[type]) {
        const bad = path.reduceRight((inner, name) => ({ [name]: inner }), value);
        const source = `{"MediaAnalysisJobs":[${json(A)}, ${json({ JobId: "odd", ...bad })}, ${json(B)}]}`;
        const { result, all } = await imported(source);
        assert.deepEqual(without(all, "odd"), [A, B].map(meant), json(value));
        const [odd] = all.filter(({ JobId }) => JobId === "odd");
        assert.deepEqual(leaves(odd), [".JobId=odd"], json(value));
        assert.equal(result.rejectedCount, 0, json(value));
        const dropped = result.notices.filter(({ code }) => code === "dropped-value");
        assert.equal(dropped.length, 1, json(result.notices));
        assert.equal(dropped[0].count, 1);
        assert.match(dropped[0].message, new RegExp(`^${path.join("[.]")} must be `));
        assert.equal(
          dropped[0].offset,
          byteOf(source, `${json(path.at(-1))}:${json(value)}`) + json(path.at(-1)).length + 1,
        );
        assert.equal(dropped[0].sample, typeof value === "string" ? value : json(value));
      }
    });
  }

  test("JobId costs the job", LIMIT, async () => {
    for (const value of [5, true, [], ["x", "y"], {}, { "": 1 }, ""]) {
      const record = json({ JobId: value, JobName: "bad" });
      const source = `{"MediaAnalysisJobs":[${json(A)}, ${record}, ${json(B)}]}`;
      const { result, all } = await imported(source);
      assert.deepEqual(all, [A, B].map(meant), json(value));
      assert.equal(result.rejectedCount, 1, json(value));
      assert.equal(result.rejected[0].offset, byteOf(source, record), json(value));
    }
  });

  test("another type that can only mean one value is taken, and told", LIMIT, async () => {
    const labels = (MinConfidence) => ({ OperationsConfig: { DetectModerationLabels: { MinConfidence } } });
    for (const [given, expected] of [
      [{ JobId: ["a"] }, {}],
      [{ JobName: 5 }, { JobName: "5" }],
      [{ JobName: ["x"] }, { JobName: "x" }],
      [{ Status: { Value: "FAILED" } }, { Status: "FAILED" }],
      [labels("50"), labels(50)],
      [labels(["50.5"]), labels(50.5)],
      [{ CreationTimestamp: "1790553151.958" }, { CreationTimestamp: new Date(1790553151958) }],
      [{ CreationTimestamp: 1790553151958 }, { CreationTimestamp: new Date(1790553151958) }],
      [{ CreationTimestamp: "" }, {}],
      [{ Input: '{"S3Object":{"Bucket":"b"}}' }, { Input: { S3Object: { Bucket: "b" } } }],
    ]) {
      const { result, all } = await imported(json({ JobId: "a", ...given }));
      assert.deepEqual(all, [{ JobId: "a", ...expected }], json(given));
      assert.equal(result.rejectedCount, 0, json(given));
      assert.deepEqual(codes(result), ["converted"], json(given));
    }
  });

  test("the job that was there before keeps what the later record has not", LIMIT, async () => {
    open();
    await jobs.import(json(A));
    const result = await jobs.import(
      '{"JobId":"a","Status":"FAILED","CreationTimestamp":true}\n{"JobId":"a","Status":"QUEUED","JobName":\n',
    );
    assert.deepEqual(stored(), [{ ...meant(A), Status: "FAILED" }]);
    assert.equal(result.rejectedCount, 1);
    assert.deepEqual(codes(result), ["dropped-value", "older"]);
  });
});

describe("nesting", () => {
  const jobLine = (levels, [opening, closing, inside] = ["[", "]", ""]) =>
    `{"JobId":"deep","X":${nested(levels - 1, opening, closing, inside)}}`;
  const object = ['{"x":', "}", "1"];
  for (const [name, brackets] of [
    ["arrays", ["[", "]", ""]],
    ["objects", object],
  ]) {
    const at = (source, level, from) => {
      let offset = from - 1;
      for (let i = 0; i < level; i++) offset = source.indexOf(brackets[0][0], offset + 1);
      return offset;
    };
    broken(`64 levels in a job, of ${name}`, jobLine(MOST_LEVELS, brackets), { rejected: [], kept: "deep" });
    const tooDeep = `{"JobId":"a"}\n${jobLine(MOST_LEVELS + 1, brackets)}\n{"JobId":"b"}`;
    broken(`65 levels in a job, of ${name}`, tooDeep, {
      rejected: [at(tooDeep, MOST_LEVELS, byteOf(tooDeep, '"X"'))],
      kept: "a b",
    });
    const inResponse = (levels) =>
      `{"MediaAnalysisJobs":[{"JobId":"a"},${jobLine(levels - 2, brackets)},{"JobId":"b"}]}`;
    broken(`64 levels with the response's own, of ${name}`, inResponse(MOST_LEVELS), {
      rejected: [],
      kept: "a b deep",
    });
    const tooDeepThere = inResponse(MOST_LEVELS + 1);
    broken(`65 levels with the response's own, of ${name}`, tooDeepThere, {
      rejected: [at(tooDeepThere, MOST_LEVELS - 2, byteOf(tooDeepThere, '"X"'))],
      kept: "a b",
    });
    const behind = (levels) =>
      `{"MediaAnalysisJobs":[{"JobId":"a"}],"X":${nested(levels - 1, ...brackets)}}\n{"JobId":"b"}`;
    broken(`64 levels behind a response's jobs, of ${name}`, behind(MOST_LEVELS), { rejected: [], kept: "a b" });
    const tooDeepBehind = behind(MOST_LEVELS + 1);
    broken(`65 levels behind a response's jobs, of ${name}`, tooDeepBehind, {
      rejected: [at(tooDeepBehind, MOST_LEVELS, byteOf(tooDeepBehind, '"X"'))],
      kept: "a b",
    });
    const inFront = `{"X":${nested(MOST_LEVELS - 1, ...brackets)},"MediaAnalysisJobs":[{"JobId":"a"}]}`;
    broken(`64 levels before a response's jobs, of ${name}`, inFront, { rejected: [], kept: "a" });
  }
  broken("65 arrays without a job are text between records", `${nested(MOST_LEVELS + 1)}\n{"JobId":"b"}`, {
    rejected: [],
    kept: "b",
    told: { skipped: MOST_LEVELS },
  });
  broken("brackets in a string are no levels", json({ JobId: "a", X: nested(100) + nested(100, "{", "}") }), {
    rejected: [],
    kept: "a",
  });
  const inArray = `[{"JobId":"a"},${jobLine(MOST_LEVELS)},{"JobId":"b"}]`;
  broken("65 levels with an array's own", inArray, {
    rejected: [byteOf(inArray, '"X"') + 4 + MOST_LEVELS - 2],
    kept: "a b",
  });

  test("a hundred thousand levels are an error like any other", LIMIT, async () => {
    const levels = 100_000;
    for (const source of [
      nested(levels),
      "[".repeat(levels),
      '{"a":'.repeat(levels),
      `{"JobId":"x","X":${nested(levels)}}`,
      `{"MediaAnalysisJobs":[${'{"MediaAnalysisJobs":['.repeat(levels)}`,
    ]) {
      const { result, ids: kept } = await imported(`{"JobId":"a"}\n${source}\n{"JobId":"b"}`);
      assert.equal(kept, "a b", source.slice(0, 30));
      const isTold = result.rejectedCount >= 1 || codes(result).includes("skipped");
      assert.ok(isTold, source.slice(0, 30));
    }
  });
});
