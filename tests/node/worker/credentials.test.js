// Credentials and `fetch` of the page, used by a Jobs in a worker as by one here.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromCognitoIdentityPool, CredentialsError, NetworkError } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { startServer } from "../../../emulator/server.js";
import { failOnUnhandledRejections } from "../unhandled_rejections.js";
import { here, inWorker, LIMIT, MODULES, outcomeOf, reasonOf, until } from "./worker_jobs.js";

failOnUnhandledRejections();

const POOL = "us-east-1:11111111-2222-3333-4444-555555555555";
const SECRET = EXAMPLE.secretAccessKey;
let server;
let options;
before(async () => {
  const pools = [{ id: POOL, guests: true, logins: {} }];
  const begun = Date.now();
  server = await startServer({
    port: 0,
    jobs: 50,
    strict: true,
    now: () => begun,
    clock: Date.now,
    identityPools: pools,
  });
  options = { endpoint: server.url, s3Endpoint: `${server.url}s3`, maxAttempts: 1 };
}, LIMIT);
after(() => server?.close(), LIMIT);

/** What comes of the same in both modules. */
async function both(outcome) {
  const [ours, theirs] = [await outcome(here), await outcome(inWorker)];
  assert.deepEqual(theirs, ours);
  return theirs;
}

test("a key pair that renews itself, by getters or by being changed, is read for each signature", LIMIT, async () => {
  await both(async (make) => {
    const pair = { ...EXAMPLE, secretAccessKey: "wrong".repeat(8) };
    const jobs = await make({ ...options, credentials: pair });
    const outcomes = [await outcomeOf(() => jobs.load())];
    pair.secretAccessKey = SECRET;
    outcomes.push(await outcomeOf(() => jobs.load()));
    let key = "wrong".repeat(8);
    class Renewing {
      get accessKeyId() {
        return EXAMPLE.accessKeyId;
      }
      get secretAccessKey() {
        return key;
      }
    }
    const other = await make({ ...options, credentials: new Renewing() });
    outcomes.push(await outcomeOf(() => other.load()));
    key = SECRET;
    outcomes.push(await outcomeOf(() => other.load()));
    key = undefined;
    outcomes.push(await outcomeOf(() => other.load()));
    assert.deepEqual(
      outcomes.map(({ error }) => error?.name),
      ["InvalidSignatureException", undefined, "InvalidSignatureException", undefined, "CredentialsError"],
    );
    return outcomes;
  });
});

test("what a provider gave may renew itself too", LIMIT, async () => {
  await both(async (make) => {
    let asked = 0;
    const given = { ...EXAMPLE, secretAccessKey: "wrong".repeat(8) };
    const jobs = await make({
      ...options,
      credentials: async () => {
        asked++;
        return given;
      },
    });
    const outcomes = [await outcomeOf(() => jobs.load())];
    given.secretAccessKey = SECRET;
    outcomes.push(await outcomeOf(() => jobs.load()), asked);
    return outcomes;
  });
});

describe("a provider is called as often", () => {
  const PROVIDERS = {
    "that lasts": () => ({ ...EXAMPLE }),
    "whose credentials end soon": () => ({ ...EXAMPLE, expiration: new Date(Date.now() + 60_000) }),
    "whose credentials have ended": () => ({ ...EXAMPLE, expiration: new Date(0) }),
    "that ends in a moment object": () => ({ ...EXAMPLE, expiration: { valueOf: () => Date.now() + 3_600_000 } }),
    "that the service calls expired": () => ({ ...EXAMPLE, sessionToken: "expired-token" }),
    "that gives nothing": () => undefined,
    "that gives what is none": () => ({ accessKeyId: Symbol("a"), secretAccessKey: () => {} }),
    "that throws": () => {
      throw new Error("no keys today");
    },
    "that throws a CredentialsError": () => {
      throw new CredentialsError({ name: "ExpiredSession", message: "sign in again" });
    },
    "that throws a text": () => {
      throw "no keys";
    },
  };
  for (const [name, provide] of Object.entries(PROVIDERS)) {
    test(name, LIMIT, async () => {
      await both(async (make) => {
        let asked = 0;
        const jobs = await make({
          ...options,
          credentials: async () => {
            asked++;
            return provide();
          },
        });
        const outcomes = [];
        for (let i = 0; i < 3; i++)
          outcomes.push(await outcomeOf(() => jobs.listMediaAnalysisJobs({ MaxResults: 1 })), asked);
        await Promise.all([1, 2, 3].map(() => jobs.listMediaAnalysisJobs().catch(() => {})));
        return [...outcomes, asked];
      });
    });
  }

  test("that hangs: a CredentialsError in time, and the next call asks anew", LIMIT, async () => {
    await both(async (make) => {
      let asked = 0;
      const jobs = await make({
        ...options,
        credentialsTimeout: 100,
        credentials: () => {
          asked++;
          return new Promise(() => {});
        },
      });
      return [await outcomeOf(() => jobs.load()), await outcomeOf(() => jobs.load()), asked];
    });
  });

  test("an identity pool's", LIMIT, async () => {
    await both(async (make) => {
      let asked = 0;
      const fetch = (...args) => {
        asked++;
        return globalThis.fetch(...args);
      };
      const credentials = fromCognitoIdentityPool({ identityPoolId: POOL, endpoint: server.url, fetch });
      const jobs = await make({ ...options, credentials });
      const first = await jobs.listMediaAnalysisJobs({ MaxResults: 1 });
      await jobs.load();
      return [first.MediaAnalysisJobs.length, asked];
    });
  });
});

test("no error has a secret: of getters, providers, fetch, queries and streams", LIMIT, async () => {
  const hidden = { ...EXAMPLE };
  const CALLS = {
    "a getter": (jobs) => {
      Object.defineProperty(hidden, "sessionToken", {
        configurable: true,
        get() {
          throw Object.assign(new Error(`cannot renew ${SECRET}`), { kept: { deep: SECRET } });
        },
      });
      return jobs.load().finally(() => delete hidden.sessionToken);
    },
    "a query": (jobs) => jobs.query(`name:${SECRET} (`),
    "a sort": (jobs) => jobs.query("", { sort: SECRET }),
    "a source": (jobs) =>
      jobs.import(
        (async function* () {
          yield "[";
          throw Object.assign(new Error("a source", { cause: new Error(SECRET) }), { of: () => SECRET });
        })(),
      ),
    "an onProgress": (jobs) =>
      jobs.import("[]", {
        onProgress() {
          throw new Error(SECRET);
        },
      }),
  };
  for (const module of Object.values(MODULES)) {
    const jobs = await module({ ...options, credentials: hidden });
    await jobs.load();
    for (const [name, call] of Object.entries(CALLS)) {
      const reason = await reasonOf((async () => call(jobs))());
      const texts = [];
      for (let at = reason; at; at = at.cause) texts.push(at.message, at.stack, JSON.stringify({ ...at }));
      assert.ok(!texts.join().includes(SECRET.slice(4, 24)), `${module.name}, ${name}: ${texts}`);
    }
    const failing = await module({
      ...options,
      credentials: EXAMPLE,
      fetch: async (_, { headers }) => {
        throw new Error(`refused ${SECRET} ${JSON.stringify(headers)}`, { cause: { note: SECRET } });
      },
    });
    const reason = await reasonOf(failing.load());
    assert.ok(!JSON.stringify([reason.message, reason.stack, reason.cause]).includes(SECRET.slice(4, 24)), module.name);
  }
});

describe("the page's fetch", () => {
  test("that throws keeps its error as `cause`, the very one", LIMIT, async () => {
    const error = Object.assign(new TypeError("no network", { cause: new Error("ECONNREFUSED") }), { act() {} });
    const fetch = async () => {
      throw error;
    };
    // Signed requests may stand in such errors: their cause is left out.
    const jobs = await inWorker({ ...options, fetch });
    const reason = await reasonOf(jobs.load());
    assert.ok(reason instanceof NetworkError, reason.stack);
    assert.equal(reason.cause, error);
    await both(async (make) => outcomeOf(async () => (await make({ ...options, fetch })).listMediaAnalysisJobs()));
  });

  test("gets the request as it gets it here, and an abort reaches it", LIMIT, async () => {
    await both(async (make) => {
      const requests = [];
      const fetch = (url, { signal, headers, ...init }) => {
        requests.push([url.replace(/:\d+/, ""), Object.keys(headers).sort(), init, signal instanceof AbortSignal]);
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      };
      const jobs = await make({ ...options, credentials: EXAMPLE, fetch });
      const controller = new AbortController();
      const calls = [
        jobs.listMediaAnalysisJobs({}, { signal: controller.signal }),
        jobs.image("s3://bucket/a.png", { signed: true, signal: controller.signal }),
      ];
      for (const call of calls) call.catch(() => {});
      await until(() => requests.length === 2);
      controller.abort("stop");
      for (const call of calls) assert.equal(await reasonOf(call), "stop");
      return requests.sort();
    });
  });

  const odd = {
    "a redirect": async () => new Response("", { status: 307, headers: { location: "https://elsewhere.example/" } }),
    "a redirect that was followed": async () =>
      Object.defineProperty(new Response("{}"), "url", { value: "https://elsewhere.example/" }),
    nothing: async () => undefined,
    "a text": async () => "{}",
    "no body": async () => new Response(null),
    "an error": async () => Response.error(),
    "a body that fails": async () => new Response(new ReadableStream({ pull: (it) => it.error(new Error("cut off")) })),
    "a refusal": async () => new Response('{"__type":"AccessDeniedException","message":"no"}', { status: 400 }),
    "getters that throw": async () => ({
      get status() {
        throw new Error("no status");
      },
    }),
    "what is not asynchronous": () => new Response('{"MediaAnalysisJobs":[]}'),
    "a sudden error": () => {
      throw new RangeError("at once");
    },
  };
  for (const [name, fetch] of Object.entries(odd)) {
    test(`that gives ${name}`, LIMIT, async () => {
      await both(async (make) => {
        let asked = 0;
        const jobs = await make({
          ...options,
          credentials: EXAMPLE,
          fetch: (...given) => {
            asked++;
            return fetch(...given);
          },
        });
        const outcomes = [await outcomeOf(() => jobs.listMediaAnalysisJobs()), asked];
        return [...outcomes, await outcomeOf(() => jobs.image("s3://bucket/a.png", { signed: true })), asked];
      });
    });
  }
});
