// Results files and manifest summaries: what is read, and what is told of broken ones.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs, openResults, ServiceError } from "rekognition-jobs";
import { seeded, wireJob } from "../jobs_of.js";
import { resultsFile } from "./results_of.js";
import { LIMIT, json, opened, open, images, file, results } from "./opened.js";

const utf8 = (text) => new TextEncoder().encode(text);

async function* inChunks(bytes, nextSize) {
  for (let at = 0; at < bytes.length; ) {
    const size = nextSize();
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const escaped = (text) => text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
const sizes = (seed, most) => {
  const random = seeded(seed);
  return () => 1 + Math.floor(random() * most);
};

describe("a results file", () => {
  test("comes out as it went in, in its order", LIMIT, () => {
    assert.equal(results.size, images.length);
    assert.equal(results.length, images.length);
    assert.equal(results.rejectedCount, 0);
    assert.deepEqual(results.rejected, []);
    assert.equal(results.summary, undefined);
    assert.deepEqual([...results], images);
    assert.deepEqual(results.rows(2_990, 100), images.slice(2_990));
    assert.deepEqual(results.rows(5_000, 1), []);
    assert.deepEqual(results.page(2, 7), { items: images.slice(7, 14), number: 2, size: 7, pages: 429, total: 3_000 });
    assert.deepEqual(results.page(900, 7).items, []);
    for (const wrong of [-1, 1.5, "1"]) assert.throws(() => results.rows(wrong, 1), RangeError);
  });

  const small = images.slice(0, 60);
  const bytes = utf8(resultsFile(small));
  const sources = {
    "a string": () => resultsFile(small),
    bytes: () => bytes,
    "an ArrayBuffer": () => bytes.slice().buffer,
    "a Blob": () => new Blob([bytes]),
    "a Response": () => new Response(bytes),
    "a stream": () => new Blob([bytes]).stream(),
    "chunks of a byte": () => inChunks(bytes, () => 1),
    "chunks of any size": () => inChunks(bytes, sizes(5, 900)),
    "large chunks": () => inChunks(bytes, sizes(6, 20_000)),
    "without a last line feed": () => resultsFile(small).trimEnd(),
    "with CRLF": () => resultsFile(small).replaceAll("\n", "\r\n"),
    "with a byte order mark": () => `\uFEFF${resultsFile(small)}`,
    "with empty lines": () => `\n\n${resultsFile(small).replaceAll("\n", "\n \t\n\r\n")}`,
    "with spaces": () => small.map((image) => ` ${json(image, null, 1).replaceAll("\n", " ")} \n`).join(""),
    "its own export": async () => (await open(bytes)).export("ndjson"),
    "all escaped": () => resultsFile(small).replace(/"(?:[^"\\]|\\.)*"/g, (text) => `"${escaped(JSON.parse(text))}"`),
  };
  for (const [name, source] of Object.entries(sources)) {
    test(`from ${name}`, LIMIT, async () => {
      const read = await open(await source());
      assert.deepEqual([...read], small);
      assert.deepEqual(read.rejected, []);
    });
  }

  test("tells its progress", LIMIT, async () => {
    const told = [];
    await open(file, { onProgress: (progress) => told.push(progress) });
    const { length } = utf8(file);
    assert.deepEqual(told.at(-1), { bytes: length, images: 3_000, rejected: 0 });
    const [first] = told;
    assert.ok(first.bytes <= length && first.images <= 3_000);
    const ofBlob = [];
    await open(new Blob([file]), { onProgress: (progress) => ofBlob.push(progress) });
    assert.equal(ofBlob.at(-1).totalBytes, length);
  });

  test("is given up when its signal aborts", LIMIT, async () => {
    const controller = new AbortController();
    const source = inChunks(utf8(file), () => 100);
    const reading = openResults(source, { signal: controller.signal, onProgress: () => controller.abort() });
    await assert.rejects(reading, { name: "AbortError" });
  });

  test("cannot be what is none", LIMIT, async () => {
    await assert.rejects(openResults(5), TypeError);
    await assert.rejects(openResults(undefined), TypeError);
    const refused = new Response("<Error><Code>AccessDenied</Code></Error>", { status: 403 });
    await assert.rejects(openResults(refused), ServiceError);
  });
});

describe("what a line may have", () => {
  const cases = {
    "members that are not known": [
      {
        "source-ref": "a",
        x: { "source-ref": 5 },
        "detect-moderation-labels": { ModerationLabels: [{ Name: "n", y: [1] }], z: null },
      },
      { "source-ref": "a", "detect-moderation-labels": { ModerationLabels: [{ Name: "n" }] } },
    ],
    "null members": [
      {
        "source-ref": "a",
        "detect-moderation-labels": { ModerationLabels: null, ModerationModelVersion: null, ContentTypes: null },
        error: null,
      },
      { "source-ref": "a", "detect-moderation-labels": { ModerationLabels: [] } },
    ],
    "an error object": [
      { "source-ref": "a", error: { code: "C", message: "m" } },
      { "source-ref": "a", code: "C", message: "m" },
    ],
    "a list of errors": [
      { "source-ref": "a", errors: [{ code: "C", message: "m" }, { code: "D" }] },
      { "source-ref": "a", code: "C", message: "m" },
    ],
    "its own code and message": [
      { "source-ref": "a", code: "C", message: "m" },
      { "source-ref": "a", code: "C", message: "m" },
    ],
    "a name of Object's prototype": [
      {
        "source-ref": "__proto__",
        "detect-moderation-labels": {
          ModerationLabels: [{ Name: "__proto__", ParentName: "constructor", TaxonomyLevel: 2.5 }],
        },
      },
      undefined,
    ],
    "no taxonomy level and no parent, as of 6.1": [
      { "source-ref": "a", "detect-moderation-labels": { ModerationLabels: [{ Name: "Nudity", Confidence: 1e-7 }] } },
      undefined,
    ],
  };
  for (const [name, [given, expected]] of Object.entries(cases)) {
    test(name, LIMIT, async () => assert.deepEqual([...(await open(json(given)))], [expected ?? given]));
  }
});

describe("broken files", () => {
  const good = json(images[0]);
  const rejectedOf = async (source) => (await open(source)).rejected.map(({ line, message }) => `${line}: ${message}`);

  test("the good lines around bad ones are kept, and each bad one is told", LIMIT, async () => {
    const lines = [
      good,
      "{",
      good,
      "",
      '{"source-ref":1}',
      '{"source-ref":"a"',
      "[1]",
      "true",
      good,
      '{"x":1}',
      good.slice(0, 40),
    ];
    const read = await open(lines.join("\n"));
    assert.deepEqual([...read], [images[0], images[0], images[0]]);
    assert.deepEqual(
      read.rejected.map(({ line }) => line),
      [5, 7, 10, 11],
    );
    assert.equal(read.rejectedCount, 4);
    const skipped = read.notices.filter(({ code }) => code === "skipped");
    assert.deepEqual(
      skipped.map(({ line, sample }) => [line, sample]),
      [[2, "{"]],
    );
    const offsets = lines.map(
      (_, i) =>
        utf8(
          lines
            .slice(0, i)
            .map((line) => `${line}\n`)
            .join(""),
        ).length,
    );
    for (const { line, offset } of read.rejected)
      assert.ok(offset >= offsets[line - 1] && offset <= offsets[line - 1] + lines[line - 1].length);
    assert.match(read.rejected.at(-1).message, /ends/);
  });

  test("bad UTF-8, a lone surrogate, too deep a nesting, too large a number", LIMIT, async () => {
    const bad = [
      `{"source-ref":"\\ud800"}`,
      `{"source-ref":"a","x":${"[".repeat(70)}${"]".repeat(70)}}`,
      `{"source-ref":"a","x":1e999}`,
    ];
    const bytes = Buffer.concat([
      ...bad.map((line) => Buffer.from(`${line}\n`)),
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d, 0x0a]),
      Buffer.from(good),
    ]);
    const read = await open(new Uint8Array(bytes));
    assert.deepEqual(
      read.rejected.map(({ line }) => line),
      [1, 2, 3],
    );
    assert.deepEqual(
      read.notices.filter(({ code }) => code === "skipped").map(({ line }) => line),
      [4],
    );
    assert.deepEqual([...read], [images[0]]);
  });

  test("the first 100 rejections are kept, all are counted", LIMIT, async () => {
    const read = await open(`${'{"x":1}\n'.repeat(2_001)}${good}`);
    assert.equal(read.rejectedCount, 2_001);
    assert.equal(read.rejected.length, 100);
    assert.equal(read.size, 1);
  });

  test("a line of 10 MB is read, one of more than 16 MB is not", LIMIT, async () => {
    const long = { "source-ref": `s3://b/${"x".repeat(10 * 2 ** 20)}` };
    const tooLong = { "source-ref": `s3://b/${"x".repeat(17 * 2 ** 20)}` };
    const read = await open(`${good}\n${json(long)}\n${json(tooLong)}\n${good}`);
    assert.equal(read.size, 3);
    assert.deepEqual(read.rows(1, 1), [long]);
    assert.deepEqual(read.rejected, [
      { line: 3, offset: utf8(`${good}\n${json(long)}\n`).length, message: "a record is too large" },
    ]);
  });

  test("nothing at all", LIMIT, async () => {
    assert.deepEqual(await rejectedOf(""), ["1: the source is empty"]);
  });

  test("a listing of jobs is told as such", LIMIT, async () => {
    const listing = { MediaAnalysisJobs: [wireJob("a"), wireJob("b")], NextToken: "x" };
    const said = "this is a listing of jobs, not results";
    for (const source of [json(listing), json(listing, null, 2), json(listing.MediaAnalysisJobs), json(wireJob("a"))]) {
      assert.deepEqual(await rejectedOf(source), [`1: ${said}`]);
    }
    const lines = [wireJob("a"), wireJob("b")].map((job) => json(job)).join("\n");
    assert.deepEqual(await rejectedOf(lines), [`1: ${said}`], "once, not for each line");
  });

  test("and results that are imported as jobs", LIMIT, async () => {
    const jobs = await createJobs();
    opened.push(jobs);
    const { rejected, rejectedCount } = await jobs.import(resultsFile(images.slice(0, 3)));
    assert.equal(rejectedCount, 1, "once, not for each line");
    assert.match(rejected[0].message, /a results file, not a listing of jobs: open it as results/);
    const summary = await jobs.import('{"version":"1.0","statistics":{"total-json-lines":1},"errors":[]}');
    assert.match(summary.rejected[0].message, /the summary of a job's results, not a listing of jobs/);
  });
});

describe("manifest summaries", () => {
  const meant = {
    version: "1.0",
    statistics: { "total-json-lines": 3, "valid-json-lines": 1, "invalid-json-lines": 2 },
    errors: [
      { "line-number": 2, "source-ref": "s3://b/2", code: "INVALID_IMAGE", message: "m" },
      { "line-number": 3, code: "INVALID_LINE" },
    ],
  };
  const asGiven = json(meant).replace('"line-number":2', '"line-numer":2');

  test("beside results, instead of them, and alone", LIMIT, async () => {
    const beside = await open(file, { summary: new Blob([asGiven]) });
    assert.deepEqual(beside.summary, meant);
    assert.equal(beside.size, images.length);
    for (const source of [asGiven, json(JSON.parse(asGiven), null, 2)]) {
      const instead = await open(source);
      assert.deepEqual(instead.summary, meant);
      assert.equal(instead.size, 0);
      assert.equal(instead.rejectedCount, 0);
    }
    const alone = await open(undefined, { summary: asGiven });
    assert.deepEqual(alone.summary, meant);
    assert.deepEqual([...alone], []);
    assert.deepEqual(alone.labels(), []);
    assert.deepEqual(alone.histogram("confidence", 5), []);
    assert.equal(await alone.export("json").text(), "[]");
  });

  test("one that fails does not lose the results either, and says why", LIMIT, async () => {
    const gone = Object.assign(new Error("it was moved"), { name: "NotReadableError" });
    const failing = () => new ReadableStream({ pull: (controller) => controller.error(gone) });
    const unreadable = { toString: () => assert.fail("it cannot be read") };
    const odd = new ReadableStream({ pull: (controller) => controller.error(unreadable) });
    for (const [summary, name, words] of [
      [odd, "UnknownError", /cannot be read/],
      [failing(), "NotReadableError", /manifest summary: it was moved/],
      [new Response(failing()), "NotReadableError", /manifest summary: it was moved/],
      [new Response("{}", { status: 500 }), "UnknownError", /./],
      [new Response('{"__type":"AccessDenied","message":"no"}', { status: 403 }), "AccessDenied", /no/],
    ]) {
      const read = await open(file, { summary });
      assert.equal(read.size, images.length);
      assert.equal(read.summary, undefined);
      assert.ok(read.summaryError instanceof ServiceError);
      assert.equal(read.summaryError.name, name);
      assert.match(read.summaryError.message, words);
    }
    await assert.rejects(openResults(undefined, { summary: failing() }), gone, "it is all that there is");
    await assert.rejects(openResults(file, { summary: 1 }), TypeError, "an argument that is none");
    const controller = new AbortController();
    const silent = new ReadableStream({ pull: () => setTimeout(() => controller.abort(gone), 5) });
    await assert.rejects(openResults(file, { summary: silent, signal: controller.signal }), gone);
    assert.equal((await open(file, { summary: asGiven })).summaryError, undefined);
  });

  test("one that is none does not lose the results", LIMIT, async () => {
    const read = await open(json(images[0]), { summary: "nonsense" });
    assert.equal(read.size, 1);
    assert.equal(read.summary, undefined);
    assert.equal(read.rejectedCount, 1);
    assert.match(read.rejected[0].message, /^manifest summary: /);
  });
});
