// What import() takes: every form and every source, in any chunks.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ServiceError } from "rekognition-jobs";
import { EXAMPLES, asCliJob, byId, meant, wireJob } from "../jobs_of.js";
import {
  LIMIT,
  NOTHING,
  counts,
  jobs,
  open,
  stored,
  imported,
  utf8,
  bytes,
  json,
  pretty,
  chunked,
  randomSize,
  CHUNKINGS,
  A,
  B,
  C,
  SEVERAL,
  response,
  cli,
  escaped,
} from "./imports.js";

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
      assert.deepEqual(counts(result), { ...NOTHING, added: 1 }, name);
      assert.deepEqual(all, [expected], name);
      assert.deepEqual(jobs.get(id), expected, name);
      assert.equal(jobs.size, 1, name);
    }
  });

  for (const [name, source] of Object.entries(FORMS)) {
    test(name, LIMIT, async () => {
      const expected = SEVERAL.map(meant).sort(byId);
      const whole = await imported(source);
      assert.deepEqual(counts(whole.result), { ...NOTHING, added: 3 });
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
      assert.deepEqual(counts((await imported(source)).result), NOTHING, source);
    }
  });
});

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
      assert.deepEqual(counts(result), { ...NOTHING, added: 3 });
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
    assert.deepEqual(counts(result), { ...NOTHING, added: 1 });
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
    assert.deepEqual(counts(await jobs.import(json(B))), { ...NOTHING, unchanged: 1 });

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
    assert.deepEqual([first, second].map(counts), [
      { ...NOTHING, added: 200 },
      { ...NOTHING, added: 200 },
    ]);
    assert.equal(jobs.size, 400);

    const source = (async function* () {
      yield `${json(A)}\n`;
      jobs.clear();
      yield `${json(B)}\n`;
    })();
    assert.deepEqual(counts(await jobs.import(source)), { ...NOTHING, added: 2 });
    assert.deepEqual(stored(), [A, B].map(meant).sort(byId), "as if the clear came first");
  });
});
