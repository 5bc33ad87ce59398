// What import() takes: every form, source and chunking; and what it tells of input that is broken.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { ServiceError, createJobs } from "rekognition-jobs";
import { EXAMPLES, asCliJob, byId, meant, seeded, wireJob } from "./jobs_of.js";

const LIMIT = { timeout: 30_000 };
const MOST_LEVELS = 64;
const MOST_REJECTED = 100;
const NOTHING = { added: 0, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 };

const jobs = await createJobs();
after(() => jobs.close());

/** An empty store; the one before is gone. */
function open() {
  jobs.clear();
  return jobs;
}

const stored = () => [...jobs.query("", { sort: "id" })];

/** Imports into an empty store. */
async function imported(source, options) {
  open();
  const result = await jobs.import(source, options);
  const all = stored();
  return { result, all, ids: all.map(({ JobId }) => JobId).join(" ") };
}

const utf8 = (text) => new TextEncoder().encode(text);

/** Texts and arrays of byte values, one after another. */
const bytes = (...parts) => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));

const json = JSON.stringify;
const pretty = (value) => JSON.stringify(value, null, 4);
const ids = (...names) => names.map((JobId) => ({ JobId }));
const nested = (levels, opening = "[", closing = "]", inside = "") =>
  opening.repeat(levels) + inside + closing.repeat(levels);

/** The source in chunks whose sizes `nextSize` gives. */
async function* chunked(source, nextSize) {
  for (let at = 0; at < source.length;) {
    const size = nextSize();
    yield source.slice(at, at + size);
    at += size;
  }
}

const randomSize = (seed) => {
  const random = seeded(seed);
  return () => 1 + Math.floor(random() ** 3 * 60);
};
const CHUNKINGS = {
  "byte by byte": () => () => 1,
  "in sevens": () => () => 7,
  "at random": () => randomSize(20261124),
  "at random again": () => randomSize(7),
};

// --- Forms ---

const A = wireJob("a");
const B = wireJob("b", {
  JobName: undefined,
  Status: "FAILED",
  FailureDetails: { Code: "ACCESS_DENIED", Message: 'Zürich 😀 "no"\n' },
});
const C = wireJob("c", {
  CompletionTimestamp: undefined,
  Results: undefined,
  ManifestSummary: undefined,
  Status: "IN_PROGRESS",
});
const SEVERAL = [A, B, C];
const response = (...jobs) => ({ MediaAnalysisJobs: jobs });
const cli = SEVERAL.map(asCliJob);

const escaped = (character) =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

const FORMS = {
  "a response": json(response(...SEVERAL)),
  "a pretty-printed response": pretty(response(...SEVERAL)),
  "a response of the CLI": pretty(response(...cli)),
  "a response with its token in front": json({ NextToken: "more==", ...response(...SEVERAL) }),
  "a response with its token behind": json({ ...response(...SEVERAL), NextToken: "more==" }),
  "a response without a token": json({ NextToken: null, ...response(...SEVERAL) }),
  "a response among unknown members": json({
    ResponseMetadata: { RetryAttempts: 0, Headers: [{}, [1]] },
    ...response(...SEVERAL),
    $metadata: { x: [{}] },
    y: null,
  }),
  "responses without a gap": json(response(A)) + json(response(B)) + json(response(C)),
  "responses, empty ones too": [response(), response(A, B), response(), response(C)].map(json).join("\n"),
  "pretty-printed responses": [response(A, B), response(C)].map(pretty).join("\n"),
  "responses of the CLI": `${pretty(response(...cli.slice(0, 2)))}\n${pretty(response(cli[2]))}\n`,
  "an array": json(SEVERAL),
  "a pretty-printed array": pretty(SEVERAL),
  "arrays one after another": `${json([A])} ${json([])}\t${json([B, C])}`,
  "jobs without a gap": SEVERAL.map(json).join(""),
  "jobs with blank lines": `\n\n${SEVERAL.map(pretty).join("\n\n\r\n")}\n\n`,
  "a job a line": SEVERAL.map(json).join("\n"),
  "a job a line of CRLF": SEVERAL.map((job) => `${json(job)}\r\n`).join(""),
  "a job a line in the CLI's form": cli.map((job) => `${json(job)}\n`).join(""),
  "a response a line": [response(A), response(B), response(C)].map((each) => `${json(each)}\n`).join(""),
  "all of these in one": `${pretty(response(A))}\n${json(asCliJob(B))}\n${json([C])}`,
  "with a byte order mark": `\uFEFF${json(response(...SEVERAL))}`,
  "files with byte order marks one after another": SEVERAL.map((job) => `\uFEFF${json(job)}\r\n`).join(""),
  "every text escaped": json(response(...SEVERAL)).replace(
    /"(?:[^"\\]|\\.)*"/g,
    (found) => `"${Array.from(JSON.parse(found), (character) => escaped(character)).join("")}"`,
  ),
};

describe("forms", () => {
  test("the API's examples come out the same in the CLI's form and in the wire form", LIMIT, async () => {
    const id = "861a0645d98ef88efb75477628c011c04942d9d5f58faf2703c393c8cf8c1537";
    const expected = {
      ...EXAMPLES.GetMediaAnalysisJob,
      CreationTimestamp: new Date("2023-07-28T14:05:51.958Z"),
      CompletionTimestamp: new Date("2023-07-28T15:05:51.958Z"),
    };
    const toWire = (job) => ({
      ...job,
      CreationTimestamp: Date.parse(job.CreationTimestamp) / 1000,
      CompletionTimestamp: Date.parse(job.CompletionTimestamp) / 1000,
    });
    const list = EXAMPLES.ListMediaAnalysisJobs;
    for (const [name, source] of Object.entries({
      "List, CLI": json(list),
      "Get, CLI": pretty(EXAMPLES.GetMediaAnalysisJob),
      "List, wire": json({ MediaAnalysisJobs: list.MediaAnalysisJobs.map(toWire) }),
      "Get, wire": json(toWire(EXAMPLES.GetMediaAnalysisJob)),
    })) {
      const { result, all } = await imported(source);
      assert.deepEqual(result, { ...NOTHING, added: 1 }, name);
      assert.deepEqual(all, [expected], name);
      assert.deepEqual(jobs.get(id), expected, name);
      assert.equal(jobs.size, 1, name);
    }
  });

  for (const [name, source] of Object.entries(FORMS)) {
    test(name, LIMIT, async () => {
      const expected = SEVERAL.map(meant).sort(byId);
      const whole = await imported(source);
      assert.deepEqual(whole.result, { ...NOTHING, added: 3 });
      assert.deepEqual(whole.all, expected);
      for (const [way, sizes] of Object.entries(CHUNKINGS)) {
        const asBytes = await imported(chunked(utf8(source), sizes()));
        assert.deepEqual(asBytes.result, whole.result, way);
        assert.deepEqual(asBytes.all, expected, way);
        const asText = await imported(chunked(source, sizes()));
        assert.deepEqual(asText.result, whole.result, `${way}, text`);
        assert.deepEqual(asText.all, expected, `${way}, text`);
      }
    });
  }

  test("empty responses and arrays hold no job and nothing bad", LIMIT, async () => {
    for (const source of ['{"MediaAnalysisJobs":[]}', "[]", " [ ] \n", '{"MediaAnalysisJobs":[],"NextToken":"x"}']) {
      assert.deepEqual((await imported(source)).result, NOTHING, source);
    }
  });
});

// --- Sources ---

describe("sources", () => {
  const text = json(response(...SEVERAL));
  const streamOf = (...chunks) =>
    new ReadableStream({
      start(controller) {
        chunks.forEach((chunk) => controller.enqueue(chunk));
        controller.close();
      },
    });
  const half = Math.floor(text.length / 2);
  const padded = bytes("garbage", text, "garbage");
  const sources = {
    string: () => text,
    ArrayBuffer: () => utf8(text).buffer,
    Uint8Array: () => utf8(text),
    "Uint8Array amid a larger buffer": () => padded.subarray(7, padded.length - 7),
    Buffer: () => Buffer.from(text),
    Blob: () => new Blob([text]),
    File: () => new File([text], "jobs.json"),
    "empty Blob parts": () => new Blob(["", text, ""]),
    Response: () => new Response(text),
    "Response 201": () => new Response(streamOf(utf8(text)), { status: 201 }),
    "ReadableStream of bytes": () => streamOf(utf8(text.slice(0, half)), new Uint8Array(0), utf8(text.slice(half))),
    "ReadableStream of text": () => streamOf(text.slice(0, half), "", text.slice(half)),
    "async iterable of bytes and text": async function* () {
      yield Buffer.from(text.slice(0, 20));
      yield text.slice(20, half);
      yield "";
      yield utf8(text.slice(half, half + 10));
      yield text.slice(half + 10);
    },
    "an object with an async iterator": () => ({ [Symbol.asyncIterator]: () => chunked(text, () => 50) }),
  };
  for (const [name, make] of Object.entries(sources)) {
    test(name, LIMIT, async () => {
      const { result, all } = await imported(make());
      assert.deepEqual(result, { ...NOTHING, added: 3 });
      assert.deepEqual(all, SEVERAL.map(meant).sort(byId));
    });
  }

  test("a surrogate pair cut between two texts is one character, one cut by bytes is two halves", LIMIT, async () => {
    const source = json(wireJob("a", { JobName: "x😀y" }));
    const cut = source.indexOf("😀") + 1;
    const whole = await imported(
      chunked(
        source,
        (() => {
          const sizes = [cut, source.length];
          return () => sizes.shift();
        })(),
      ),
    );
    assert.equal(whole.all[0].JobName, "x😀y");
    const torn = await imported(
      (async function* () {
        yield source.slice(0, cut);
        yield utf8(" ");
        yield source.slice(cut);
      })(),
    );
    assert.equal(torn.ids, "");
    assert.ok(torn.result.rejectedCount >= 1);
  });

  test("what the source's memory holds later does not matter", LIMIT, async () => {
    const chunk = utf8(`${json(A)}\n`);
    const source = (async function* () {
      yield chunk;
      chunk.set(utf8(json(B)).subarray(0, chunk.length));
      chunk.fill(32);
      yield chunk;
    })();
    const { result, ids: kept } = await imported(source);
    assert.equal(kept, "a");
    assert.deepEqual(result, { ...NOTHING, added: 1 });
  });

  test("a wrong argument is a TypeError, and harms nothing", LIMIT, async () => {
    open();
    await jobs.import(json(A));
    const wrong = [
      undefined,
      null,
      0,
      1n,
      true,
      Symbol("x"),
      {},
      [],
      [text],
      () => text,
      new Date(),
      Promise.resolve(text),
    ];
    for (const source of wrong) await assert.rejects(jobs.import(source), TypeError, String(typeof source));
    await assert.rejects(
      jobs.import(
        (async function* () {
          yield 5;
        })(),
      ),
      TypeError,
    );
    await assert.rejects(
      jobs.import(
        (async function* () {
          yield null;
        })(),
      ),
      TypeError,
    );
    assert.deepEqual(stored(), [meant(A)]);
  });

  test("a Response that is not 2xx is a ServiceError by the service's name, and nothing is stored", LIMIT, async () => {
    open();
    await jobs.import(json(A));
    const refusal = new Response(json({ __type: "com.amazon#AccessDeniedException", Message: "not you" }), {
      status: 400,
      headers: { "x-amzn-requestid": "1234-5678" },
    });
    await assert.rejects(jobs.import(refusal), (error) => {
      assert.ok(error instanceof ServiceError);
      assert.equal(error.name, "AccessDeniedException");
      assert.equal(error.message, "not you");
      assert.equal(error.$metadata.httpStatusCode, 400);
      assert.equal(error.$metadata.requestId, "1234-5678");
      return true;
    });
    for (const status of [301, 404, 500, 503]) {
      await assert.rejects(jobs.import(new Response(json(B), { status })), (error) => {
        assert.ok(error instanceof ServiceError, `${status}: ${error}`);
        assert.equal(error.name, "UnknownError");
        assert.equal(error.$metadata.httpStatusCode, status);
        return true;
      });
    }
    await assert.rejects(jobs.import(Response.error()), ServiceError);
    assert.deepEqual(stored(), [meant(A)]);
  });

  test("a failing source rejects with its own reason and keeps what came before", LIMIT, async () => {
    open();
    const reason = new RangeError("the disk is gone");
    const source = (async function* () {
      yield `${json(A)}\n${json(B)}\n{"JobId":"half`;
      throw reason;
    })();
    await assert.rejects(jobs.import(source), (error) => error === reason);
    assert.deepEqual(stored(), [A, B].map(meant).sort(byId));

    const errored = new ReadableStream({
      start: (controller) => controller.enqueue(utf8(`${json(C)}\n`)),
      pull: (controller) => controller.error(reason),
    });
    await assert.rejects(jobs.import(errored), (error) => error === reason);
    assert.deepEqual(await jobs.import(json(B)), { ...NOTHING, unchanged: 1 });

    const used = new Response(text);
    await used.text();
    await assert.rejects(jobs.import(used));
    const locked = streamOf(utf8(text));
    locked.getReader();
    await assert.rejects(jobs.import(locked));
    await assert.rejects(
      jobs.import({
        [Symbol.asyncIterator]() {
          throw reason;
        },
      }),
      (error) => error === reason,
    );
    await assert.rejects(
      jobs.import({
        [Symbol.asyncIterator]: () => ({
          next() {
            throw reason;
          },
        }),
      }),
      (error) => error === reason,
    );
  });

  test("two imports and a clear at the same time do not disturb each other", LIMIT, async () => {
    open();
    const many = (letter) => Array.from({ length: 200 }, (_, i) => wireJob(`${letter}${i}`));
    const [first, second] = await Promise.all([
      jobs.import(chunked(json(many("x")), randomSize(1))),
      jobs.import(chunked(json(response(...many("y"))), randomSize(2))),
    ]);
    assert.deepEqual(
      [first, second],
      [
        { ...NOTHING, added: 200 },
        { ...NOTHING, added: 200 },
      ],
    );
    assert.equal(jobs.size, 400);

    const source = (async function* () {
      yield `${json(A)}\n`;
      jobs.clear();
      yield `${json(B)}\n`;
    })();
    await jobs.import(source);
    assert.deepEqual(stored(), [meant(B)]);
  });
});

describe("progress and abort", () => {
  const many = Array.from({ length: 3_000 }, (_, i) => wireJob(`job-${i}`));
  const text = many.map((job, i) => (i % 100 === 7 ? "oops\n" : `${json(job)}\n`)).join("");
  const size = utf8(text).length;

  test("progress only grows, and ends with the whole", LIMIT, async () => {
    const sources = {
      "with a total": [
        utf8(text),
        utf8(text).buffer,
        new Blob([text]),
        new Response(text, { headers: { "content-length": size } }),
      ],
      without: [chunked(text, () => 10_000), new Blob([text]).stream()],
    };
    for (const [kind, each] of Object.entries(sources)) {
      for (const source of each) {
        const told = [];
        const { result } = await imported(source, { onProgress: (progress) => told.push({ ...progress }) });
        assert.equal(result.added, 2_970);
        assert.equal(result.rejectedCount, 30);
        assert.ok(told.length > 1, `${source.constructor.name}: ${told.length}`);
        for (let i = 1; i < told.length; i++) {
          for (const name of ["bytes", "jobs", "rejected"]) assert.ok(told[i][name] >= told[i - 1][name], name);
        }
        const total = kind === "without" ? {} : { totalBytes: size };
        assert.deepEqual(told.at(-1), { bytes: size, jobs: 2_970, rejected: 30, ...total });
      }
    }
  });

  test("an abort before it starts takes nothing in", LIMIT, async () => {
    open();
    const reason = new Error("changed my mind");
    for (const source of [text, utf8(text), new Blob([text]), new Response(text), chunked(text, () => 1_000)]) {
      await assert.rejects(jobs.import(source, { signal: AbortSignal.abort(reason) }), (error) => error === reason);
    }
    await assert.rejects(jobs.import(text, { signal: AbortSignal.abort() }), { name: "AbortError" });
    assert.equal(jobs.size, 0);
  });

  test("an abort while the source hangs ends it at once", LIMIT, async () => {
    open();
    const hanging = new ReadableStream({
      start: (controller) => controller.enqueue(utf8(`${json(A)}\n{"JobId":"half`)),
    });
    const controller = new AbortController();
    const reason = { mine: true };
    const call = jobs.import(hanging, { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort(reason);
    const tick = new Promise((resolve) => setImmediate(resolve, "late"));
    await assert.rejects(
      Promise.race([
        call,
        tick.then((late) => {
          throw late;
        }),
      ]),
      (error) => error === reason,
    );
    assert.deepEqual(stored(), [meant(A)]);
  });

  test("an abort cancels the stream, so that a download ends", LIMIT, async () => {
    open();
    let isCancelled = false;
    const make = () =>
      new ReadableStream({
        start: (controller) => controller.enqueue(utf8(`${json(A)}\n`)),
        cancel: () => {
          isCancelled = true;
        },
      });
    for (const source of [make(), new Response(make())]) {
      isCancelled = false;
      const controller = new AbortController();
      const call = jobs.import(source, { signal: controller.signal });
      await new Promise((resolve) => setTimeout(resolve, 10));
      controller.abort();
      await assert.rejects(call, { name: "AbortError" });
      await new Promise((resolve) => setTimeout(resolve, 10));
      assert.ok(isCancelled, source.constructor.name);
    }
  });

  test("an abort in the middle keeps what was read, and stops reading", LIMIT, async () => {
    open();
    const controller = new AbortController();
    let served = 0;
    const source = (async function* () {
      for (const job of many) {
        served++;
        if (served === 100) controller.abort();
        yield `${json(job)}\n`;
      }
    })();
    await assert.rejects(jobs.import(source, { signal: controller.signal }), { name: "AbortError" });
    assert.ok(served <= 101, `${served}`);
    assert.ok(jobs.size >= 99 && jobs.size <= 100, `${jobs.size}`);
    assert.deepEqual(jobs.get("job-5"), meant(many[5]));
  });
});

// --- What is broken ---

/**
 * Imports and checks what was rejected: each entry of `rejected` is an offset, or [from, to] for from ≤ offset < to.
 * Every chunking must tell the same.
 */
async function checkBroken(name, source, { rejected, kept }) {
  const before = wireJob("before-all");
  const asBytes = typeof source === "string" ? utf8(source) : source;
  for (const [way, sizes] of [["whole", undefined], ...Object.entries(CHUNKINGS)]) {
    open();
    await jobs.import(json(before));
    const result = await jobs.import(sizes ? chunked(asBytes, sizes()) : source);
    const what = `${name}, ${way}: ${json(result.rejected)}`;
    const all = stored()
      .map(({ JobId }) => JobId)
      .filter((id) => id !== "before-all");
    assert.deepEqual(jobs.get("before-all"), meant(before), what);
    assert.equal(all.join(" "), kept, `kept: ${what}`);
    assert.equal(result.added, all.length, what);
    assert.equal(result.rejectedCount, rejected.length, `rejectedCount: ${what}`);
    assert.equal(result.rejected.length, Math.min(rejected.length, MOST_REJECTED), what);
    result.rejected.forEach(({ offset, message }, i) => {
      const [from, to] = Array.isArray(rejected[i]) ? rejected[i] : [rejected[i], rejected[i] + 1];
      assert.ok(Number.isInteger(offset) && offset >= from && offset < to, `offset ${from} to ${to - 1}: ${what}`);
      assert.ok(typeof message === "string" && message.length > 0, what);
    });
  }
}

const broken = (name, source, expected) => test(name, LIMIT, () => checkBroken(name, source, expected));

/** The byte at which `needle` stands in `source`. */
function byteOf(source, needle) {
  const at = Buffer.from(source).indexOf(needle);
  assert.notEqual(at, -1, needle);
  return at;
}

describe("no jobs at all", () => {
  broken("an empty text", "", { rejected: [0], kept: "" });
  broken("no bytes", new Uint8Array(0), { rejected: [0], kept: "" });
  broken("white space only", " \r\n\t\n ", { rejected: [[0, 7]], kept: "" });
  broken("a byte order mark only", "\uFEFF", { rejected: [[0, 4]], kept: "" });
  broken("HTML", "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", { rejected: [0], kept: "" });
  broken("HTML behind a byte order mark", "\uFEFF<html></html>", { rejected: [3], kept: "" });
  broken("a text in UTF-16", new Uint8Array(Buffer.from('\uFEFF{"JobId":"a"}', "utf16le")), {
    rejected: [0],
    kept: "",
  });
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
  broken("a line each", lines, { rejected: ["5", '"x"', "null"].map((needle) => byteOf(lines, needle)), kept: "a b" });
  const marked = '\uFEFF{"MediaAnalysisJobs":[ {"JobId":5},{"JobId":"ü"}]}';
  broken("behind a byte order mark, which counts", marked, { rejected: [byteOf(marked, '{"JobId":5')], kept: "ü" });
  broken("a response that is no list", '{"MediaAnalysisJobs":{"JobId":"a"}}\n{"JobId":"b"}', {
    rejected: [0],
    kept: "b",
  });
});

describe("a member of a wrong type", () => {
  const any = { text: ["x"], number: [5], boolean: [true, false], list: [[], ["x"]], structure: [{}] };
  const wrong = {
    text: [...any.number, ...any.boolean, ...any.list, ...any.structure],
    number: ["50", ...any.boolean, ...any.list, ...any.structure],
    structure: [...any.text, ...any.number, ...any.boolean, ...any.list],
    timestamp: [
      "",
      "yesterday",
      "1690553151.958",
      "2023-13-01T00:00:00Z",
      "2023-02-29T00:00:00Z",
      "2023-07-28T25:00:00Z",
      "2023-07-28T08:05:51+25:00",
      "2023-07-28T08:05:51Zx",
      1e300,
      8.64e12 + 1,
      -8.64e12 - 1,
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
  const paths = (members, path = []) =>
    Object.entries(members).flatMap(([name, type]) =>
      typeof type === "string"
        ? [[[...path, name], type]]
        : [[[...path, name], "structure"], ...paths(type, [...path, name])],
    );

  for (const [path, type] of paths(shape)) {
    test(path.join("."), LIMIT, async () => {
      for (const value of wrong[type]) {
        const bad = path.reduceRight((inner, name) => ({ [name]: inner }), value);
        const record = json({ JobId: "bad", ...bad });
        const source = `{"MediaAnalysisJobs":[${json(A)}, ${record}, ${json(B)}]}`;
        const { result, all } = await imported(source);
        assert.deepEqual(all, [A, B].map(meant), json(value));
        assert.equal(result.rejectedCount, 1, json(value));
        assert.equal(result.rejected[0].offset, byteOf(source, record), json(value));
      }
    });
  }

  test("the job that was there before stays as it was", LIMIT, async () => {
    open();
    await jobs.import(json(A));
    await jobs.import(
      '{"JobId":"a","Status":"FAILED","CreationTimestamp":true}\n{"JobId":"a","Status":"QUEUED","JobName":\n',
    );
    assert.deepEqual(stored(), [meant(A)]);
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
  broken("65 arrays", `${nested(MOST_LEVELS + 1)}\n{"JobId":"b"}`, { rejected: [MOST_LEVELS], kept: "b" });
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
      assert.ok(result.rejectedCount >= 1, source.slice(0, 30));
    }
  });
});

describe("numbers", () => {
  const inside = {
    MinConfidence: (number) =>
      `{"JobId":"x","OperationsConfig":{"DetectModerationLabels":{"MinConfidence":${number}}}}`,
    "an unknown member": (number) => `{"JobId":"x","X":${number}}`,
    "an unknown list": (number) => `{"JobId":"x","X":[1,[${number}]]}`,
  };
  const tooLarge = [
    "1e309",
    "-1e309",
    "1E+400",
    "1.7976931348623159e308",
    "9".repeat(310),
    `-${"9".repeat(400)}.5`,
    "1e99999999999999999999",
  ];
  for (const [where, line] of Object.entries(inside)) {
    for (const number of tooLarge) {
      const source = `{"MediaAnalysisJobs":[{"JobId":"a"},${line(number)},{"JobId":"b"}]}\n${json(ids("c"))}`;
      const at = byteOf(source, number);
      broken(`no double is ${number.slice(0, 25)} in ${where}`, source, {
        rejected: [[at, at + number.length]],
        kept: "a b c",
      });
    }
  }
  const alone = '{"JobId":"a"}\n1e999\n{"JobId":"b"}';
  broken("no double alone in a line", alone, {
    rejected: [[byteOf(alone, "1e999"), byteOf(alone, "1e999") + 5]],
    kept: "a b",
  });
  const behind = '{"MediaAnalysisJobs":[{"JobId":"a"}],"X":1e999}\n{"JobId":"b"}';
  broken("no double behind a response's jobs", behind, {
    rejected: [[byteOf(behind, "1e999"), byteOf(behind, "1e999") + 5]],
    kept: "a b",
  });

  test("what is a double is read as one", LIMIT, async () => {
    for (const [text, number] of Object.entries({
      "1e-400": 0,
      "0.000e400": 0,
      [`0.${"0".repeat(400)}1`]: 0,
      "5e-324": 5e-324,
      "1.7976931348623157e308": Number.MAX_VALUE,
      [`${"1".repeat(25)}`]: 1111111111111111111111111,
      [`1${"0".repeat(300)}`]: 1e300,
      "9007199254740993": 9007199254740992,
      "18446744073709551616": 18446744073709551616,
      "-9223372036854775809": -9223372036854775809,
      "99.90000152587890625": 99.90000152587890625,
      "5E1": 50,
      "5e+1": 50,
      "500e-1": 50,
    })) {
      const { result, all } = await imported(inside.MinConfidence(text));
      assert.deepEqual(result, { ...NOTHING, added: 1 }, text);
      assert.equal(all[0].OperationsConfig.DetectModerationLabels.MinConfidence, number, text);
    }
  });

  for (const number of ["01", "+1", "1.", ".5", "1e", "1e+", "-", "0x10", "NaN", "Infinity", "-Infinity", "1_000"]) {
    const source = `${inside["an unknown member"](number)}\n{"JobId":"b"}`;
    const at = byteOf(source, number);
    broken(`JSON has no ${number}`, source, { rejected: [[at, at + number.length + 1]], kept: "b" });
  }
});

describe("UTF-8", () => {
  const invalid = {
    "a byte that none has": [0xff],
    "a continuation alone": [0x80],
    "overlong, two bytes": [0xc0, 0xaf],
    "overlong, three bytes": [0xe0, 0x80, 0xaf],
    "overlong, four bytes": [0xf0, 0x80, 0x80, 0xaf],
    "a surrogate": [0xed, 0xa0, 0x80],
    "a pair of surrogates (CESU-8)": [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
    "beyond U+10FFFF": [0xf4, 0x90, 0x80, 0x80],
    "five bytes": [0xf8, 0x88, 0x80, 0x80, 0x80],
    "two bytes cut off": [0xc3],
    "three bytes cut off": [0xe2, 0x82],
    "four bytes cut off": [0xf0, 0x9f, 0x98],
  };
  const places = {
    "a member": ['{"JobId":"x","JobName":"é', 'z"}'],
    "an unknown member": ['{"JobId":"x","X":["é', 'z"]}'],
    "a name": ['{"JobId":"x","é', 'z":1}'],
    "a string's start": ['{"JobId":"x","X":"', '"}'],
  };
  for (const [kind, bad] of Object.entries(invalid)) {
    for (const [place, [front, back]] of Object.entries(places)) {
      const start = '{"MediaAnalysisJobs":[{"JobId":"a"},';
      const at = utf8(start + front).length;
      broken(`${kind} in ${place}`, bytes(start, front, bad, back, ',{"JobId":"b"}]}\n[{"JobId":"c"}]'), {
        rejected: [[at, at + bad.length]],
        kept: "a b c",
      });
    }
    broken(`${kind} between records`, bytes('{"JobId":"a"}\n', bad, '\n{"JobId":"b"}'), {
      rejected: [14],
      kept: "a b",
    });
    broken(`${kind} between a record's members`, bytes('{"JobId":"a"}\n{"JobId":"x",', bad, '"X":1}\n{"JobId":"b"}'), {
      rejected: [[14 + 13, 14 + 13 + bad.length]],
      kept: "a b",
    });
    const tail = '{"MediaAnalysisJobs":[{"JobId":"a"}],"NextToken":"';
    broken(`${kind} behind a response's jobs`, bytes(tail, bad, '"}\n{"JobId":"b"}'), {
      rejected: [[tail.length, tail.length + bad.length]],
      kept: "a b",
    });
    broken(`${kind} at the end`, bytes('{"JobId":"a"}\n{"JobId":"x","X":"', bad), {
      rejected: [[14 + 18, 14 + 18 + bad.length + 1]],
      kept: "a",
    });
  }
  test("every character comes out as it went in", LIMIT, async () => {
    const characters = [
      "\u007f",
      "\u0080",
      "\u07ff",
      "\u0800",
      "\ud7ff",
      "\ue000",
      "\ufffe",
      "\uffff",
      "\ufeff",
      "\u{10000}",
      "\u{10ffff}",
      "\u2028",
    ];
    const JobName = characters.join("x");
    const { result, all } = await imported(json(wireJob("a", { JobName })));
    assert.deepEqual(result, { ...NOTHING, added: 1 });
    assert.equal(all[0].JobName, JobName);
  });
});

describe("surrogates", () => {
  for (const lone of [
    "\\ud800",
    "\\uDBFF",
    "\\udc00",
    "\\uDfFf",
    "\\ud800\\u0041",
    "\\udc00\\ud800",
    "\\ud800\\ud800",
  ]) {
    for (const [place, [front, back]] of Object.entries({
      "a member": ['{"JobId":"x","JobName":"é', 'z"}'],
      "an unknown member's end": ['{"JobId":"x","X":"', '"}'],
      "a name": ['{"JobId":"x","', '":1}'],
    })) {
      const start = `{"MediaAnalysisJobs":[{"JobId":"a"},`;
      const at = utf8(start + front).length;
      broken(`${lone} in ${place}`, `${start}${front}${lone}${back},{"JobId":"b"}]}\n{"JobId":"c"}`, {
        rejected: [[at, at + lone.length]],
        kept: "a b c",
      });
    }
  }
  const beforeEscape = String.raw`{"JobId":"x","X":"\ud800\n"}`;
  broken("a half before another escape", `${beforeEscape}\n{"JobId":"b"}`, {
    rejected: [[byteOf(beforeEscape, "\\ud800"), byteOf(beforeEscape, "\\ud800") + 6]],
    kept: "b",
  });
  const inTail = String.raw`{"MediaAnalysisJobs":[{"JobId":"a"}],"NextToken":"\ud800"}`;
  broken("a half in a token", `${inTail}\n{"JobId":"b"}`, {
    rejected: [[byteOf(inTail, "\\ud800"), byteOf(inTail, "\\ud800") + 6]],
    kept: "a b",
  });

  test("halves in a text of JavaScript", LIMIT, async () => {
    for (const half of ["\ud800", "\udfff", "\udc00\ud800"]) {
      for (const [front, back] of [
        ['{"JobId":"x","JobName":"é', '"}'],
        ['{"JobId":"x","X":{"', '":1}}'],
      ]) {
        const source = `{"JobId":"a"}\n${front}${half}${back}\n{"JobId":"b"}`;
        const { result, ids: kept } = await imported(source);
        const at = utf8(`{"JobId":"a"}\n${front}`).length;
        assert.equal(kept, "a b");
        assert.equal(result.rejectedCount, 1);
        const [{ offset }] = result.rejected;
        assert.ok(offset >= at && offset < at + 3 * half.length, `${offset}, not ${at}`);
      }
      const { result, ids: kept } = await imported(`{"JobId":"a"}\n${half}\n{"JobId":"b"}`);
      assert.equal(kept, "a b");
      assert.equal(result.rejected[0].offset, 14);
    }
    const { all } = await imported(chunked(json(wireJob("a", { JobName: "\u{1f600}" })), () => 1));
    assert.equal(all[0].JobName, "\u{1f600}");
  });

  test("a pair of escapes is one character, and an escaped NUL one too", LIMIT, async () => {
    const { all } = await imported(String.raw`{"JobId":"a","JobName":"\ud83d\ude00 \uD83D\uDE00 \u0000 \u001f \/ \b"}`);
    assert.equal(all[0].JobName, "\u{1f600} \u{1f600} \0 \x1f / \b");
  });
});

describe("syntax errors", () => {
  for (const code of [0x00, 0x01, 0x08, 0x09, 0x0a, 0x0d, 0x1b, 0x1f]) {
    const hex = code.toString(16);
    const front = '{"JobId":"a"}\n{"JobId":"x","X":"ab';
    broken(`a raw control character ${hex} in a string`, bytes(front, [code], 'c"}\n{"JobId":"b"}'), {
      rejected: [front.length],
      kept: "a b",
    });
    const name = '{"JobId":"a"}\n{"JobId":"x","ab';
    broken(`a raw control character ${hex} in a name`, bytes(name, [code], 'c":1}\n{"JobId":"b"}'), {
      rejected: [name.length],
      kept: "a b",
    });
  }
  for (const code of [0x00, 0x0b, 0x0c, 0x1a, 0x7f]) {
    const front = '{"JobId":"a"}\n{"JobId":"x",';
    broken(`${code.toString(16)} is no white space`, bytes(front, [code], '"X":1}\n{"JobId":"b"}'), {
      rejected: [front.length],
      kept: "a b",
    });
    broken(`${code.toString(16)} between records`, bytes('{"JobId":"a"}\n', [code], '\n{"JobId":"b"}'), {
      rejected: [14],
      kept: "a b",
    });
  }
  const cases = {
    "a trailing comma in a job": ['{"JobId":"x","X":1,', "}"],
    "a trailing comma in a list": ['{"JobId":"x","X":[1,', "]}"],
    "a missing comma": ['{"JobId":"x" ', '"X":1}'],
    "a missing colon": ['{"JobId":"x","X" ', "1}"],
    "a missing value": ['{"JobId":"x","X":', "}"],
    "a name without quotes": ['{"JobId":"x",', "X:1}"],
    "single quotes": ['{"JobId":"x","X":', "'y'}"],
    "a comment": ['{"JobId":"x", ', '/* y */ "X":1}'],
    "a line comment": ['{"JobId":"x", ', "// y"],
    "a wrong bracket": ['{"JobId":"x","X":[1', "}}"],
    "a closing bracket too many": ['{"JobId":"x"}', "}"],
    "an unknown escape": ['{"JobId":"x","X":"a\\', 'x"}'],
    "an unfinished \\u": ['{"JobId":"x","X":"a\\u12', 'zz"}'],
  };
  for (const [name, [front, back]] of Object.entries(cases)) {
    const start = '{"JobId":"a"}\n';
    const kept = name === "a closing bracket too many" ? "a b x" : "a b";
    broken(name, `${start}${front}${back}\n{"JobId":"b"}`, { rejected: [start.length + front.length], kept });
  }
  for (const word of ["tru", "True", "nul", "nulls", "undefined"]) {
    const front = '{"JobId":"a"}\n{"JobId":"x","X":';
    broken(`${word} is no word of JSON`, `${front}${word}}\n{"JobId":"b"}`, {
      rejected: [[front.length, front.length + word.length + 1]],
      kept: "a b",
    });
  }
  broken("an array's trailing comma", '[{"JobId":"a"},]\n{"JobId":"b"}', { rejected: [15], kept: "a b" });
  broken("an array's leading comma", '[,{"JobId":"a"}]\n{"JobId":"b"}', { rejected: [1], kept: "b" });
  broken("comments between lines", '// one\n{"JobId":"a"}\n# two\n{"JobId":"b"}\n', { rejected: [0, 21], kept: "a b" });
  broken("a string never closed", '{"JobId":"a"}\n{"JobId":"x","X":"y}', { rejected: [[32, 35]], kept: "a" });
  broken("a list's comma between lines", '{"JobId":"a"},\n{"JobId":"b"},\n{"JobId":"c"}\n', {
    rejected: [13, 28],
    kept: "a b c",
  });

  for (const [byte, name] of [[0x00, "00"], [0x0a, "0A"], [0x1f, "1F"]]) {
    test(`the control byte ${name} in a text is named`, LIMIT, async () => {
      const jobs = await createJobs();
      const { rejected } = await jobs.import(`{"JobId":"a${String.fromCharCode(byte)}"}`);
      assert.match(rejected[0].message, new RegExp(`<U\\+00${name}>`));
      jobs.close();
    });
  }
});

describe("cut off in the middle", () => {
  const source = json(response(A, B, C));
  const utf8Source = utf8(source);
  const ends = SEVERAL.map((job) => utf8(source.slice(0, source.indexOf(json(job)) + json(job).length)).length);

  test("a response, at every byte", LIMIT, async () => {
    for (let cut = 1; cut < utf8Source.length; cut++) {
      const { result, ids: kept } = await imported(utf8Source.slice(0, cut));
      const whole = SEVERAL.filter((_, i) => ends[i] <= cut)
        .map(({ JobId }) => JobId)
        .join(" ");
      assert.equal(kept, whole, `${cut}`);
      assert.equal(result.rejectedCount, 1, `${cut}: ${json(result.rejected)}`);
      const { offset } = result.rejected[0];
      assert.ok(
        offset <= cut && offset >= (ends.findLast((end) => end <= cut) ?? 0),
        `${cut}: ${json(result.rejected)}`,
      );
    }
  });

  for (const cut of [
    1,
    2,
    12,
    21,
    22,
    23,
    30,
    ends[0] - 1,
    ends[0],
    ends[0] + 1,
    ends[1],
    utf8Source.length - 2,
    utf8Source.length - 1,
  ]) {
    const kept = SEVERAL.filter((_, i) => ends[i] <= cut)
      .map(({ JobId }) => JobId)
      .join(" ");
    broken(`at ${cut}: the offset is where it ends`, utf8Source.slice(0, cut), { rejected: [cut], kept });
  }
});

describe("where reading goes on after a syntax error", () => {
  const cut = '{"JobId":"x","FailureDetails":{"Code":"ACCESS_DENIED","Message":';
  for (const [name, end] of [
    ["LF", "\n"],
    ["CRLF", "\r\n"],
  ]) {
    const lines = ['{"JobId":"a"}', cut, '{"JobId":"b"}', '{"JobId":"c"}', ""].join(end);
    broken(`a line cut off after "Message": does not take the next with it, ${name}`, lines, {
      rejected: [byteOf(lines, '{"JobId":"c"}')],
      kept: "a b c",
    });
    const last = [cut, '{"JobId":"b"}'].join(end);
    broken(`and not the last one, ${name}`, last, { rejected: [last.length], kept: "b" });
    const twice = [cut, cut, '{"JobId":"b"}', cut, '{"JobId":"c"}', '{"JobId":"d"}'].join(end);
    test(`line after line cut off, ${name}`, LIMIT, async () => {
      const { result, ids: kept } = await imported(twice);
      assert.equal(kept, "b c d");
      assert.equal(result.rejectedCount, 3, json(result.rejected));
    });
    const inText = ['{"JobId":"a"}', '{"JobId":"x","JobName":"cut', '{"JobId":"b"}', ""].join(end);
    broken(`a line cut off in a text, ${name}`, inText, { rejected: [byteOf(inText, "cut") + 3], kept: "a b" });
    const mangled = ['{"JobId":"a"}', '{"JobId":"x",,"X":1}', '[{"JobId":"b"}]', '{"JobId":"c"}'].join(end);
    broken(`at a line that begins with a bracket, ${name}`, mangled, {
      rejected: [byteOf(mangled, ",,") + 1],
      kept: "a b c",
    });
  }
  const headless = '{"MediaAnalysisJobs":[\n{"JobId":"b"}\n{"JobId":"c"}\n';
  broken("a response cut off after its bracket", headless, {
    rejected: [byteOf(headless, '{"JobId":"c"}')],
    kept: "b c",
  });

  const mid =
    '{"MediaAnalysisJobs":[{"JobId":"a"},{"JobId":oops},{"JobId":"lost"}]}\n{"MediaAnalysisJobs":[{"JobId":"b"}]}\n';
  broken("the rest of the broken record's line is not read", mid, {
    rejected: [[byteOf(mid, "oops"), byteOf(mid, "oops") + 5]],
    kept: "a b",
  });

  const good = pretty(response({ JobId: "d" }, { JobId: "e" }));
  const bad = pretty(response({ JobId: "a" }, { JobId: "x", Status: "oops" }, { JobId: "lost" })).replace(
    '"oops"',
    "oops",
  );
  broken("lines of a pretty-printed response begin with white space", `${bad}\n${good}\n`, {
    rejected: [[byteOf(bad, "oops"), byteOf(bad, "oops") + 5]],
    kept: "a d e",
  });
  broken("the same, of CRLF", `${bad}\n${good}\n`.replaceAll("\n", "\r\n"), {
    rejected: [[byteOf(bad.replaceAll("\n", "\r\n"), "oops"), byteOf(bad.replaceAll("\n", "\r\n"), "oops") + 5]],
    kept: "a d e",
  });

  test("jobs at the start of lines in a response are kept behind a broken one", LIMIT, async () => {
    const lines = ['{"JobId":"a"}', '{"JobId":oops}', '{"JobId":"b"}', '{"JobId":"c"}'].join(",\n");
    const source = `{"MediaAnalysisJobs":[\n${lines}\n]}\n{"JobId":"d"}\n`;
    const { result, ids: kept } = await imported(source);
    assert.equal(kept, "a b c d");
    assert.ok(result.rejectedCount >= 1);
    assert.ok(
      result.rejected[0].offset >= byteOf(source, "oops") && result.rejected[0].offset < byteOf(source, "oops") + 5,
    );
  });

  test(
    "bad values leave the rest of their response alone, bad lines the other lines: a good file with flaws at random",
    LIMIT,
    async () => {
      const random = seeded(99);
      const flaws = [
        (line) => line.slice(0, 1 + Math.floor(random() * (line.length - 2))),
        () => "<html>",
        () => '{"JobId":7}',
        () => "[1",
        () => '"',
      ];
      for (let round = 0; round < 60; round++) {
        const kept = [];
        let flawed = 0;
        const lines = Array.from({ length: 20 }, (_, i) => {
          const line = json(wireJob(`job-${String(i).padStart(2, "0")}`));
          if (random() < 0.7) {
            kept.push(`job-${String(i).padStart(2, "0")}`);
            return line;
          }
          flawed++;
          return flaws[Math.floor(random() * flaws.length)](line);
        });
        const source = lines.join("\n");
        const { result, all } = await imported(source);
        assert.deepEqual(
          all.map(({ JobId }) => JobId),
          kept,
          source,
        );
        if (flawed > 0) assert.ok(result.rejectedCount >= 1);
        const again = await imported(chunked(utf8(source), randomSize(round)));
        assert.deepEqual(again.result, result);
      }
    },
  );

  test("rejected holds the first 100, rejectedCount counts all", LIMIT, async () => {
    const source = Array.from({ length: 500 }, (_, i) => (i % 2 ? json({ JobId: i }) : json({ JobId: `j${i}` }))).join(
      "\n",
    );
    const { result } = await imported(source);
    assert.equal(jobs.size, 250);
    assert.equal(result.rejectedCount, 250);
    assert.deepEqual(
      result.rejected.map(({ offset }) => offset),
      Array.from({ length: MOST_REJECTED }, (_, i) => byteOf(source, json({ JobId: 2 * i + 1 }))),
    );
  });
});

// --- What a job becomes ---

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
    0.0006: "1970-01-01T00:00:00.001Z",
    0.0004: "1970-01-01T00:00:00.000Z",
    "-0.0006": "1969-12-31T23:59:59.999Z",
    "-0.0004": "1970-01-01T00:00:00.000Z",
    "-86400.5": "1969-12-30T23:59:59.500Z",
    253402300799.999: "9999-12-31T23:59:59.999Z",
    8640000000000: "+275760-09-13T00:00:00.000Z",
    "-8640000000000": "-271821-04-20T00:00:00.000Z",
    '"2023-07-28T14:05:51Z"': "2023-07-28T14:05:51.000Z",
    '"2023-07-28T14:05:51.9Z"': "2023-07-28T14:05:51.900Z",
    '"2023-07-28T14:05:51.958Z"': "2023-07-28T14:05:51.958Z",
    '"2023-07-28T14:05:51.958400Z"': "2023-07-28T14:05:51.958Z",
    '"2023-07-28T14:05:51.958600Z"': "2023-07-28T14:05:51.959Z",
    '"2023-07-28T14:05:51.999600Z"': "2023-07-28T14:05:52.000Z",
    '"2023-12-31T23:59:59.999999999Z"': "2024-01-01T00:00:00.000Z",
    '"1969-12-31T23:59:59.9994Z"': "1969-12-31T23:59:59.999Z",
    '"1969-12-31T23:59:59.9996Z"': "1970-01-01T00:00:00.000Z",
    '"2023-07-28T08:05:51.958000-06:00"': "2023-07-28T14:05:51.958Z",
    '"2023-07-28T19:35:51.958000+05:30"': "2023-07-28T14:05:51.958Z",
    '"2023-07-28T14:05:51.958000+00:00"': "2023-07-28T14:05:51.958Z",
    '"2024-02-29T23:59:59-00:01"': "2024-03-01T00:00:59.000Z",
    '"0001-01-01T00:00:00Z"': "0001-01-01T00:00:00.000Z",
    '"9999-12-31T23:59:59.999Z"': "9999-12-31T23:59:59.999Z",
    '"2000-02-29T00:00:00Z"': "2000-02-29T00:00:00.000Z",
    [String.raw`"2023-07-28\u005414:05:51Z"`]: "2023-07-28T14:05:51.000Z",
  };
  for (const [text, expected] of Object.entries(cases)) {
    test(`${text} is ${expected}`, LIMIT, async () => {
      const { result, all } = await read(text);
      assert.deepEqual(result, { ...NOTHING, added: 1 });
      assert.ok(all[0].CreationTimestamp instanceof Date);
      assert.equal(all[0].CreationTimestamp.toISOString(), expected);
    });
  }

  test("every millisecond comes out as it went in, in both forms", LIMIT, async () => {
    const random = seeded(5);
    const times = Array.from({ length: 4_000 }, (_, i) =>
      i < 2_000 ? 1_690_000_000_000 + i : Math.floor((random() - 0.5) * 2 * (i < 3_000 ? 4e12 : 8.64e15)),
    );
    const wire = times.map((time, i) => ({ JobId: `w${i}`, CreationTimestamp: time / 1000 }));
    const iso = times.map((time, i) => ({ JobId: `i${i}`, CreationTimestamp: new Date(time).toISOString() }));
    const { result } = await imported(json([...wire, ...iso]));
    assert.deepEqual(result, { ...NOTHING, added: 8_000 });
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

  test("names are exact: neither case nor place may differ", LIMIT, async () => {
    const { result, all } = await imported(
      '{"JobId":"a","jobname":"x","STATUS":"x","Code":"x","S3Object":{"Bucket":"x"},"MinConfidence":5}\n{"jobId":"b"}',
    );
    assert.deepEqual(all, [{ JobId: "a" }]);
    assert.equal(result.rejectedCount, 1);
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
    assert.deepEqual(await jobs.import(json(SEVERAL)), { ...NOTHING, added: 3 });
    assert.deepEqual(await jobs.import(json(SEVERAL)), { ...NOTHING, unchanged: 3 });
    assert.deepEqual(await jobs.import(json(response(...cli))), { ...NOTHING, unchanged: 3 }, "in the CLI's form");
    assert.deepEqual(
      await jobs.import(json({ ...A, Unknown: 1, KmsKeyId: null })),
      { ...NOTHING, unchanged: 1 },
      "what is left out",
    );

    const done = { ...C, Status: "SUCCEEDED", CompletionTimestamp: 1690556751.958 };
    assert.deepEqual(await jobs.import(json([A, done, wireJob("d")])), {
      ...NOTHING,
      added: 1,
      updated: 1,
      unchanged: 1,
    });
    assert.deepEqual(jobs.get("c"), meant(done));
    assert.equal(jobs.size, 4);

    const { JobName, ...nameless } = A;
    assert.equal(JobName, "name-of-a");
    assert.deepEqual(await jobs.import(json(nameless)), { ...NOTHING, updated: 1 });
    assert.deepEqual(jobs.get("a"), meant(nameless), "it is replaced, not merged");
    assert.deepEqual(
      await jobs.import(json({ ...nameless, FailureDetails: {} })),
      { ...NOTHING, updated: 1 },
      "an empty structure is there",
    );
  });

  test("within one source too", LIMIT, async () => {
    const { result } = await imported(`${json(A)}\n${json(A)}\n${json({ ...A, Status: "FAILED" })}\n${json(A)}`);
    assert.deepEqual(result, { ...NOTHING, added: 1, updated: 2, unchanged: 1 });
    assert.deepEqual(stored(), [meant(A)]);
  });

  test("each member alone makes a job differ", LIMIT, async () => {
    const variants = [
      { JobName: "other" },
      { JobName: undefined },
      { Status: "FAILED" },
      { KmsKeyId: "k" },
      { CreationTimestamp: 1690553151.959 },
      { CompletionTimestamp: undefined },
      { OperationsConfig: {} },
      { OperationsConfig: { DetectModerationLabels: { MinConfidence: 62 } } },
      { OperationsConfig: { DetectModerationLabels: { MinConfidence: 62.5, ProjectVersion: "p" } } },
      { Input: { S3Object: { Bucket: "input-bucket", Name: "other" } } },
      { Input: { S3Object: { Bucket: "input-bucket", Name: "input-manifest.json", Version: "1" } } },
      { OutputConfig: { S3Bucket: "output-bucket" } },
      { Results: { S3Object: A.Results.S3Object } },
      { Results: { ...A.Results, ModelVersions: {} } },
      { ManifestSummary: {} },
      { FailureDetails: { Code: "X" } },
      { FailureDetails: { Message: "X" } },
    ];
    open();
    for (const variant of variants) {
      await jobs.import(json(A));
      const job = wireJob("a", variant);
      assert.deepEqual(await jobs.import(json(job)), { ...NOTHING, updated: 1 }, json(variant));
      assert.deepEqual(jobs.get("a"), meant(job), json(variant));
    }
  });
});
