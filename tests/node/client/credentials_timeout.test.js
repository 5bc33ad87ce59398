// A provider of credentials that is slow, fails or never answers: its own limit, its own error, and another chance.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { createJobs, CredentialsError, fromCognitoIdentityPool, ServiceError } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { wireJob } from "../jobs_of.js";
import { LIMIT, OPERATIONS, closing, fetchingFrom, reasonOf, sleep, tick, until } from "../service/calls.js";

const EMPTY = ({ target }) => ({ body: target === "GetMediaAnalysisJob" ? wireJob("a") : { MediaAnalysisJobs: [] } });
const never = () => new Promise(() => {});
const minute = 60_000;

/** A provider that answers in each of these ways in turn, and in the last one from then on. */
function providerOf(...ways) {
  const provider = async () => ways[Math.min(provider.asked++, ways.length - 1)]();
  return Object.assign(provider, { asked: 0 });
}

/** Lets promises settle whose timers are simulated. */
async function turns(count = 20) {
  for (let turn = 0; turn < count; turn++) await tick();
}

/** The timers that are running now, of those made while the test runs. */
function countTimers(t) {
  const running = new Set();
  const { setTimeout: start, clearTimeout: stop } = globalThis;
  globalThis.setTimeout = (act, ...rest) => {
    const timer = start(
      () => {
        running.delete(timer);
        act();
      },
      ...rest,
    );
    running.add(timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    running.delete(timer);
    stop(timer);
  };
  t.after(() => Object.assign(globalThis, { setTimeout: start, clearTimeout: stop }));
  return running;
}

function assertIsForCredentials(error, message) {
  assert.ok(error instanceof CredentialsError, `${error?.stack ?? error}`);
  assert.ok(error instanceof ServiceError);
  assert.equal(error.name, "CredentialsError");
  assert.deepEqual(error.$metadata, { attempts: 0 });
  assert.equal(error.$retryable, undefined);
  assert.match(error.message, message);
}

describe("a provider that never answers", () => {
  test("is given up after a minute, and asked anew by the next call (simulated clock)", LIMIT, async (t) => {
    const provider = providerOf(never, async () => EXAMPLE);
    const { fetch, jobs } = await fetchingFrom(EMPTY, { credentials: provider });
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const outcome = reasonOf(jobs.listMediaAnalysisJobs());
    let isOver = false;
    outcome.finally(() => (isOver = true));
    await turns();
    t.mock.timers.tick(minute - 1);
    await turns();
    assert.equal(isOver, false, "the limit of a request is not that of credentials");
    t.mock.timers.tick(1);
    assertIsForCredentials(await outcome, /did not answer within 60000 ms/);
    assert.equal(fetch.requests.length, 0);
    await jobs.listMediaAnalysisJobs();
    assert.equal(provider.asked, 2);
  });

  for (const [name, call] of Object.entries(OPERATIONS)) {
    test(`ends ${name} within credentialsTimeout, and breaks no later call`, LIMIT, async () => {
      const provider = providerOf(never, never, async () => EXAMPLE);
      const { fetch, jobs } = await fetchingFrom(EMPTY, { credentials: provider, credentialsTimeout: 30 });
      for (const asked of [1, 2]) {
        const error = await reasonOf(call(jobs));
        assertIsForCredentials(error, /did not answer within 30 ms/);
        assert.equal(Object.hasOwn(error, "loaded"), name === "load" || name === "refresh");
        assert.equal(provider.asked, asked);
      }
      await call(jobs);
      assert.equal(fetch.requests.length > 0, true);
    });
  }

  test("is asked once for calls side by side, each of which has an error of its own", LIMIT, async () => {
    const provider = providerOf(never);
    const { jobs } = await fetchingFrom(EMPTY, { credentials: provider, credentialsTimeout: 1_000 });
    const errors = await Promise.all(Array.from({ length: 5 }, () => reasonOf(jobs.load())));
    assert.equal(new Set(errors).size, 5);
    assert.equal(provider.asked, 1);
  });

  test("is asked anew once its time is up, though every call has gone that waited for it", LIMIT, async () => {
    const provider = providerOf(never, async () => EXAMPLE);
    const { jobs } = await fetchingFrom(EMPTY, { credentials: provider, credentialsTimeout: 60 });
    await reasonOf(jobs.load({ signal: AbortSignal.timeout(10) }));
    await sleep(80);
    await jobs.load();
    assert.equal(provider.asked, 2);
  });

  test("keeps no timer of a call that was aborted or closed", LIMIT, async (t) => {
    const running = countTimers(t);
    const { jobs } = await fetchingFrom(EMPTY, { credentials: never });
    const controller = new AbortController();
    const outcomes = Array.from({ length: 10 }, () => reasonOf(jobs.load({ signal: controller.signal })));
    const closed = reasonOf(jobs.listMediaAnalysisJobs());
    await turns();
    assert.equal(running.size, 11);
    controller.abort();
    await Promise.all(outcomes);
    assert.equal(running.size, 1);
    jobs.close();
    await closed;
    assert.equal(running.size, 0);
  });

  test("that answers late is heard all the same", LIMIT, async () => {
    let answer;
    const provider = providerOf(() => new Promise((resolve) => (answer = resolve)), never);
    const { jobs } = await fetchingFrom(EMPTY, { credentials: provider, credentialsTimeout: 30 });
    assertIsForCredentials(await reasonOf(jobs.load()), /did not answer/);
    answer(EXAMPLE);
    await tick();
    await jobs.load();
    assert.equal(provider.asked, 1);
  });

  test("whose answer is overtaken by a later one is not heard", LIMIT, async () => {
    let answer;
    const provider = providerOf(
      () => new Promise((resolve) => (answer = resolve)),
      async () => EXAMPLE,
    );
    const keys = [];
    const jobs = closing(
      await createJobs({
        region: "us-east-1",
        credentials: provider,
        credentialsTimeout: 30,
        fetch: async (_, { headers }) => {
          keys.push(/Credential=(\w+)/.exec(new Headers(headers).get("authorization"))[1]);
          return new Response('{"MediaAnalysisJobs":[]}');
        },
      }),
    );
    await reasonOf(jobs.load());
    await jobs.load();
    answer({ ...EXAMPLE, accessKeyId: "AKIDOLD" });
    await tick();
    await jobs.load();
    assert.deepEqual(keys, ["AKIDEXAMPLE", "AKIDEXAMPLE"]);
  });

  test("at a renewal leaves good credentials in use, and is not asked by every call", LIMIT, async (t) => {
    let now = Date.now();
    t.mock.method(Date, "now", () => now);
    const first = { ...EXAMPLE, expiration: new Date(now + 20 * minute) };
    const provider = providerOf(async () => first, never);
    const { jobs } = await fetchingFrom(EMPTY, { credentials: provider, credentialsTimeout: 50 });
    await jobs.load();
    const asked = [];
    for (const minutes of [14, 2, 0, 0, 1, 1, 0, 1]) {
      now += minutes * minute;
      await jobs.listMediaAnalysisJobs();
      asked.push(provider.asked);
    }
    assert.deepEqual(asked, [1, 2, 2, 2, 2, 3, 3, 4], "renewed at 16 min, then halfway to the end: 18, 19");
    now += 2 * minute;
    assertIsForCredentials(await reasonOf(jobs.load()), /did not answer/);
  });
});

describe("a provider that is slow", () => {
  test("may take longer than a request, whose time begins after it (simulated clock)", LIMIT, async (t) => {
    let answer;
    const { fetch, jobs } = await fetchingFrom(EMPTY, { credentials: () => new Promise((r) => (answer = r)) });
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const listed = jobs.listMediaAnalysisJobs();
    await turns();
    t.mock.timers.tick(50_000);
    await turns();
    answer(EXAMPLE);
    assert.deepEqual((await listed).MediaAnalysisJobs, []);
    assert.equal(fetch.requests.length, 1);
  });

  test("leaves the request its whole time", LIMIT, async () => {
    const { jobs } = await fetchingFrom(
      { hangs: true },
      { credentials: () => sleep(300).then(() => EXAMPLE), requestTimeout: 200, maxAttempts: 1 },
    );
    const began = performance.now();
    const error = await reasonOf(jobs.listMediaAnalysisJobs());
    assert.equal(error.name, "TimeoutError");
    assert.deepEqual(error.$metadata, { attempts: 1 });
    assert.ok(performance.now() - began >= 490);
  });

  test("is awaited without end if credentialsTimeout has none", LIMIT, async () => {
    for (const credentialsTimeout of [Number.POSITIVE_INFINITY, 2 ** 31, 1e15]) {
      const credentials = () => sleep(20).then(() => EXAMPLE);
      const { jobs } = await fetchingFrom(EMPTY, { credentials, credentialsTimeout });
      await jobs.load();
    }
  });

  for (const credentialsTimeout of [0, -1, Number.NaN, "soon", null]) {
    test(`credentialsTimeout ${credentialsTimeout} is refused`, LIMIT, () =>
      assert.rejects(createJobs({ region: "us-east-1", credentialsTimeout }), RangeError),
    );
  }
});

describe("a provider that fails is a CredentialsError with its cause, nothing is sent, and the next call asks again", () => {
  const own = Object.assign(new Error("the token has gone stale"), { code: "STALE" });
  const ways = {
    "throws at once": [() => Promise.reject(own), /failed: the token has gone stale/, own],
    "throws a text": [() => Promise.reject("not today"), /failed: not today/, "not today"],
    "throws nothing": [() => Promise.reject(), /failed: undefined/, undefined],
    "throws what cannot be told": [
      () => Promise.reject(Object.create(null)),
      /failed: something that cannot be read was thrown/,
    ],
    "gives nothing": [async () => undefined, /the credentials are no object/],
    "gives a text": [async () => "AKIDEXAMPLE:secret", /the credentials are no object/],
    "gives an empty object": [async () => ({}), /have no accessKeyId/],
    "gives half a pair": [async () => ({ accessKeyId: "AKIDEXAMPLE" }), /have no secretAccessKey/],
    "gives no time": [async () => ({ ...EXAMPLE, expiration: "soon" }), /expiration is not a time/],
  };
  for (const [name, [way, message, cause]] of Object.entries(ways)) {
    test(name, LIMIT, async () => {
      for (const call of Object.values(OPERATIONS)) {
        const provider = providerOf(way, async () => EXAMPLE);
        const { fetch, jobs } = await fetchingFrom(EMPTY, { credentials: provider });
        const error = await reasonOf(call(jobs));
        assertIsForCredentials(error, message);
        assert.equal(Object.hasOwn(error, "cause"), name !== "throws nothing");
        if (cause !== undefined) assert.equal(error.cause, cause);
        if (name.startsWith("gives")) assert.ok(error.cause instanceof TypeError);
        assert.equal(fetch.requests.length, 0);
        await call(jobs);
        assert.equal(provider.asked, 2);
      }
    });
  }

  test("but no secret that was used before is in it", LIMIT, async () => {
    const { accessKeyId, secretAccessKey } = EXAMPLE;
    const provider = providerOf(
      async () => ({ ...EXAMPLE, expiration: new Date(Date.now() + 1) }),
      () => Promise.reject(new Error(`cannot renew ${secretAccessKey}`, { cause: { accessKeyId, secretAccessKey } })),
    );
    const { jobs } = await fetchingFrom(EMPTY, { credentials: provider });
    await jobs.load();
    await sleep(3);
    const error = await reasonOf(jobs.load());
    assertIsForCredentials(error, /^the provider of credentials failed: cannot renew \[redacted\]$/);
    assert.deepEqual(error.cause.cause, { accessKeyId: "[redacted]", secretAccessKey: "[redacted]" });
  });

  test("and no secret that it never gave, but the provider's error quotes", LIMIT, async () => {
    const secret = "hG7+qk/2LmZx9Wc4RtYbN8vUeJ5sPd3AfT6oKiQ1";
    const token = `IQoJb3JpZ2luX2VjE${"aB3/x+".repeat(40)}==`;
    for (const quoted of [secret, token]) {
      for (const text of [quoted, `"${quoted}"`, `{"SecretAccessKey":"${quoted}"}`, `secret=${quoted}, expired`]) {
        for (const make of [
          () => new Error(text),
          () => new Error("refused", { cause: new Error(text) }),
          () => text,
          () => Object.assign(new Error("x"), { message: text }),
          () => new AggregateError([new Error("a"), new Error(text)], "all failed"),
          () => new Error("a", { cause: new Error("b", { cause: new AggregateError([new Error(text)]) }) }),
        ]) {
          const credentials = async () => {
            throw make();
          };
          const jobs = await createJobs({ region: "us-east-1", credentials });
          const error = await jobs.listMediaAnalysisJobs().then(assert.fail, (reason) => reason);
          jobs.close();
          assert.equal(error.name, "CredentialsError");
          assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes(quoted), inspect(error));
        }
      }
    }
  });

  test("and one that the provider makes itself stays what it is", LIMIT, async () => {
    const own = new CredentialsError({ name: "SignInNeeded", message: "sign in first" });
    assert.ok(own instanceof ServiceError);
    const { jobs } = await fetchingFrom(EMPTY, { credentials: () => Promise.reject(own) });
    const error = await reasonOf(jobs.listMediaAnalysisJobs());
    assert.equal(error, own);
    assert.deepEqual([error.name, error.message, error.$metadata], ["SignInNeeded", "sign in first", { attempts: 0 }]);
  });

  test("and Cognito's errors stay Cognito's", LIMIT, async () => {
    const credentials = fromCognitoIdentityPool({
      identityPoolId: "us-east-1:0",
      fetch: async () => new Response('{"__type":"NotAuthorizedException","message":"no guests"}', { status: 400 }),
    });
    const { fetch, jobs } = await fetchingFrom(EMPTY, { credentials });
    const error = await reasonOf(jobs.load());
    assert.ok(!(error instanceof CredentialsError));
    assert.equal(error.name, "NotAuthorizedException");
    assert.equal(fetch.requests.length, 0);
  });
});

test("an abort while the provider is asked ends the call with its own reason", LIMIT, async () => {
  for (const call of Object.values(OPERATIONS)) {
    const provider = providerOf(never);
    const { jobs } = await fetchingFrom(EMPTY, { credentials: provider });
    const controller = new AbortController();
    const outcome = reasonOf(call(jobs, { signal: controller.signal }));
    await until(() => provider.asked === 1);
    const reason = new Error("changed my mind");
    controller.abort(reason);
    assert.equal(await outcome, reason);
  }
});
