// Bodies that break off anywhere: they go on where they broke, with the same object, and no byte comes twice or is lost.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { NetworkError } from "rekognition-jobs";
import { mulberry32 } from "../../../emulator/account/random.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { LIMIT } from "../emulator/calls.js";
import { withBytes } from "./byte_server.js";
import { finishedJob, withObjects } from "./s3_objects.js";

const ROUNDS = 60;

/** The bytes of an object, no two places alike. */
function bytesOf(random, size) {
  return Buffer.from(Uint8Array.from({ length: size }, () => random() * 256));
}

/** Reads the object of a job in a server's S3. */
async function read(url, options = {}) {
  return withObjects({ s3Endpoint: url, credentials: EXAMPLE, maxAttempts: 1, ...options }, async (results, jobs) => {
    await jobs.import(JSON.stringify(finishedJob()));
    const response = (await results("f1")).results;
    return Buffer.from(await response.arrayBuffer());
  });
}

test("a body that breaks at random comes whole", { timeout: 120_000 }, async () => {
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const random = mulberry32(seed);
    const between = (least, most) => least + Math.floor(random() * (most - least + 1));
    const size = between(1, seed % 3 === 0 ? 400_000 : 2_000);
    const bytes = bytesOf(random, size);
    const breaks = Array.from({ length: between(1, 3) }, () => between(0, size));
    const behaviour = { breaks, ignoresRange: seed % 4 === 0, isChunked: seed % 5 === 0 };
    await withBytes(bytes, behaviour, async ({ url, asked }) => {
      const came = await read(url);
      assert.ok(came.equals(bytes), `seed ${seed}: ${came.length} of ${size} bytes, breaks ${breaks}`);
      assert.ok(asked.length <= 4, `seed ${seed}`);
      for (const { headers } of asked.slice(1)) {
        assert.equal(headers["if-match"], '"e1"');
        assert.ok(headers.authorization.includes("if-match"), "it is signed, too");
      }
      const starts = asked.slice(1).map(({ headers }) => Number(headers.range?.match(/^bytes=(\d+)-$/)[1] ?? 0));
      assert.deepEqual(
        [...starts].sort((a, b) => a - b),
        starts,
        `seed ${seed}: each begins where the one before broke`,
      );
    });
  }
});

describe("it goes on three times at most, and with the same object alone", () => {
  const bytes = bytesOf(mulberry32(7), 1000);
  /** @type {[string, import("./byte_server.js").Behaviour, number, RegExp, string][]} */
  const ENDS = [
    [
      "that breaks a fourth time",
      { breaks: [100, 100, 100, 100] },
      4,
      /broke off after 400 bytes of s3:/,
      "NetworkError",
    ],
    ["that says no ETag", { breaks: [100], etag: null }, 1, /broke off after 100 bytes of s3:/, "NetworkError"],
    ["whose ETag is a weak one", { breaks: [100], etag: 'W/"1"' }, 1, /broke off after 100 bytes/, "NetworkError"],
    [
      "that was overwritten meanwhile",
      { breaks: [100], etagOf: (at) => `"e${at}"` },
      2,
      /It was overwritten while it was read: read it again/,
      "PreconditionFailed",
    ],
  ];
  for (const [what, behaviour, requests, words, name] of ENDS) {
    test(`one ${what}`, LIMIT, () =>
      withBytes(bytes, behaviour, async ({ url, asked }) => {
        await assert.rejects(read(url), (error) => {
          assert.equal(error.name, name, error.stack);
          assert.match(error.message, words);
          return true;
        });
        assert.equal(asked.length, requests);
      }),
    );
  }

  test("one that `fetch` unpacks has no place to go on from, unless nothing came of it", LIMIT, async () => {
    const text = Buffer.from("a line of results\n".repeat(100_000));
    const packed = gzipSync(Buffer.concat([text, bytesOf(mulberry32(1), 400_000)]), { level: 1 });
    const headers = { "content-encoding": "gzip" };
    await withBytes(packed, { breaks: [200_000], headers }, async ({ url, asked }) => {
      await assert.rejects(read(url), /^NetworkError: the connection broke off after [1-9][\d,]+ bytes/);
      assert.equal(asked.length, 1);
    });
    await withBytes(packed, { breaks: [0], headers }, async ({ url, asked }) => {
      assert.ok((await read(url)).subarray(0, text.length).equals(text));
      assert.deepEqual([asked.length, asked[1].headers.range], [2, undefined]);
    });
  });

  test("one whose server is gone ends as the break that it is", LIMIT, async () => {
    let asked = 0;
    const gone = async (url, init) => {
      if (asked++ > 0) throw new TypeError("nothing is there");
      return fetch(url, init);
    };
    await withBytes(bytes, { breaks: [100] }, ({ url }) =>
      assert.rejects(read(url, { fetch: gone }), (error) => {
        assert.ok(error instanceof NetworkError);
        assert.match(error.message, /^the connection broke off after 100 bytes/);
        return true;
      }),
    );
  });

  test("one whose part begins elsewhere is not put together", LIMIT, async () => {
    let asked = 0;
    const other = async (url, init) => {
      if (asked++ === 0) return fetch(url, init);
      return new Response(bytes.subarray(50), { status: 206, headers: { "content-range": "bytes 50-999/1000" } });
    };
    await withBytes(bytes, { breaks: [100] }, ({ url }) =>
      assert.rejects(read(url, { fetch: other }), /^NetworkError: the connection broke off after 100 bytes/),
    );
  });

  test("one whose other answer has another ETag is not put together", LIMIT, async () => {
    for (const status of [200, 206]) {
      let asked = 0;
      const other = async (url, init) => {
        if (asked++ === 0) return fetch(url, init);
        return new Response(bytes, { status, headers: { etag: '"e2"' } });
      };
      await withBytes(bytes, { breaks: [100] }, ({ url }) =>
        assert.rejects(read(url, { fetch: other }), /^NetworkError: the connection broke off after 100 bytes/),
      );
    }
  });

  const partOf = (from, to, range, { size = bytes.length, status = 206 } = {}) =>
    new Response(bytes.subarray(from, to), {
      status,
      headers: {
        etag: '"e1"',
        "content-length": String(to - from),
        ...(range && { "content-range": `bytes ${range}/${size}` }),
      },
    });
  const PARTS = {
    "is the rest": [() => partOf(100, 1000, "100-999"), true],
    "is the rest, its range hidden": [() => partOf(100, 1000), true],
    "is the whole, Range ignored": [() => partOf(0, 1000, undefined, { status: 200 }), true],
    "ends early": [() => partOf(100, 500, "100-499"), false],
    "begins late": [() => partOf(200, 1000, "200-999"), false],
    "begins early": [() => partOf(50, 1000, "50-999"), false],
    "is of another size": [() => partOf(100, 1000, "100-999", { size: 2000 }), false],
    "says a range that is none": [() => partOf(100, 1000, "100-"), false],
    "ends early, its range hidden": [() => partOf(100, 999), false],
    "begins late, its range hidden": [() => partOf(101, 1000), false],
    "is a whole that ends before the break": [() => partOf(0, 90, undefined, { status: 200 }), false],
  };
  for (const [what, [respond, isWhole]] of Object.entries(PARTS)) {
    test(`a next response that ${what} ${isWhole ? "is taken" : "is not put together"}`, LIMIT, async () => {
      let asked = 0;
      const other = async (url, init) => (asked++ === 0 ? fetch(url, init) : respond());
      await withBytes(bytes, { breaks: [100] }, async ({ url }) => {
        if (isWhole) assert.ok((await read(url, { fetch: other })).equals(bytes));
        else
          await assert.rejects(read(url, { fetch: other }), /^NetworkError: the connection broke off after 100 bytes/);
      });
    });
  }

  test("one that a page without an ETag answers is not put together", LIMIT, async () => {
    let asked = 0;
    const portal = async (url, init) => {
      if (asked++ === 0) return fetch(url, init);
      return new Response("<!doctype html><title>Sign in</title>".padEnd(2000));
    };
    await withBytes(bytes, { breaks: [100] }, ({ url }) =>
      assert.rejects(read(url, { fetch: portal }), /^NetworkError: the connection broke off after 100 bytes/),
    );
  });

  test("one that is given up meanwhile is not read on", LIMIT, async () => {
    let [asked, isCancelled] = [0, false];
    let letGo = () => {};
    const goesOn = new Promise((resolve) => (letGo = resolve));
    const late = async (url, init) => {
      if (asked++ === 0) return fetch(url, init);
      await goesOn;
      const rest = new ReadableStream({ cancel: () => (isCancelled = true) }, { highWaterMark: 0 });
      return new Response(rest, { status: 206 });
    };
    await withBytes(bytes, { breaks: [100] }, ({ url }) =>
      withObjects({ s3Endpoint: url, credentials: EXAMPLE, fetch: late }, async (results, jobs) => {
        await jobs.import(JSON.stringify(finishedJob()));
        const reader = (await results("f1")).results.body.getReader();
        let bytesRead = 0;
        while (bytesRead < 100) bytesRead += (await reader.read()).value.byteLength;
        const next = reader.read();
        while (asked < 2) await new Promise((resolve) => setTimeout(resolve, 2));
        await reader.cancel();
        assert.equal((await next).done, true);
        letGo();
        while (!isCancelled) await new Promise((resolve) => setTimeout(resolve, 2));
      }),
    );
  });
});
