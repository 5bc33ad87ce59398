// Whose `fetch` is called, and whose Responses are taken: those of another library or realm, by what they can do.

import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { Readable } from "node:stream";
import { after, before, describe, test } from "node:test";
import vm from "node:vm";
import { createJobs, fromCognitoIdentityPool, openResults } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { startServer } from "../../../emulator/server.js";
import { LIMIT, closing, reasonOf } from "../service/calls.js";
import { hasResults, jobsLike } from "../s3/s3_objects.js";

const POOL = "us-east-1:11111111-2222-3333-4444-555555555555";

let server;
let options;
let jobId;
before(async () => {
  const pools = [{ id: POOL, guests: true, logins: {} }];
  const begun = Date.now();
  server = await startServer({
    port: 0,
    jobs: 150,
    strict: true,
    now: () => begun,
    clock: Date.now,
    identityPools: pools,
  });
  options = { endpoint: server.url, s3Endpoint: `${server.url}s3`, credentials: EXAMPLE, maxAttempts: 1 };
  [{ JobId: jobId }] = jobsLike(server, hasResults);
}, LIMIT);
after(() => server.close(), LIMIT);

/** Every way in which a Jobs sends something; each gives what can be compared. */
const CALLS = {
  list: async (jobs) => jobs.listMediaAnalysisJobs({ MaxResults: 3 }),
  get: async (jobs) => jobs.getMediaAnalysisJob({ JobId: jobId }),
  load: async (jobs) => jobs.load(),
  refresh: async (jobs) => jobs.refresh(),
  results: async (jobs) => {
    const results = await jobs.results(jobId);
    const { length, summary, rejectedCount } = results;
    return { length, summary, rejectedCount, first: results.rows(0, 1) };
  },
  image: async (jobs) => {
    const results = await jobs.results(jobId);
    const image = await jobs.image(results.rows(0, 1)[0]["source-ref"], { signed: true });
    return [image.type, image.size, Buffer.from(await image.arrayBuffer()).toString("base64")];
  },
};

/** What the calls come to with the platform's own `fetch`. */
async function outcomes(given) {
  const told = {};
  for (const [name, call] of Object.entries(CALLS)) {
    const jobs = closing(await createJobs({ ...options, ...given }));
    told[name] = await call(jobs);
  }
  return told;
}

describe("without the option, globalThis.fetch is looked up at each call", () => {
  /** Replaces fetch for the time of a call; tells how often it was called. */
  async function patched(call) {
    const { fetch } = globalThis;
    let called = 0;
    globalThis.fetch = (...args) => {
      called++;
      return fetch(...args);
    };
    try {
      await call();
    } finally {
      globalThis.fetch = fetch;
    }
    return called;
  }

  for (const [name, call] of Object.entries(CALLS)) {
    test(`${name}: what replaces it later is called, until it is taken away`, LIMIT, async () => {
      const jobs = closing(await createJobs(options));
      await call(jobs);
      assert.ok((await patched(() => call(jobs))) > 0);
      assert.equal(await patched(() => {}), 0);
      await call(jobs);
    });
  }

  test("by an identity pool too", LIMIT, async () => {
    const credentials = fromCognitoIdentityPool({ identityPoolId: POOL, endpoint: server.url });
    await credentials();
    assert.ok((await patched(credentials)) > 0);
  });

  test("and not called if there is the option", LIMIT, async () => {
    const { fetch } = globalThis;
    const jobs = closing(await createJobs({ ...options, fetch: (...args) => fetch(...args) }));
    assert.equal(await patched(() => jobs.load()), 0);
  });
});

/** A `fetch` as node-fetch is: its Responses are no platform's, and their bodies streams of Node without getReader(). */
function nodeFetch(url, { method = "GET", headers, body, signal } = {}) {
  return new Promise((resolve, reject) => {
    const sent = Object.fromEntries(new Headers(headers));
    const request = httpRequest(url, { method, headers: sent, signal, agent: false }, (came) => {
      const whole = async () => Buffer.concat(await came.toArray());
      resolve({
        status: came.statusCode,
        ok: came.statusCode >= 200 && came.statusCode < 300,
        url: String(url),
        headers: new Map(Object.entries(came.headers)),
        body: came,
        bodyUsed: false,
        arrayBuffer: async () => {
          const { buffer, byteOffset, byteLength } = await whole();
          return buffer.slice(byteOffset, byteOffset + byteLength);
        },
        text: async () => (await whole()).toString(),
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

const realm = vm.createContext({ source: undefined });
/** The bytes in an ArrayBuffer of another realm. */
function foreignBuffer(bytes) {
  realm.source = [...bytes];
  return vm.runInContext("new Uint8Array(source).buffer", realm);
}

/** The parts of the body, some of them empty. */
const partsOf = (bytes) => [bytes.subarray(0, 1), bytes.subarray(1, 1), bytes.subarray(1)];
const asHead = ({ status, headers }) => ({ status, headers: { get: (name) => headers.get(name) } });

/** Responses of other kinds, with the bytes of one of the platform's. */
const KINDS = {
  "the platform's": async (response) => response,
  "headers that can only be asked, and a web stream": async (response) => ({
    ...asHead(response),
    body: response.body,
  }),
  "a reader of another library": async (response) => {
    const reader = response.body?.getReader();
    return { ...asHead(response), body: reader ? { getReader: () => reader } : null };
  },
  "a stream of Node": async (response) => ({
    ...asHead(response),
    body: Readable.from(partsOf(Buffer.from(await response.arrayBuffer()))),
  }),
  "an iterable of ArrayBuffers of another realm": async (response) => {
    const bytes = new Uint8Array(await response.arrayBuffer());
    return {
      ...asHead(response),
      body: {
        async *[Symbol.asyncIterator]() {
          for (const part of partsOf(bytes)) yield foreignBuffer(part);
        },
      },
    };
  },
  "arrayBuffer() only": async (response) => ({ ...asHead(response), arrayBuffer: () => response.arrayBuffer() }),
  "arrayBuffer() of another realm only": async (response) => ({
    ...asHead(response),
    arrayBuffer: async () => foreignBuffer(new Uint8Array(await response.arrayBuffer())),
  }),
  "arrayBuffer() that gives a Buffer only": async (response) => ({
    ...asHead(response),
    arrayBuffer: async () => Buffer.from(await response.arrayBuffer()),
  }),
};

describe("a fetch of another library is as good as the platform's", () => {
  let expected;
  before(async () => (expected = await outcomes({})), LIMIT);

  test("node-fetch's", LIMIT, async () => assert.deepEqual(await outcomes({ fetch: nodeFetch }), expected));
  for (const [name, dress] of Object.entries(KINDS)) {
    test(name, { timeout: 60_000 }, async () => {
      const dressed = async (...args) => dress(await fetch(...args));
      assert.deepEqual(await outcomes({ fetch: dressed }), expected);
    });
  }
});

test("a Response whose URL is relative, as those of mocks are, is no redirect", LIMIT, async () => {
  const mock = async () => ({
    ...asHead(new Response("")),
    url: "/jobs",
    body: new Blob(['{"MediaAnalysisJobs":[]}']).stream(),
  });
  const jobs = closing(await createJobs({ ...options, fetch: mock }));
  assert.deepEqual(await jobs.listMediaAnalysisJobs(), { MediaAnalysisJobs: [] });
});

describe("an error response of another library is S3's and the service's, as the platform's is", () => {
  for (const [name, dress] of Object.entries(KINDS)) {
    test(name, LIMIT, async () => {
      const dressed = async (...args) => dress(await fetch(...args));
      const wrong = { accessKeyId: EXAMPLE.accessKeyId, secretAccessKey: "not-the-secret" };
      const jobs = closing(await createJobs({ ...options, credentials: wrong, fetch: dressed }));
      assert.equal((await reasonOf(jobs.load())).name, "InvalidSignatureException");
      const error = await reasonOf(jobs.image("s3://acme-marketing-assets/none.jpg", { signed: true }));
      assert.equal(error.name, "SignatureDoesNotMatch", error.stack);
    });
  }

  for (const [name, dress] of Object.entries(KINDS)) {
    test(`a redirect: ${name}`, LIMIT, async () => {
      const redirect = () =>
        new Response("elsewhere", { status: 307, headers: { location: "https://elsewhere.example/" } });
      const jobs = closing(await createJobs({ ...options, fetch: async () => dress(redirect()) }));
      assert.match((await reasonOf(jobs.load())).message, /redirects to https:\/\/elsewhere\.example/);
      assert.match((await reasonOf(jobs.image("s3://bucket/a.png"))).message, /https:\/\/elsewhere\.example/);
    });
  }
});

describe("a body that is not needed is given up", () => {
  const bodies = {
    "a stream of Node": () => {
      const stream = Readable.from([Buffer.from("a"), Buffer.from("b")]);
      return { body: stream, isOver: () => stream.destroyed };
    },
    "an iterable": () => {
      let isOver = false;
      const iterator = { next: async () => ({ value: Buffer.from("a") }), return: async () => (isOver = true) };
      return { body: { [Symbol.asyncIterator]: () => iterator }, isOver: () => isOver };
    },
    "a reader": () => {
      let isOver = false;
      const reader = { read: async () => ({ value: Buffer.from("a") }), cancel: async () => (isOver = true) };
      return { body: { getReader: () => reader }, isOver: () => isOver };
    },
  };
  for (const [name, make] of Object.entries(bodies)) {
    test(`${name}, of a redirect and of an image that is none`, LIMIT, async () => {
      for (const [head, call] of [
        [{ status: 307, headers: new Map([["location", "https://elsewhere.example/"]]) }, (jobs) => jobs.load()],
        [
          { status: 200, headers: new Map([["content-length", "99999999"]]) },
          (jobs) => jobs.image("s3://bucket/a.png"),
        ],
      ]) {
        const { body, isOver } = make();
        const jobs = closing(await createJobs({ ...options, fetch: async () => ({ ...head, body }) }));
        await reasonOf(call(jobs));
        assert.ok(isOver());
      }
    });
  }
});

describe("what is no Response is told by what it lacks", () => {
  const headers = new Map();
  const lacking = {
    "a status": [{ headers }, /fetch gave no Response: it has no status/],
    headers: [{ status: 200 }, /fetch gave no Response: it has no headers with get\(\)/],
    "a body": [
      { status: 200, headers },
      /cannot be read: it has no arrayBuffer\(\), and its body neither getReader\(\)/,
    ],
    "a body, with data in its place": [{ status: 200, headers, data: "{}" }, /it has no arrayBuffer\(\)/],
    "bytes in its body": [
      { status: 200, headers, body: { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 5 }) }) } },
      /a part of its body is neither bytes nor text/,
    ],
    "a body that was not read before": [{ status: 200, headers, body: {}, bodyUsed: true }, /its body was read before/],
  };
  for (const [name, [response, message]] of Object.entries(lacking)) {
    test(name, LIMIT, async () => {
      const jobs = closing(await createJobs({ ...options, fetch: async () => response }));
      for (const call of [() => jobs.listMediaAnalysisJobs(), () => jobs.image("s3://bucket/a.png")]) {
        const error = await reasonOf(call());
        assert.equal(error.name, "NetworkError", error.stack);
        assert.match(error.message, message);
      }
    });
  }
});

describe("a source of another library or realm is read as the platform's", () => {
  const listing = '{"MediaAnalysisJobs":[{"JobId":"a"},{"JobId":"b"}]}';
  const line = '{"source-ref":"s3://a/1.jpg","detect-moderation-labels":{"ModerationLabels":[]}}\n';
  const bytesOf = (text) => new TextEncoder().encode(text);
  const headers = { get: (name) => (name === "content-length" ? "5" : null) };
  const blobOf = (bytes, stream) => ({
    size: bytes.length,
    slice: (from, to) => blobOf(bytes.subarray(from, to), stream),
    arrayBuffer: async () => foreignBuffer(bytes),
    stream: () => stream(bytes),
  });
  const SOURCES = {
    "an ArrayBuffer": (text) => foreignBuffer(bytesOf(text)),
    "a reader's stream": (text) => {
      const parts = partsOf(bytesOf(text)).map((value) => ({ done: false, value }));
      const reader = { read: async () => parts.shift() ?? { done: true }, cancel: async () => {}, releaseLock() {} };
      const stream = { getReader: () => reader, tee: () => new Blob([text]).stream().tee() };
      return stream;
    },
    "a stream of Node": (text) => Readable.from(partsOf(Buffer.from(text))),
    "a stream of Node that gives text": (text) => Readable.from([text.slice(0, 9), text.slice(9)]),
    "a Blob whose stream is Node's": (text) => blobOf(bytesOf(text), (bytes) => Readable.from([Buffer.from(bytes)])),
    "a Blob whose stream is the web's": (text) => blobOf(bytesOf(text), (bytes) => new Blob([bytes]).stream()),
    "a Response with a stream of Node": (text) => ({ status: 200, headers, body: Readable.from([Buffer.from(text)]) }),
    "a Response with arrayBuffer() only": (text) => ({
      status: 200,
      headers,
      arrayBuffer: async () => foreignBuffer(bytesOf(text)),
    }),
  };
  for (const [name, make] of Object.entries(SOURCES)) {
    test(name, LIMIT, async () => {
      const jobs = closing(await createJobs());
      assert.equal((await jobs.import(make(listing))).added, 2);
      assert.equal((await jobs.open(make(listing))).imported.unchanged, 2);
      assert.equal((await jobs.openResults(make(line))).length, 1);
      assert.equal((await jobs.open(make(line))).results.length, 1);
      (await openResults(make(line))).close();
      if (name === "an ArrayBuffer" || name.startsWith("a stream of Node")) return;
      const kept = new Uint8Array(await new Response(jobs.snapshot()).arrayBuffer());
      const snapshot = name.startsWith("a Blob")
        ? blobOf(kept, () => assert.fail("it is read in slices"))
        : name.startsWith("a Response")
          ? { status: 200, headers, body: Readable.from([Buffer.from(kept)]) }
          : { getReader: () => new Blob([kept]).stream().getReader() };
      assert.equal(closing(await createJobs({ snapshot })).size, 2);
    });
  }

  test("a Response that is not a success is the ServiceError that it tells", LIMIT, async () => {
    const body = '{"__type":"AccessDeniedException","message":"no"}';
    const jobs = closing(await createJobs());
    for (const dress of Object.values(KINDS)) {
      const response = await dress(new Response(body, { status: 400 }));
      assert.equal((await reasonOf(jobs.import(response))).name, "AccessDeniedException");
    }
  });

  test("a Response that cannot be read is a TypeError that says why", LIMIT, async () => {
    const jobs = closing(await createJobs());
    const error = await reasonOf(jobs.import({ status: 200, headers, data: listing }));
    assert.ok(error instanceof TypeError);
    assert.match(error.message, /^the Response cannot be read: it has no arrayBuffer\(\)/);
  });
});
