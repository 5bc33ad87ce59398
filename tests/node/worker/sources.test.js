// Every form of a source reaches a worker as it reaches the module here, also one that fails midway or is given up.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { openAsBlob } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { failOnUnhandledRejections } from "../unhandled_rejections.js";
import { wireJob } from "../jobs_of.js";
import { results70, resultsFile } from "../results/results_of.js";
import { here, inWorker, LIMIT, MODULES, outcomeOf, reasonOf, tick, until } from "./worker_jobs.js";

failOnUnhandledRejections();

const text = Array.from({ length: 600 }, (_, i) =>
  JSON.stringify(wireJob(`job-${i}`, { JobName: `é\u{1f600}${i}` })),
).join("\n");
const bytes = Buffer.from(text);
const MIB = 2 ** 20;
/** Texts whose surrogates lie at the ends of the pieces in which a text is sent. */
const surrogates = [MIB - 1, MIB].flatMap((at) => {
  const padded = (odd) => `${'{"JobId":"a","JobName":"'.padEnd(at, "x")}${odd}"} {"JobId":"b"}`;
  return [padded("\u{1f600}"), padded("\ud83d"), padded("\ude00"), padded("\ud83d\ud83d\ude00")];
});

let folder;
let file;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "sources-"));
  file = join(folder, "jobs.json");
  await writeFile(file, bytes);
});
after(() => rm(folder, { recursive: true }));

function* partsOf(whole, size) {
  for (let at = 0; at < whole.length; at += size) yield whole.slice(at, at + size);
}
const streamOf = (parts) =>
  new ReadableStream({ start: (it) => [...parts].forEach((part) => it.enqueue(part)) || it.close() });
async function* iterableOf(parts) {
  yield* parts;
}
function viewOfHuge() {
  const huge = new Uint8Array(64 * MIB);
  huge.set(bytes, 5 * MIB);
  return huge.subarray(5 * MIB, 5 * MIB + bytes.length);
}
function shared() {
  const view = new Uint8Array(new SharedArrayBuffer(bytes.length));
  view.set(bytes);
  return view;
}
const head = (headers = {}, status = 200) => ({ status, headers: new Map(Object.entries(headers)) });
async function used() {
  const response = new Response(text);
  await response.text();
  return response;
}
async function locked() {
  const response = new Response(text);
  response.body.getReader();
  return response;
}
const failing = (error) =>
  async function* () {
    yield bytes.subarray(0, 9999);
    throw error;
  };

const thrown = Object.assign(new TypeError("the line is cut", { cause: new Error("by a spade") }), {
  code: 7,
  act() {},
});
const SOURCES = {
  "a string": () => text,
  "an empty string": () => "",
  "an ArrayBuffer": () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  "a Buffer": () => Buffer.from(bytes),
  "a DataView": () => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  "a Uint16Array": () => new Uint16Array(new Uint8Array([...Buffer.from('[{"JobId":"ab"}]')]).buffer),
  "a small view of a huge buffer": viewOfHuge,
  "a view of a SharedArrayBuffer": shared,
  "a Blob": () => new Blob([bytes]),
  "a File": () => new File([bytes], "jobs.json"),
  "an empty Blob": () => new Blob([]),
  "a file of the disk": () => openAsBlob(file),
  "a Blob of another library": () => ({
    size: bytes.length,
    slice: (...range) => new Blob([bytes]).slice(...range),
    stream: () => Readable.from(partsOf(bytes, 70_000)),
  }),
  "a Blob of another library with web streams": () => ({
    size: bytes.length,
    slice: (...range) => new Blob([bytes]).slice(...range),
    stream: () => streamOf(partsOf(bytes, 70_000)),
  }),
  gzip: () => gzipSync(bytes),
  "gzip that is cut off": () => gzipSync(bytes).subarray(0, 5000),
  "a Response": () => new Response(text),
  "a Response with its length": () => new Response(text, { headers: { "content-length": `${bytes.length}` } }),
  "a Response without a body": () => new Response(null, { status: 204 }),
  "a Response in gzip": () => new Response(gzipSync(bytes), { headers: { "content-encoding": "gzip" } }),
  "a refused Response": () =>
    new Response('{"__type":"Throttled","message":"slowly"}', { status: 400, headers: { "x-amzn-requestid": "r" } }),
  "a used Response": used,
  "a locked Response": locked,
  "an error Response": () => Response.error(),
  "a Response of node-fetch": () => ({
    ...head({ "content-length": `${bytes.length}` }),
    ok: true,
    body: Readable.from(partsOf(bytes, 9000)),
  }),
  "a Response that has arrayBuffer() only": () => ({
    ...head(),
    ok: true,
    arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  }),
  "a Response that can give nothing": () => ({ ...head(), ok: true }),
  "a Response whose body fails": () => new Response(streamOf([bytes.subarray(0, 9999), 5])),
  "a ReadableStream": () => streamOf(partsOf(bytes, 1000)),
  "a ReadableStream of texts": () => streamOf(partsOf(text, 999)),
  "a ReadableStream of what is neither": () => streamOf(["[", 5]),
  "a stream of Node": () => Readable.from(partsOf(bytes, 5000)),
  "an iterable of bytes": () => iterableOf(partsOf(bytes, 12345)),
  "an iterable of texts, whose pairs are split": () => iterableOf(partsOf(text.slice(0, 5000), 1)),
  "an iterable of one chunk of 8 MB": () => iterableOf([Buffer.from(`${" ".repeat(8 * MIB)}${text}`)]),
  "an iterable of both": () =>
    iterableOf(['{"JobName":"\ud83d', '\ude00","JobId":"a"} \ud83d', bytes, "", new Uint8Array(0)]),
  "an iterable of what is neither": () => iterableOf(["[", null]),
  "an iterable that fails midway": failing(thrown),
  "a stream of Node that fails midway": () => Readable.from(failing(thrown)()),
  "one that throws a text": failing("a text"),
  "one that throws nothing": failing(undefined),
  "one that throws what cannot be sent": failing(Object.assign(() => {}, { toString: () => "a function" })),
  "one whose iterator cannot be had": () => ({
    [Symbol.asyncIterator]() {
      throw thrown;
    },
  }),
  ...Object.fromEntries(surrogates.map((odd, i) => [`surrogates ${i}`, () => odd])),
};

describe("an import comes to the same, and so does what opens any file", () => {
  for (const [name, make] of Object.entries(SOURCES)) {
    test(name, LIMIT, async () => {
      const outcomes = async (module) => {
        const list = [];
        for (const method of name.startsWith("surrogates") ? ["import"] : ["import", "open"]) {
          const jobs = await module();
          const progress = [];
          const source = await make();
          list.push(
            await outcomeOf(() =>
              jobs[method](source, { onProgress: ({ bytes, totalBytes }) => progress.push([bytes, totalBytes]) }),
            ),
          );
          list.push(progress.at(-1), await jobs.size, await outcomeOf(async () => (await jobs.query()).rows(0, 5)));
          jobs.close();
        }
        return list;
      };
      assert.deepEqual(await outcomes(inWorker), await outcomes(here));
    });
  }
});

test("what a source throws comes back as itself", LIMIT, async () => {
  const jobs = await inWorker();
  for (const value of [thrown, "a text", Symbol("s"), () => {}, { not: "an error" }, null]) {
    assert.equal(await reasonOf(jobs.import(failing(value)())), value);
    if (value !== null) assert.equal(await reasonOf(jobs.openResults(failing(value)())), value);
  }
  const results = resultsFile(results70(5, 1));
  const { summaryError } = await jobs.openResults(results, { summary: failing(thrown)() });
  assert.equal(summaryError.cause.message, thrown.message);
  assert.equal(summaryError.cause.cause.message, "by a spade");
});

/** A source that gives chunks for ever, or hangs; tells what became of it. */
function endless({ hangs = false } = {}) {
  const told = { asked: 0, ended: 0 };
  const iterator = {
    async next() {
      told.asked++;
      if (hangs && told.asked > 1) await new Promise(() => {});
      return { done: false, value: bytes.subarray(0, 5000) };
    },
    async return() {
      told.ended++;
      return { done: true };
    },
  };
  const stream = () =>
    new ReadableStream(
      { pull: async (it) => it.enqueue((await iterator.next()).value), cancel: () => void told.ended++ },
      { highWaterMark: 0 },
    );
  return { told, iterable: { [Symbol.asyncIterator]: () => iterator }, stream, response: () => new Response(stream()) };
}

describe("a source that is not needed any more is given up once", () => {
  const ENDS = {
    "by an abort": ({ controller }) => controller.abort(new Error("enough")),
    "by close()": ({ jobs }) => jobs.close(),
  };
  for (const [how, end] of Object.entries(ENDS)) {
    for (const form of ["iterable", "stream", "response"]) {
      for (const hangs of [false, true]) {
        test(`${how}: ${form}${hangs ? " that hangs" : ""}`, LIMIT, async () => {
          for (const module of Object.values(MODULES)) {
            const jobs = await module();
            const source = endless({ hangs });
            const controller = new AbortController();
            const given = typeof source[form] === "function" ? source[form]() : source[form];
            const importing = jobs.import(given, { signal: controller.signal });
            importing.catch(() => {});
            await until(() => source.told.asked > 1);
            end({ controller, jobs });
            await reasonOf(importing);
            // What is asked for can hang for ever: an async generator here is given up only after that.
            if (module === inWorker || !hangs || form !== "iterable") await until(() => source.told.ended > 0);
            await tick(20);
            assert.ok(source.told.ended <= 1, `${source.told.ended}`);
            const { asked } = source.told;
            await tick(20);
            assert.equal(source.told.asked, asked, "no more is asked for");
          }
        });
      }
    }
  }

  test("by an onProgress that throws", LIMIT, async () => {
    const jobs = await inWorker();
    const source = endless();
    const reason = new RangeError("no more");
    const onProgress = () => {
      throw reason;
    };
    assert.equal(await reasonOf(jobs.import(source.iterable, { onProgress })), reason);
    await until(() => source.told.ended === 1);
  });

  test("one that was never asked is left as it is", LIMIT, async () => {
    for (const module of Object.values(MODULES)) {
      const jobs = await module();
      const [aborted, summary] = [endless(), endless()];
      assert.equal(await reasonOf(jobs.import(aborted.stream(), { signal: AbortSignal.abort("no") })), "no");
      await reasonOf(jobs.openResults(new Response("", { status: 404 }), { summary: summary.iterable }));
      await tick(20);
      assert.deepEqual(
        [aborted.told, summary.told],
        [
          { asked: 0, ended: 0 },
          { asked: 0, ended: 0 },
        ],
      );
    }
  });
});

test("200 MB are read bit by bit: neither the memory nor the time of the caller goes into a copy", {
  timeout: 120_000,
}, async () => {
  const jobs = await inWorker();
  const whole = new Uint8Array(200 * MIB).fill(0x20);
  whole.set(Buffer.from('{"JobId":"a"}'), 200 * MIB - 20);
  const before = process.memoryUsage().arrayBuffers;
  let [most, longest, last] = [0, 0, performance.now()];
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const start = performance.now();
  const importing = jobs.import(whole);
  const called = performance.now() - start;
  assert.equal((await importing).added, 1);
  clearInterval(watch);
  console.log(
    `called in ${called.toFixed(1)} ms, longest task ${longest.toFixed(0)} ms, at most ${(most / MIB).toFixed(0)} MiB more`,
  );
  assert.ok(called < 50, `the call took ${called} ms`);
  assert.ok(most < 128 * MIB, `${most / MIB} MiB more`);
});
