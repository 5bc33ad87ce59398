// Signed calls against an endpoint that checks every signature with another implementation: credentials of every kind,
// their renewal, a wrong clock, and that no secret gets into any text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { fromEnv } from "@aws-sdk/credential-providers";
import { createJobs, fromCognitoIdentityPool, ServiceError } from "rekognition-jobs";
import { startServer } from "../../../emulator/server.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";

const LIMIT = { timeout: 30_000 };
const minute = 60_000;
const poolId = "us-east-1:11111111-2222-3333-4444-555555555555";

async function withServer(options, use) {
  const frozen = Date.now();
  const server = await startServer({
    port: 0,
    jobs: 250,
    strict: true,
    now: () => frozen,
    clock: Date.now,
    ...options,
  });
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

async function load(server, options) {
  const jobs = await createJobs({ endpoint: server.url, ...options });
  try {
    return await jobs.load();
  } finally {
    jobs.close();
  }
}

test("a key pair, a session and an SDK's provider are all accepted", LIMIT, async () => {
  await withServer({}, async (server) => {
    assert.equal((await load(server, { credentials: EXAMPLE })).added, 250);
    assert.equal((await load(server, { credentials: server.sessions.issue() })).added, 250);
    process.env.AWS_ACCESS_KEY_ID = EXAMPLE.accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = EXAMPLE.secretAccessKey;
    assert.equal((await load(server, { credentials: fromEnv() })).added, 250);
    assert.equal(server.traffic.counters.refused, 0);
  });
});

test("the region signs, us-east-1 without one", LIMIT, async () => {
  await withServer({ region: "eu-west-1" }, async (server) => {
    assert.equal((await load(server, { credentials: EXAMPLE, region: "eu-west-1" })).added, 250);
    await assert.rejects(load(server, { credentials: EXAMPLE }), { name: "InvalidSignatureException" });
  });
});

test("an endpoint's own path is signed as it is", LIMIT, async () => {
  await withServer({}, async (server) => {
    const fetched = [];
    const fetchRoot = (url, init) => {
      fetched.push(url);
      return fetch(server.url, init);
    };
    await assert.rejects(
      load(server, { endpoint: new URL("a/b%20c", server.url), credentials: EXAMPLE, fetch: fetchRoot }),
      {
        name: "InvalidSignatureException",
      },
    );
    assert.equal(new URL(fetched[0]).pathname, "/a/b%20c");
  });
});

test("only the headers that the service needs are sent", LIMIT, async () => {
  await withServer({}, async (server) => {
    await load(server, { credentials: server.sessions.issue() });
    const sent = Object.keys(server.traffic.log[0].headers).filter(
      (name) => name.startsWith("x-amz") || name.startsWith("amz"),
    );
    assert.deepEqual(sent.sort(), ["x-amz-date", "x-amz-security-token", "x-amz-target"]);
  });
});

test("a wrong key is refused at once, without a retry", LIMIT, async () => {
  await withServer({}, async (server) => {
    const wrong = { ...EXAMPLE, secretAccessKey: "not-the-secret" };
    await assert.rejects(load(server, { credentials: wrong }), (error) => {
      assert.equal(error.name, "InvalidSignatureException");
      assert.equal(error.$metadata.attempts, 1);
      return true;
    });
  });
});

test("a fixed credential that has expired fails at once, and says what to do", LIMIT, async () => {
  await withServer({}, async (server) => {
    const expiration = new Date(Date.now() - 1000);
    await assert.rejects(load(server, { credentials: { ...EXAMPLE, expiration } }), (error) => {
      assert.ok(error instanceof ServiceError);
      assert.equal(error.name, "ExpiredTokenException");
      assert.equal(error.$metadata.attempts, 0);
      assert.match(error.message, /expired at .*get new ones/);
      return true;
    });
    assert.deepEqual(server.traffic.counters.requests, {});
  });
});

test("a provider is asked once, and again shortly before the end", LIMIT, async () => {
  await withServer({}, async (server) => {
    let asked = 0;
    const provider = (lifetime) => async () => {
      asked++;
      return server.sessions.issue({ expiration: Date.now() + lifetime });
    };
    const patient = await createJobs({ endpoint: server.url, credentials: provider(60 * minute) });
    await patient.load();
    await Promise.all([patient.listMediaAnalysisJobs(), patient.listMediaAnalysisJobs()]);
    assert.equal(asked, 1);
    patient.close();

    asked = 0;
    const short = await createJobs({ endpoint: server.url, credentials: provider(2_000) });
    await short.listMediaAnalysisJobs();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await short.listMediaAnalysisJobs();
    assert.equal(asked, 2);
    short.close();
    assert.equal(server.traffic.counters.refused, 0);
  });
});

test("a provider that fails keeps good credentials in use, and is heard when there are none", LIMIT, async () => {
  await withServer({}, async (server) => {
    const own = new Error("no token for you");
    const failing = await createJobs({ endpoint: server.url, credentials: async () => Promise.reject(own) });
    await assert.rejects(failing.load(), { name: "CredentialsError", cause: own });
    failing.close();

    let asked = 0;
    const once = async () => {
      if (++asked > 1) throw own;
      return server.sessions.issue({ expiration: Date.now() + 2_000 });
    };
    const jobs = await createJobs({ endpoint: server.url, credentials: once });
    await jobs.listMediaAnalysisJobs();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await jobs.listMediaAnalysisJobs();
    assert.ok(asked > 1);
    jobs.close();
  });
});

test("credentials that are none are a TypeError that does not show them", LIMIT, async () => {
  for (const credentials of [
    {},
    { accessKeyId: "a" },
    { accessKeyId: "a", secretAccessKey: 5 },
    { ...EXAMPLE, sessionToken: "two\nlines" },
    "x",
  ]) {
    await assert.rejects(createJobs({ region: "us-east-1", credentials }), (error) => {
      assert.ok(error instanceof TypeError);
      assert.doesNotMatch(error.message, /lines|wJalr/);
      return true;
    });
  }
});

for (const minutes of [10, -10, 300]) {
  test(`a clock that is ${minutes} minutes off costs one request`, LIMIT, async () => {
    const realNow = Date.now;
    await withServer({ clock: () => realNow() }, async (server) => {
      Date.now = () => realNow() + minutes * minute;
      try {
        const loaded = await load(server, { credentials: EXAMPLE });
        assert.equal(loaded.added, 250);
        assert.equal(server.traffic.counters.requests.ListMediaAnalysisJobs, 4);
      } finally {
        Date.now = realNow;
      }
    });
  });
}

test("an Amazon Cognito identity pool gives credentials", LIMIT, async () => {
  const login = "cognito-idp.us-east-1.amazonaws.com/us-east-1_x";
  await withServer(
    { identityPools: [{ id: poolId, guests: false, logins: { [login]: ["a-token"] } }] },
    async (server) => {
      const pool = (logins, identityPoolId = poolId) =>
        fromCognitoIdentityPool({ identityPoolId, logins, endpoint: server.url });
      assert.equal((await load(server, { credentials: pool({ [login]: "a-token" }) })).added, 250);
      assert.equal((await load(server, { credentials: pool(async () => ({ [login]: "a-token" })) })).added, 250);
      await assert.rejects(load(server, { credentials: pool() }), { name: "NotAuthorizedException" });
      await assert.rejects(
        load(server, { credentials: pool(undefined, "us-east-1:99999999-2222-3333-4444-555555555555") }),
        {
          name: "ResourceNotFoundException",
        },
      );
      assert.throws(() => fromCognitoIdentityPool({ identityPoolId: "pool" }), TypeError);
    },
  );
});

test("no secret gets into an error, a log or a printed object, whatever the service or fetch say", LIMIT, async (t) => {
  const printed = [];
  for (const method of ["log", "info", "warn", "error", "debug"])
    t.mock.method(console, method, (...args) => printed.push(inspect(args, { depth: 10 })));
  await withServer({}, async (server) => {
    const session = server.sessions.issue();
    const secrets = [session.secretAccessKey, session.sessionToken, session.accessKeyId];
    const canonical = `The Canonical String should have been 'POST\nx-amz-security-token:${session.sessionToken}' for ${session.accessKeyId}`;
    const refusal = () =>
      new Response(JSON.stringify({ __type: "InvalidSignatureException", message: canonical }), { status: 400 });
    const fetches = [
      refusal,
      () => new Response(canonical, { status: 502 }),
      () => new Response(canonical),
      () => {
        throw new TypeError(`cannot send ${session.sessionToken}`, { cause: new Error(session.secretAccessKey) });
      },
      async (_, { headers }) =>
        Promise.reject(Object.assign(new Error("refused"), { headers: Object.entries(headers) })),
    ];
    for (const fetch of fetches) {
      const jobs = await createJobs({ endpoint: server.url, credentials: session, maxAttempts: 1, fetch });
      const error = await jobs.load().then(assert.fail, (reason) => reason);
      assert.ok(error instanceof ServiceError);
      const texts = [
        inspect(error, { depth: 20, showHidden: true }),
        JSON.stringify(error),
        error.stack,
        inspect(jobs, { depth: 20, showHidden: true }),
      ];
      for (const secret of secrets)
        for (const text of [...texts, ...printed]) assert.ok(!text.includes(secret), text.slice(0, 300));
      jobs.close();
    }
  });
});
