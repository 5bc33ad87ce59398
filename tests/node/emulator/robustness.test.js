// Nothing ends the emulator: no value of its environment, no plan of faults, no request and no caller that goes
// away. What fails, fails for one request.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get } from "node:http";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { FAULT_KINDS, createFaultPlan } from "../../../emulator/faults/fault_plan.js";
import { createAccount } from "../../../emulator/account/account.js";
import { deliver } from "../../../emulator/http/delivery.js";
import { startServer } from "../../../emulator/server.js";
import { SettingsError, readSettings } from "../../../emulator/settings.js";
import { seeded } from "../../seeded.js";
import { LIMIT, naming, post, rawRequest, runProgram, signedListing } from "./calls.js";
import { sendBytes } from "./raw_socket.js";

const PLANS = 100;
const PATIENCE = 500;
const POOL = "us-east-1:11111111-2222-3333-4444-555555555555";

/** Values that a member of a fault may have, or should not. */
const VALUES = [
  0,
  1,
  2,
  -1,
  1.5,
  400,
  404,
  500,
  599,
  600,
  1e9,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  true,
  null,
  "",
  "always",
  "often",
  "constructor",
  "toString",
  "__proto__",
  "hasOwnProperty",
  "valueOf",
  "line\nfeed",
  "line\r\nx-other: 1",
  "caf\u00e9",
  "\u2603",
  "\ud800",
  "\0",
  "a".repeat(300),
  "com.amazonaws#Throttling",
  "NoSuchKey",
  "AccessDenied",
  "ThrottlingException",
  "GetObject",
  "GetId",
  "ListMediaAnalysisJobs",
  "GetMediaAnalysisJob",
  "GetCredentialsForIdentity",
  [],
  {},
  [[]],
  { toString: 1 },
  ["ListMediaAnalysisJobs"],
];
const TEXTS = VALUES.filter((value) => typeof value !== "object");
const MEMBERS = [
  "page",
  "request",
  "operation",
  "times",
  "name",
  "status",
  "message",
  "retryAfterMs",
  "retryAfterSeconds",
  "overMs",
  "minutes",
  "kind",
  "__proto__",
  "constructor",
  "other",
];

describe("the environment", () => {
  const NAMES = ["PORT", "JOBS", "SEED", "STRICT", "RATE", "FAULTS", "ALLOWED_HOSTS"];

  test("whatever it says is taken, or refused by a message that names the variable", LIMIT, () => {
    const random = seeded(1);
    const pick = (list) => list[Math.floor(random() * list.length)];
    let refused = 0;
    for (let round = 0; round < 20_000; round++) {
      const name = pick(NAMES);
      const value = pick([
        () => `${pick(TEXTS)}`,
        () => JSON.stringify(pick(VALUES)),
        () => JSON.stringify([randomFault(random)]),
      ])();
      try {
        readSettings({ [name]: value });
      } catch (error) {
        assert.ok(error instanceof SettingsError, `${name}=${value}: ${error.stack}`);
        assert.match(error.message, new RegExp(`^${name}( must be|: )`));
        assert.ok(error.message.length < 700 && !/[\n\0]/.test(error.message), error.message);
        refused++;
      }
    }
    assert.ok(refused > 5_000);
  });

  for (const [name, value, expected] of [
    ["FAULTS", "[".repeat(60_000), /^FAULTS must be JSON, .*, not "\[{100}…"\.\n$/],
    [
      "FAULTS",
      `[{"kind":${"[".repeat(50_000)}${"]".repeat(50_000)}}]`,
      /^FAULTS: A fault's kind must be one of .*, not an array \(fault 1 of 1\)\.\n$/,
    ],
    [
      "FAULTS",
      '[{"kind":"throttle","name":"a\\nb"}]',
      /^FAULTS: A fault's name must be the name of an exception: .*, not "a\\nb" \(fault 1 of 1\)\.\n$/,
    ],
    [
      "FAULTS",
      '[{"kind":"html"},{"kind":"skew","minutes":1e300}]',
      /^FAULTS: A fault's minutes must be a number from -\d+ to \d+, not 1e\+300 \(fault 2 of 2\)\.\n$/,
    ],
    [
      "FAULTS",
      '[{"kind":"html","operation":"StartMediaAnalysisJob"}]',
      /^FAULTS: A fault's operation must be one of ListMediaAnalysisJobs, /,
    ],
    ["FAULTS", "null", /^FAULTS: Faults must be an array of objects, not null\.\n$/],
    ["JOBS", "9".repeat(400), /^JOBS must be a whole number from 0 to 10000000, not "9{100}…"\.\n$/],
    ["SEED", "0x10", /^SEED must be a whole number from 0 to 4294967295, not "0x10"\.\n$/],
    ["RATE", "0.5", /^RATE must be a whole number from 0 to 1000000, not "0\.5"\.\n$/],
    ["PORT", " 8080", /^PORT must be a whole number from 0 to 65535, not " 8080"\.\n$/],
    ["STRICT", "2", /^STRICT must be a whole number from 0 to 1, not "2"\.\n$/],
  ]) {
    test(`${name}=${value.slice(0, 60)} is refused at the start, with exit code 2`, LIMIT, async () => {
      const { code, stdout, stderr } = await runProgram({ PORT: "0", [name]: value });
      assert.match(stderr, expected);
      assert.deepEqual([code, stdout], [2, ""]);
    });
  }

  test("an exception may be called like a member of every object", LIMIT, async () => {
    const name = "constructor";
    const FAULTS = JSON.stringify(
      ["throttle", "retry-after", "refusal", "expired-credentials"].flatMap((kind) => [
        { kind, name },
        { kind, name, operation: "GetObject" },
      ]),
    );
    await runProgram({ PORT: "0", JOBS: "20", FAULTS }, async ({ stdout }, child) => {
      const url = stdout.trim();
      const told = await post(url, "ListMediaAnalysisJobs");
      assert.deepEqual([told.status, told.json.__type, typeof told.json.Message], [400, name, "string"]);
      for (let request = 0; request < 10; request++) {
        assert.ok((await post(url, "ListMediaAnalysisJobs")).status < 600);
        const { status, body } = await rawRequest(url, "/s3/acme-archive/x");
        assert.ok(status >= 400 && body.startsWith("<?xml"), body);
      }
      assert.equal(child.exitCode, null);
    });
  });
});

/** A fault of a real kind, for the most part, with some members. */
function randomFault(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const fault = { kind: random() < 0.95 ? pick(FAULT_KINDS) : pick(VALUES) };
  for (let member = Math.floor(random() * 4); member > 0; member--) {
    Object.defineProperty(fault, pick(MEMBERS), {
      value: pick(VALUES),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  if (fault.kind === "skew" && random() < 0.7) fault.minutes = pick([0, 5, -5, 52_560_000, -52_560_000, 0.001]);
  if (fault.kind === "refusal" && random() < 0.7)
    fault.name = pick(VALUES.filter((value) => typeof value === "string"));
  return fault;
}

test("no plan of faults ends it, whatever is asked under it", { timeout: 60_000 }, async () => {
  const random = seeded(20261126);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const server = await startServer({ port: 0, jobs: 250, identityPools: [{ id: POOL }] });
  const account = createAccount({ now: Date.now(), jobs: 250 });
  const { JobId } = account.place(10);
  const { NextToken } = (await post(server.url, "ListMediaAnalysisJobs")).json;
  const signed = await signedListing(server.url);
  const calls = [
    () => ({
      path: "/",
      method: "POST",
      headers: naming("ListMediaAnalysisJobs"),
      body: JSON.stringify(pick([{}, { NextToken }, { MaxResults: 3 }, { MaxResults: 0 }])),
    }),
    () => ({ path: "/", method: "POST", headers: naming("GetMediaAnalysisJob"), body: JSON.stringify({ JobId }) }),
    () => ({
      path: "/",
      method: "POST",
      headers: naming("GetId", "AWSCognitoIdentityService"),
      body: JSON.stringify({ IdentityPoolId: POOL }),
    }),
    () => ({
      path: "/",
      method: "POST",
      headers: naming("GetCredentialsForIdentity", "AWSCognitoIdentityService"),
      body: JSON.stringify({ IdentityId: POOL }),
    }),
    () => ({ path: "/", ...signed }),
    () => ({ path: "/s3/acme-archive/photos/2017/IMG_00001.JPG", method: pick(["GET", "HEAD", "PUT"]) }),
    () => ({ path: "/s3/acme-archive/\u0001\ud83d".replace(/[^ -~]/g, encodeURIComponent.bind(undefined, "\u0001")) }),
    () => ({ path: "/s3/none/x", headers: { origin: "http://a.example" } }),
  ];
  let plans = 0;
  let answered = 0;
  let unanswered = 0;
  const ask = async () => {
    const { path, ...options } = pick(calls)();
    await rawRequest(server.url, path, { ...options, signal: AbortSignal.timeout(PATIENCE) }).then(
      ({ status }) => {
        assert.ok(status >= 200 && status < 600, `${status}`);
        answered++;
      },
      (error) => {
        assert.ok(
          /ECONNRESET|ABORT|socket hang up|aborted/i.test(`${error.code} ${error.name} ${error.message}`),
          error.stack,
        );
        unanswered++;
      },
    );
  };
  try {
    while (plans < PLANS) {
      const faults = Array.from({ length: 1 + Math.floor(random() * 4) }, () => randomFault(random)).filter(
        ({ kind }) => kind !== "hang" || random() < 0.2,
      ); // each takes all of the patience
      try {
        server.setFaults(faults);
        plans++;
      } catch (error) {
        assert.ok(error instanceof RangeError || error instanceof TypeError, error.stack);
        assert.match(error.message, /^A fault/);
        continue;
      }
      await Promise.all(Array.from({ length: 6 }, ask));
    }
    server.setFaults([]);
    assert.equal((await post(server.url, "ListMediaAnalysisJobs")).status, 200);
    assert.ok(answered > 100 && unanswered > 5, `${answered} ${unanswered}`);
  } finally {
    await server.close();
  }
});

test("every effect of every kind with any name, status and message is an answer", LIMIT, async () => {
  const server = await startServer({ port: 0, jobs: 20 });
  try {
    for (const kind of ["throttle", "retry-after", "refusal", "expired-credentials"]) {
      for (const name of VALUES.filter((value) => typeof value === "string")) {
        for (const operation of ["ListMediaAnalysisJobs", "GetObject"]) {
          const faults = [{ kind, name, operation, ...(kind === "refusal" ? { message: "\0\ud800\u2603]]>&<" } : {}) }];
          try {
            createFaultPlan(faults);
          } catch {
            continue;
          }
          server.setFaults(faults);
          const { status, body } =
            operation === "GetObject"
              ? await rawRequest(server.url, "/s3/acme-archive/x")
              : await rawRequest(server.url, "/", { method: "POST", headers: naming(operation), body: "{}" });
          assert.ok(
            status >= 400 && status < 600 && (body.includes(name) || body.includes("<Code>SlowDown<")),
            `${kind} ${name} ${operation}: ${status} ${body}`,
          );
          assert.ok(operation !== "GetObject" || !/[\0\ud800]/.test(body));
        }
      }
    }
  } finally {
    await server.close();
  }
});

describe("a caller", () => {
  let server;
  before(async () => (server = await startServer({ port: 0, jobs: 250 })), LIMIT);
  after(() => server?.close(), LIMIT);
  const goesOn = async () => assert.equal((await post(server.url, "ListMediaAnalysisJobs")).status, 200);

  const HEAD = "POST / HTTP/1.1\r\nHost: localhost\r\n";
  const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;
  for (const [name, bytes, status] of [
    ["no HTTP", "\x16\x03\x01\x02\0\x01", 400],
    ["a bad version", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", undefined],
    ["a bad method", "G@T / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400],
    ["a zero byte in a header", "GET / HTTP/1.1\r\nHost: localhost\r\nx: a\0b\r\n\r\n", 400],
    ["a folded header", "GET / HTTP/1.1\r\nHost: localhost\r\n evil.example\r\n\r\n", undefined],
    ["a header without a colon", "GET / HTTP/1.1\r\nHost: localhost\r\nabc\r\n\r\n", 400],
    ["two lengths", `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`, 400],
    ["a length and chunks", `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ["a length below 0", `${HEAD}Content-Length: -1\r\n\r\n`, 400],
    ["a length that no number holds", `${HEAD}Content-Length: ${"9".repeat(40)}\r\n\r\n`, 400],
    ["a chunk of no size", `${CHUNKED}zz\r\n`, undefined],
    ["a header of 20 kB", `GET / HTTP/1.1\r\nHost: localhost\r\nx: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    ["a target of 20 kB", `GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    ["CONNECT", "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n", undefined],
    ["an upgrade", "GET /none HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 404],
    ["OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 404],
    ["an expectation", "GET / HTTP/1.1\r\nHost: localhost\r\nExpect: the unexpected\r\n\r\n", 417],
    ["TRACE", "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405],
    ["bytes after a request", "GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n\0\0\0\0", undefined],
  ]) {
    test(`may send ${name}`, LIMIT, async () => {
      const { status: told } = await sendBytes(server.url, bytes, { wait: 300 });
      if (status !== undefined) assert.equal(told, status);
      await goesOn();
    });
  }

  test("may go away at any moment of a request", LIMIT, async () => {
    const requests = [
      `${HEAD}Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: RekognitionService.ListMediaAnalysisJobs\r\nContent-Length: 2\r\n\r\n{}`,
      "GET /s3/acme-archive/photos/2017/IMG_00001.JPG HTTP/1.1\r\nHost: localhost\r\n\r\n",
      `${CHUNKED}2\r\n{}\r\n0\r\n\r\n`,
    ];
    const { hostname, port } = new URL(server.url);
    for (const request of requests) {
      for (let length = 0; length <= request.length; length += 5) {
        for (const how of ["destroy", "resetAndDestroy", "end"]) {
          const socket = connect(Number(port), hostname).on("error", () => {});
          await once(socket, "connect");
          socket.write(request.slice(0, length), () => socket[how]());
          socket.resume();
        }
      }
    }
    await goesOn();
  });

  test("may go away in the middle of a long answer", LIMIT, async () => {
    const jobs = (await post(server.url, "ListMediaAnalysisJobs")).json.MediaAnalysisJobs;
    const { Bucket, Name } = jobs.find(({ Results }) => Results).Results.S3Object;
    for (let round = 0; round < 20; round++) {
      const request = get(new URL(`s3/${Bucket}/${Name}`, server.url), { agent: false }).on("error", () => {});
      const [response] = await once(request, "response");
      response.on("error", () => {});
      await once(response, "data");
      response.destroy();
    }
    await goesOn();
  });

  test("may send a body without end: it is cut off where it is too long", LIMIT, async () => {
    const { status, isClosed } = await sendBytes(
      server.url,
      `${CHUNKED}${`10000\r\n${"a".repeat(65_536)}\r\n`.repeat(20)}`,
      { wait: 2_000 },
    );
    assert.deepEqual([status, isClosed], [413, true]);
    await goesOn();
  });

  test("may close its half of the connection", LIMIT, async () => {
    const { isClosed } = await sendBytes(server.url, "GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n", { end: true });
    assert.equal(isClosed, true);
    await goesOn();
  });

  test("may not keep a request unfinished for longer than a while", { timeout: 40_000 }, async () => {
    const [head] = await Promise.all([
      sendBytes(server.url, "GET / HTTP/1.1\r\nHost: localhost\r\n", { wait: 14_000 }),
      goesOn(),
    ]);
    assert.deepEqual([head.status, head.isClosed], [408, true]);
  });

  test("a defect in a body that is made as it is sent costs that answer alone", LIMIT, async () => {
    const broken = createServer((_, response) =>
      deliver(response, {
        status: 200,
        headers: {},
        body: (function* () {
          yield new Uint8Array(10);
          throw new Error("on purpose");
        })(),
      }),
    );
    await new Promise((resolve) => broken.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${broken.address().port}/`;
    await assert.rejects(fetch(url).then((response) => response.arrayBuffer()));
    await assert.rejects(fetch(url).then((response) => response.arrayBuffer()));
    await new Promise((resolve) => broken.close(resolve));
  });
});
