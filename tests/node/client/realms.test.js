// Sources, answers of `fetch`, signals and addresses of other realms and libraries are as good as this realm's.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { openResults, sourceKind } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { startServer } from "../../../emulator/server.js";
import { wireJob } from "../jobs_of.js";
import { results70, resultsFile } from "../results/results_of.js";
import { hasResults, jobsLike } from "../s3/s3_objects.js";
import { here, LIMIT, MODULES, reasonOf } from "../worker/worker_jobs.js";
import { MAKERS } from "./makers.js";

const LISTING = Array.from({ length: 900 }, (_, i) => JSON.stringify(wireJob(`job-${i}`, { JobName: `é😀${i}` }))).join(
  "\n",
);
const RESULTS = resultsFile(results70(40, 1));

/** The bytes of a text in another realm's array. */
function bytesBy({ Uint8Array: Bytes = Uint8Array }, text) {
  return new Bytes(Buffer.isBuffer(text) ? text : Buffer.from(text));
}

function* partsOf(whole, size = 70_001) {
  for (let at = 0; at < whole.length; at += size) yield whole.slice(at, at + size);
}
const streamOf = (Stream, parts) =>
  new Stream({ start: (it) => [...parts].forEach((part) => it.enqueue(part)) || it.close() });

/** How to make a source of a text of a maker's classes, by the class that it needs. */
const SOURCES = {
  "an ArrayBuffer": ["ArrayBuffer", (by, text) => bytesBy(by, text).buffer],
  "a SharedArrayBuffer": [
    "SharedArrayBuffer",
    (by, text) => {
      const buffer = new by.SharedArrayBuffer(Buffer.byteLength(text));
      new Uint8Array(buffer).set(Buffer.from(text));
      return buffer;
    },
  ],
  "a Uint8Array": ["Uint8Array", bytesBy],
  "a DataView": ["DataView", (by, text) => new by.DataView(bytesBy(by, text).buffer)],
  "a Blob": ["Blob", (by, text) => new by.Blob(["", text])],
  "a Blob of bytes": ["Blob", (by, text) => new by.Blob([Buffer.from(text)])],
  "a slice of a Blob": ["Blob", (by, text) => new by.Blob([`x${text}x`]).slice(1, Buffer.byteLength(text) + 1)],
  "a File": ["File", (by, text) => new by.File([text], "jobs.json", { type: "application/json" })],
  "a Response": ["Response", (by, text) => new by.Response(text)],
  "a Response of bytes": ["Response", (by, text) => new by.Response(Buffer.from(text))],
  "a Response with headers": ["Response", (by, text) => new by.Response(text, { headers: { "X-Odd": "1" } })],
  "a Response in parts": [
    "ReadableStream",
    (by, text) => by.Response && new by.Response(streamOf(by.ReadableStream, partsOf(Buffer.from(text)))),
  ],
  "a ReadableStream": ["ReadableStream", (by, text) => streamOf(by.ReadableStream, partsOf(Buffer.from(text)))],
  "a ReadableStream of texts": ["ReadableStream", (by, text) => streamOf(by.ReadableStream, partsOf(text, 999))],
  "a stream of Node with their bytes": [
    "Uint8Array",
    (by, text) => Readable.from([...partsOf(Buffer.from(text))].map((part) => bytesBy(by, part))),
  ],
  "an iterable of their buffers": [
    "ArrayBuffer",
    async function* (by, text) {
      for (const part of partsOf(Buffer.from(text))) yield bytesBy(by, part).buffer;
    },
  ],
};

for (const [maker, by] of Object.entries(MAKERS)) {
  describe(`${maker}: a source`, () => {
    for (const [name, [needed, make]] of Object.entries(SOURCES)) {
      if (by[needed] === undefined || make(by, LISTING) === undefined) continue;
      test(name, LIMIT, async () => {
        for (const module of Object.values(MODULES)) {
          const expected = await module();
          const { added } = await expected.import(LISTING);
          const rows = await (await expected.query()).rows(0, 1000);
          assert.equal(added, 900);
          const jobs = await module();
          let last;
          assert.equal(
            (await jobs.import(make(by, LISTING), { onProgress: ({ bytes }) => (last = bytes) })).added,
            900,
          );
          assert.equal(last, Buffer.byteLength(LISTING));
          assert.deepEqual(await (await jobs.query()).rows(0, 1000), rows);
          const { kind, imported } = await jobs.open(make(by, LISTING));
          assert.deepEqual([kind, imported.unchanged, imported.rejectedCount], ["jobs", 900, 0]);
          const { length } = await jobs.openResults(RESULTS);
          const options = { summary: make(by, '{"version":"1.0","statistics":{"total-json-lines":7}}') };
          const results = await jobs.openResults(make(by, RESULTS), options);
          assert.equal(results.length, length);
          assert.equal(results.summary.statistics["total-json-lines"], 7);
          assert.equal((await jobs.open(make(by, RESULTS))).results.length, length);
        }
        const results = await openResults(make(by, RESULTS));
        assert.equal(results.length, 40);
        results.close();
        assert.equal(await sourceKind(make(by, RESULTS)), "results");
        assert.equal(await sourceKind(make(by, LISTING)), "listing");
      });
    }

    for (const [name, needed, make] of [
      ["a Blob", "Blob", (bytes) => new by.Blob([bytes])],
      ["a Response", "Response", (bytes) => new by.Response(bytes)],
      ["a ReadableStream", "ReadableStream", (bytes) => streamOf(by.ReadableStream, [bytes])],
    ]) {
      if (by[needed] === undefined) continue;
      test(`${name} of gzip, and of a snapshot`, LIMIT, async () => {
        for (const module of Object.values(MODULES)) {
          const jobs = await module();
          assert.equal((await jobs.import(make(gzipSync(LISTING)))).added, 900);
          const snapshot = make(Buffer.concat(await Readable.from(jobs.snapshot()).toArray()));
          assert.equal(await (await module({ snapshot })).size, 900);
        }
      });
    }
  });
}

describe("what has the members of several kinds is read as one of them", () => {
  const odd = {
    "a Blob that can be iterated": () =>
      Object.assign(new Blob([LISTING]), { [Symbol.asyncIterator]: () => assert.fail("read as an iterable") }),
    "a stream with the size of a Blob": () =>
      Object.assign(new Blob([LISTING]).stream(), { size: 5, slice: () => assert.fail("read as a Blob"), type: "" }),
    "a stream of Node with a size": () => Object.assign(Readable.from([LISTING]), { size: 5, type: "file" }),
    "a Response with a size": () =>
      Object.assign(new Response(LISTING), { size: 0, slice: () => assert.fail("a Blob") }),
    "a Response whose headers are a Map": () => ({ status: 200, headers: new Map(), text: async () => LISTING }),
    "an object without a prototype": () =>
      Object.assign(Object.create(null), { status: 200, headers: new Map(), body: new Blob([LISTING]).stream() }),
    "a Proxy around a source": () =>
      new Proxy({}, { get: (_, name) => (name === Symbol.asyncIterator ? () => [LISTING].values() : undefined) }),
  };
  for (const [name, make] of Object.entries(odd)) {
    test(name, LIMIT, async () => {
      for (const module of Object.values(MODULES)) assert.equal((await (await module()).import(make())).added, 900);
    });
  }
});

describe("what is no source is refused", () => {
  for (const [maker, by] of Object.entries(MAKERS)) {
    const others = {
      "a String object": () => by.String && new by.String(LISTING),
      "an object": () => by.Object && new by.Object(),
      "a Map": () => by.Map && new by.Map([["status", 200]]),
      "a Date": () => by.Date && new by.Date(),
      "a Request": () => by.Request && new by.Request("http://localhost/", { method: "POST", body: LISTING }),
      Headers: () => by.Headers && new by.Headers({ status: "200" }),
      "a URL": () => by.URL && new by.URL("http://localhost/"),
      FormData: () => by.FormData && new by.FormData(),
    };
    for (const [name, make] of Object.entries(others)) {
      if (make() === undefined) continue;
      test(`${name} of ${maker}`, LIMIT, async () => {
        for (const module of Object.values(MODULES)) {
          const jobs = await module();
          for (const method of ["import", "open", "openResults"]) {
            const error = await reasonOf(jobs[method](make()));
            assert.ok(error instanceof TypeError, `${error}`);
            // Of node-fetch's Headers, every getter throws.
            assert.match(
              error.message,
              /^(a source is a string, bytes, a Blob, |Value of "this" must be of type URLS)/,
            );
          }
          assert.equal(await jobs.size, 0);
        }
      });
    }
  }
});

describe("signals, addresses and fetches", () => {
  let server;
  let options;
  let jobId;
  before(async () => {
    const begun = Date.now();
    server = await startServer({ port: 0, jobs: 150, strict: true, now: () => begun, clock: Date.now });
    options = { endpoint: server.url, s3Endpoint: `${server.url}s3`, credentials: EXAMPLE, maxAttempts: 1 };
    [{ JobId: jobId }] = jobsLike(server, hasResults);
  }, LIMIT);
  after(() => server.close(), LIMIT);

  /** What a Jobs reads of the service and of S3. */
  async function readings(jobs) {
    const loaded = await jobs.load();
    const results = await jobs.results(jobId);
    const { length, summary, rejectedCount } = results;
    const [first] = await results.rows(0, 1);
    const image = await jobs.image(first["source-ref"], { signed: true });
    const wrong = await reasonOf(jobs.getMediaAnalysisJob({ JobId: "0".repeat(64) }));
    const bytes = Buffer.from(await image.arrayBuffer()).toString("base64");
    return { loaded, length, summary, rejectedCount, first, type: image.type, bytes, wrong: wrong.name };
  }

  for (const [maker, { fetch, URL: Address, AbortController: Controller }] of Object.entries(MAKERS)) {
    if (fetch) {
      test(`the fetch of ${maker}: a signed list, results and an image`, LIMIT, async () => {
        const expected = await readings(await here(options));
        for (const module of Object.values(MODULES))
          assert.deepEqual(await readings(await module({ ...options, fetch })), expected);
      });
    }

    if (Address) {
      test(`a URL of ${maker}`, LIMIT, async () => {
        const given = { ...options, endpoint: new Address(server.url), s3Endpoint: new Address(`${server.url}s3`) };
        for (const module of Object.values(MODULES)) assert.ok(await readings(await module(given)));
      });
    }

    if (fetch)
      test(`a request of the fetch of ${maker} is aborted with its call`, LIMIT, async () => {
        const hanging = await startHanging();
        try {
          const controller = new AbortController();
          const loading = reasonOf((await here({ ...options, endpoint: hanging.url, fetch })).load(controller), 30_000);
          await hanging.asked;
          controller.abort();
          assert.equal((await loading).name, "AbortError");
          await hanging.ended;
        } finally {
          hanging.close();
        }
      });

    if (!Controller) continue;
    test(`a signal of ${maker}, aborted before, meanwhile and for no reason`, LIMIT, async () => {
      for (const module of Object.values(MODULES)) {
        const jobs = await module(options);
        const why = new Error("because");
        const before = new Controller();
        before.abort(why);
        // Older ones have no reason.
        const reason = before.signal.reason === why ? why : undefined;
        const expect = (error) => (reason ? assert.equal(error, reason) : assert.equal(error.name, "AbortError"));
        expect(await reasonOf(jobs.load({ signal: before.signal })));
        expect(await reasonOf(jobs.import(LISTING, { signal: before.signal })));
        const meanwhile = new Controller();
        const hangs = async function* () {
          yield LISTING.slice(0, 999);
          setTimeout(() => meanwhile.abort(why), 5);
          await new Promise((resolve) => setTimeout(resolve, 50));
          yield "";
        };
        expect(await reasonOf(jobs.import(hangs(), { signal: meanwhile.signal })));
        const plain = new Controller();
        plain.abort();
        assert.equal((await reasonOf(jobs.load({ signal: plain.signal }))).name, "AbortError");
        assert.equal((await jobs.load({ signal: new Controller().signal })).complete, true);
      }
    });
  }
});

/** A server that does not answer: `asked` resolves with a request, `ended` once the client has given it up. */
async function startHanging() {
  let ask;
  let end;
  const asked = new Promise((resolve) => (ask = resolve));
  const ended = new Promise((resolve) => (end = resolve));
  const server = createServer((request, response) => {
    if (request.method === "OPTIONS") {
      const allowed = { "access-control-allow-origin": "*", "access-control-allow-headers": "*, authorization" };
      return response.writeHead(204, allowed).end();
    }
    response.on("close", end);
    ask();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, asked, ended, close };
}
