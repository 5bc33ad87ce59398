// The emulator's check of signatures: AWS's test vectors and its SDK are accepted, all else is refused.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  GetMediaAnalysisJobCommand,
  ListMediaAnalysisJobsCommand,
  paginateListMediaAnalysisJobs,
} from "@aws-sdk/client-rekognition";
import { createAuthentication } from "../../../emulator/protocol/authentication.js";
import { createSessions, EXAMPLE } from "../../../emulator/protocol/sessions.js";
import {
  LIMIT,
  naming,
  post,
  rawRequest,
  runProgram,
  serverTest,
  signedListing,
  withSdk,
  withServer,
} from "./calls.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const INCOMPLETE = "IncompleteSignatureException";
const INVALID = "InvalidSignatureException";
const MISMATCH = /^The request signature we calculated does not match/;

const list = (client, input = {}) => client.send(new ListMediaAnalysisJobsCommand(input));

/** Sends what `signedListing` made, and gives the status, the exception's name and its message. */
async function send(url, { path = "/", ...request }) {
  const { status, body } = await rawRequest(url, path, request);
  const { __type, message } = JSON.parse(body);
  return { status, name: __type, message };
}

async function refuses(url, request, name, message) {
  const refusal = await send(url, request);
  assert.deepEqual([refusal.status, refusal.name], [400, name], refusal.message);
  assert.match(refusal.message, message);
}

const change = (request, headers) => ({ ...request, headers: { ...request.headers, ...headers } });

describe("the signatures of AWS's Signature Version 4 test suite", () => {
  const DATE = "20150830T123600Z";
  const check = createAuthentication({ sessions: createSessions(), region: "us-east-1", service: "service" });
  const vector = (signedHeaders, signature, request) => ({
    method: "POST",
    body: "",
    ...request,
    headers: {
      host: "example.amazonaws.com",
      "x-amz-date": DATE,
      ...request.headers,
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, " +
        `SignedHeaders=${signedHeaders}, Signature=${signature}`,
    },
  });
  const VECTORS = {
    "post-vanilla": vector("host;x-amz-date", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b", {}),
    "post-vanilla-query": vector(
      "host;x-amz-date",
      "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
      { query: { Param1: "value1" } },
    ),
    "post-x-www-form-urlencoded": vector(
      "content-type;host;x-amz-date",
      "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
      { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "Param1=value1" },
    ),
  };

  for (const [name, request] of Object.entries(VECTORS)) {
    test(`${name} is right, and no longer when anything of it changes`, LIMIT, async () => {
      const at = Date.UTC(2015, 7, 30, 12, 36);
      assert.match(await check(request, at), /^[0-9a-f]{64}$/);
      for (const spoilt of [
        { ...request, method: "GET" },
        { ...request, path: "/other" },
        { ...request, query: { Param1: "other" } },
        { ...request, body: "Param1=value2" },
        { ...request, body: Buffer.from("Param1=value2") },
        change(request, { host: "example.org" }),
        change(request, { "x-amz-date": "20150830T123601Z" }),
        change(request, {
          authorization: request.headers.authorization.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")),
        }),
        change(request, { authorization: request.headers.authorization.slice(0, -1) }),
        change(request, { authorization: request.headers.authorization.replace(/Signature=.*(.)$/, "Signature=$1") }),
      ])
        await assert.rejects(check(spoilt, at), { name: INVALID, message: MISMATCH });
    });
  }
});

describe("the AWS SDK", () => {
  test("signs, and lists and gets from a strict endpoint", LIMIT, () =>
    withServer({ strict: true }, (server) =>
      withSdk(server.url, {}, async (client) => {
        const jobs = [];
        for await (const { MediaAnalysisJobs } of paginateListMediaAnalysisJobs({ client }, {}))
          jobs.push(...MediaAnalysisJobs);
        assert.equal(jobs.length, 250);
        const { JobId } = await client.send(new GetMediaAnalysisJobCommand({ JobId: jobs[9].JobId }));
        assert.equal(JobId, jobs[9].JobId);
      }),
    ),
  );

  serverTest("is refused with another secret, an unknown key, another Region or service", {}, async (server) => {
    for (const [options, name, message] of [
      [{ credentials: { ...EXAMPLE, secretAccessKey: "wrong" } }, INVALID, MISMATCH],
      [
        { credentials: { ...EXAMPLE, accessKeyId: "AKIDEXAMPLE2" } },
        "UnrecognizedClientException",
        /security token .* is invalid/,
      ],
      [{ region: "eu-west-1" }, INVALID, /scoped to a valid region: 'us-east-1'/],
    ]) {
      await withSdk(server.url, options, (client) =>
        assert.rejects(list(client), (error) => {
          assert.equal(error.name, name);
          assert.match(error.message, message);
          assert.equal(error.$metadata.httpStatusCode, 400);
          return true;
        }),
      );
    }
    await refuses(
      server.url,
      await signedListing(server.url, { service: "s3" }),
      INVALID,
      /correct service: 'rekognition'/,
    );
    assert.equal(server.traffic.counters.refused, 4);
  });

  test("signs for the account's Region, whichever it is", LIMIT, () =>
    withServer({ region: "eu-west-1", strict: true }, (server) =>
      withSdk(server.url, { region: "eu-west-1" }, async (client) => {
        assert.equal(server.account.region, "eu-west-1");
        const { MediaAnalysisJobs } = await list(client);
        assert.equal(MediaAnalysisJobs.length, 100);
      }),
    ),
  );

  serverTest("is refused while its clock is more than five minutes off, in the service's words", {}, async (server) => {
    for (const [offset, message] of [
      [-7 * MINUTE, /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/],
      [
        7 * MINUTE,
        /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/,
      ],
    ]) {
      await withSdk(server.url, { systemClockOffset: offset }, (client) =>
        assert.rejects(list(client), { name: INVALID, message }),
      );
    }
    for (const offset of [-4 * MINUTE, 4 * MINUTE]) {
      await withSdk(server.url, { systemClockOffset: offset }, async (client) => assert.ok(await list(client)));
    }
    await withSdk(server.url, { systemClockOffset: -HOUR, maxAttempts: 2 }, async (client) => {
      assert.equal((await list(client)).$metadata.attempts, 2, "it learns the time from the Date of the refusal");
    });
  });
});

test("five minutes off is still right, a second more is not", LIMIT, () => {
  const now = Date.UTC(2026, 10, 24, 12);
  return withServer({ now: () => now + 999 }, async ({ url }) => {
    for (const seconds of [-300, 300]) {
      assert.equal((await send(url, await signedListing(url, { date: new Date(now + seconds * 1000) }))).status, 200);
    }
    await refuses(
      url,
      await signedListing(url, { date: new Date(now - 301_000) }),
      INVALID,
      /^Signature expired: 20261124T115459Z is now earlier than 20261124T115500Z \(20261124T120000Z - 5 min\.\)$/,
    );
    await refuses(
      url,
      await signedListing(url, { date: new Date(now + 301_000) }),
      INVALID,
      /^Signature not yet current: 20261124T120501Z is still later than 20261124T120500Z \(20261124T120000Z \+ 5 min\.\)$/,
    );
  });
});

describe("sessions", () => {
  const session = { ...EXAMPLE, sessionToken: "a session's token" };

  test("are accepted until they expire, with their own token alone", LIMIT, () => {
    let now = Date.UTC(2026, 10, 24, 12);
    const expiration = new Date(now + HOUR);
    return withServer({ now: () => now, sessions: [{ ...session, expiration }] }, async ({ url, sessions }) => {
      const by = (credentials) => signedListing(url, { credentials, date: new Date(now) });
      const UNKNOWN = ["UnrecognizedClientException", /^The security token included in the request is invalid\.$/];
      assert.equal((await send(url, await by(session))).status, 200);
      await refuses(url, await by({ ...session, sessionToken: "another token" }), ...UNKNOWN);
      await refuses(url, await by({ ...session, secretAccessKey: "wrong" }), INVALID, MISMATCH);

      const issued = sessions.issue({ expiration: now + 2 * HOUR });
      assert.equal((await send(url, await by(issued))).status, 200);
      await refuses(url, await by({ ...issued, sessionToken: undefined }), ...UNKNOWN);

      now = expiration.getTime() - 1000;
      assert.equal((await send(url, await by(session))).status, 200);
      now += 1000;
      await refuses(
        url,
        await by(session),
        "ExpiredTokenException",
        /^The security token included in the request is expired$/,
      );
      assert.equal((await send(url, await by(issued))).status, 200);
      assert.equal((await send(url, await by(EXAMPLE))).status, 200);

      sessions.add({ ...session, sessionToken: "the next token" });
      assert.equal((await send(url, await by({ ...session, sessionToken: "the next token" }))).status, 200);
    });
  });

  test("of the SDK: one that has expired is an ExpiredTokenException", LIMIT, () =>
    withServer({ sessions: [{ ...session, expiration: Date.now() - 1 }] }, (server) =>
      withSdk(server.url, { credentials: session }, (client) =>
        assert.rejects(list(client), { name: "ExpiredTokenException" }),
      ),
    ),
  );

  test("that are none are refused at the start", LIMIT, async () => {
    for (const given of [
      {},
      { ...session, secretAccessKey: "" },
      { ...session, sessionToken: 7 },
      { ...session, expiration: "soon" },
    ]) {
      await assert.rejects(
        withServer({ sessions: [given] }, () => {}),
        TypeError,
      );
    }
  });
});

describe("a request that was put together wrongly", () => {
  const authorization = (replace) => (request) =>
    change(request, { authorization: replace(request.headers.authorization) });
  const without =
    (name) =>
    ({ headers: { [name]: _, ...headers }, ...request }) => ({ ...request, headers });

  for (const [what, spoil, name, message] of [
    ["no scheme at all", authorization(() => "Bearer abc"), INCOMPLETE, /missing equal-sign/],
    [
      "a scheme alone",
      authorization(() => "AWS4-HMAC-SHA256"),
      INCOMPLETE,
      /'Credential' parameter\. .*'Signature' parameter\. .*'SignedHeaders'/,
    ],
    [
      "no Credential",
      authorization((text) => text.replace(/Credential=\S+ /, "")),
      INCOMPLETE,
      /requires 'Credential'/,
    ],
    [
      "no SignedHeaders",
      authorization((text) => text.replace(/SignedHeaders=\S+ /, "")),
      INCOMPLETE,
      /requires 'SignedHeaders'/,
    ],
    ["no Signature", authorization((text) => text.replace(/, Signature=\S+/, "")), INCOMPLETE, /requires 'Signature'/],
    [
      "an empty Signature",
      authorization((text) => text.replace(/Signature=\S+/, "Signature=")),
      INCOMPLETE,
      /requires 'Signature'/,
    ],
    ["a space in the key", authorization((text) => text.replace("AKID", "AKID ")), INCOMPLETE, /missing equal-sign/],
    [
      "a short scope",
      authorization((text) => text.replace("/rekognition", "")),
      INCOMPLETE,
      /exactly 5 slash-delimited/,
    ],
    [
      "another algorithm",
      authorization((text) => text.replace("SHA256", "SHA512")),
      INCOMPLETE,
      /Unsupported AWS 'algorithm'/,
    ],
    ["no date", without("x-amz-date"), INCOMPLETE, /'X-Amz-Date' header/],
    [
      "a date of another form",
      (request) => change(request, { "x-amz-date": new Date().toISOString() }),
      INCOMPLETE,
      /ISO-8601/,
    ],
    ["an impossible date", (request) => change(request, { "x-amz-date": "20261324T120000Z" }), INCOMPLETE, /ISO-8601/],
    [
      "another day in the scope",
      authorization((text) => text.replace(/\/\d{8}\//, "/20200101/")),
      INVALID,
      /Date in Credential scope/,
    ],
    [
      "another terminator",
      authorization((text) => text.replace("aws4_request", "aws3_request")),
      INVALID,
      /terminator: 'aws4_request'/,
    ],
    [
      "the host not signed",
      authorization((text) => text.replace("host;", "")),
      INVALID,
      /'host' must be a 'SignedHeader'/,
    ],
    [
      "the target not signed",
      authorization((text) => text.replace(";x-amz-target", "")),
      INVALID,
      /'x-amz-target' must be/,
    ],
    [
      "a header that joined later",
      (request) => change(request, { "x-amz-extra": "1" }),
      INVALID,
      /'x-amz-extra' must be/,
    ],
    [
      "a signed header that is not there",
      authorization((text) => text.replace("host;", "host;range;")),
      INVALID,
      MISMATCH,
    ],
    [
      "another content type",
      (request) => change(request, { "content-type": "application/x-amz-json-1.1; charset=utf-8" }),
      INVALID,
      MISMATCH,
    ],
    ["another body", (request) => ({ ...request, body: '{"MaxResults":1}' }), INVALID, MISMATCH],
    ["another query", (request) => ({ ...request, path: "/?a=1" }), INVALID, MISMATCH],
    [
      "another signature",
      authorization((text) => text.replace(/Signature=\S+/, `Signature=${"0".repeat(64)}`)),
      INVALID,
      MISMATCH,
    ],
  ]) {
    serverTest(`${what} is ${name}`, { jobs: 5 }, async ({ url }) => {
      const request = await signedListing(url);
      assert.equal((await send(url, request)).status, 200);
      await refuses(url, spoil(request), name, message);
    });
  }

  serverTest("a hash of the body that is told must be the body's", { jobs: 5 }, async ({ url }) => {
    const EMPTY_OBJECT = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    for (const [told, status] of [
      [EMPTY_OBJECT, 200],
      ["0".repeat(64), 400],
      ["UNSIGNED-PAYLOAD", 400],
    ]) {
      const request = await signedListing(url, { headers: { "x-amz-content-sha256": told } });
      assert.equal((await send(url, request)).status, status, told);
    }
  });

  serverTest(
    "more headers, a query and odd white space are all right when they are signed",
    { jobs: 5 },
    async ({ url }) => {
      const path = "/?b=2&a=x%20y&c=%2Fd%2B";
      const headers = { "x-amz-user-agent": "  two   spaces ", accept: "application/json" };
      const request = await signedListing(url, { path, headers });
      assert.equal((await send(url, { ...request, path })).status, 200);
      const compact = authorization((text) => text.replaceAll(", ", ","))(request);
      assert.equal((await send(url, { ...compact, path })).status, 200);
    },
  );
});

describe("a request without a signature", () => {
  test("is answered, unless the endpoint is strict", LIMIT, async () => {
    await withServer({}, async ({ url }) => assert.equal((await post(url, "ListMediaAnalysisJobs")).status, 200));
    await withServer({ strict: true }, async ({ url }) => {
      for (const headers of [{}, { authorization: "" }, { "x-amz-security-token": "x" }]) {
        const { status, json, headers: told } = await post(url, "ListMediaAnalysisJobs", {}, { headers });
        assert.deepEqual(
          [status, json],
          [400, { __type: "MissingAuthenticationTokenException", message: "Missing Authentication Token" }],
        );
        assert.equal(told.get("x-amzn-errortype"), null);
        assert.match(told.get("x-amzn-requestid"), /^[0-9a-f-]{36}$/);
        assert.ok(told.get("date"));
      }
    });
  });

  test("is refused by the program when STRICT=1", LIMIT, async () => {
    for (const [STRICT, status] of [
      ["1", 400],
      ["0", 200],
      ["", 200],
    ]) {
      await runProgram({ PORT: "0", JOBS: "5", STRICT }, async ({ stdout }) => {
        assert.equal((await post(stdout.trim(), "ListMediaAnalysisJobs")).status, status, STRICT);
        await withSdk(stdout.trim(), {}, async (client) => assert.ok(await list(client)));
      });
    }
    const { code, stderr } = await runProgram({ PORT: "0", STRICT: "yes" });
    assert.deepEqual([code, stderr], [2, 'STRICT must be a whole number from 0 to 1, not "yes".\n']);
  });

  serverTest(
    "of an unknown operation, or without JSON, is told that first, as at AWS",
    { strict: true },
    async ({ url }) => {
      assert.equal((await post(url, "StartMediaAnalysisJob")).json.__type, "UnknownOperationException");
      assert.equal((await post(url, "ListMediaAnalysisJobs", "{")).json.__type, "SerializationException");
      for (const input of [{ MaxResults: 0 }, { NextToken: "nonsense" }]) {
        assert.equal(
          (await post(url, "ListMediaAnalysisJobs", input)).json.__type,
          "MissingAuthenticationTokenException",
        );
      }
    },
  );
});

serverTest("nothing secret is in a refusal or in the log", { strict: true }, async ({ url, traffic, sessions }) => {
  const session = sessions.issue();
  const right = await signedListing(url, { credentials: session });
  const secrets = [EXAMPLE.secretAccessKey, session.secretAccessKey, session.sessionToken];
  const requests = [right];
  for (const secret of secrets) {
    for (const authorization of [
      secret,
      `Bearer ${secret}`,
      `AWS4-HMAC-SHA256 ${secret}`,
      `AWS4-HMAC-SHA256 Credential=${secret}`,
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${secret}, SignedHeaders=host, Signature=${secret}`,
      right.headers.authorization.replace("/us-east-1/", `/${secret.replaceAll("/", "")}/`),
      right.headers.authorization.replace("/us-east-1/", `/${secret}/`),
      right.headers.authorization.replace("Signature=", `Signature=${secret}`),
    ])
      requests.push(change(right, { authorization }), {
        ...right,
        headers: { ...naming("ListMediaAnalysisJobs"), authorization },
      });
    requests.push(change(right, { "x-amz-security-token": `x${secret}` }));
  }
  const seen = [];
  for (const request of requests) {
    const { status, headers, body } = await rawRequest(url, "/", request);
    assert.equal(status, request === right ? 200 : 400);
    seen.push(JSON.stringify(headers), body);
  }
  assert.equal(traffic.counters.refused, requests.length - 1);
  assert.equal(traffic.log.length, requests.length);
  assert.match(
    traffic.log[0].headers.authorization,
    /^AWS4-HMAC-SHA256 Credential=ASIDEXAMPLE1\/.*, Signature=\(hidden\)$/,
  );
  const text = seen.join("\n") + JSON.stringify(traffic);
  const signature = /[0-9a-f]{64}$/.exec(right.headers.authorization)[0];
  for (const secret of [...secrets, signature]) {
    for (const form of [secret, secret.replaceAll("/", "")]) {
      const place = text.indexOf(form);
      assert.equal(place, -1, text.slice(Math.max(0, place - 200), place + 300));
    }
  }
});

test("checking 1,000 pages takes far less time than sending them", { timeout: 120_000 }, () =>
  withServer({ jobs: 100_000, strict: true }, async (server) => {
    const check = createAuthentication({ sessions: createSessions(), region: "us-east-1" });
    const request = await signedListing(server.url, { body: JSON.stringify({ NextToken: "x".repeat(32) }) });
    const checking = performance.now();
    for (let page = 0; page < 1000; page++) await check(request, Date.now());
    const checked = performance.now() - checking;

    await withSdk(server.url, {}, async (client) => {
      const walking = performance.now();
      let jobs = 0;
      for await (const { MediaAnalysisJobs } of paginateListMediaAnalysisJobs({ client }, {}))
        jobs += MediaAnalysisJobs.length;
      const walked = performance.now() - walking;
      assert.equal(jobs, 100_000);
      console.log(
        `# 1,000 signatures checked in ${checked.toFixed()} ms; the SDK listed 1,000 pages in ${walked.toFixed()} ms`,
      );
      assert.ok(checked < walked / 3, `${checked} ms of ${walked} ms`);
    });
  }),
);
