// Calls to the service: a network that fails, hosts that fall silent, and time limits.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { describe, test } from "node:test";
import { createJobs, ServiceError } from "rekognition-jobs";
import { wireJob } from "../jobs_of.js";
import { answerFrom } from "./scripted_service.js";
import {
  LIMIT,
  EMPTY,
  OPERATIONS,
  closing,
  talkingTo,
  fetchingFrom,
  reasonOf,
  failure,
  sleep,
  until,
  accountOf,
} from "./calls.js";

describe("no answer", () => {
  test("no server is a NetworkError", LIMIT, async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address();
    server.close();
    await once(server, "close");
    const jobs = closing(await createJobs({ endpoint: `http://127.0.0.1:${port}/` }));
    for (const [name, call] of Object.entries(OPERATIONS)) {
      const error = await failure(call(jobs), "NetworkError");
      assert.deepEqual(error.$metadata, { attempts: 3 }, name);
      assert.deepEqual(error.$retryable, { throttling: false }, name);
      assert.ok(error.message.length > 0);
    }
  });

  test("a connection that breaks is a NetworkError, before the answer and in it", LIMIT, async () => {
    for (const answer of [{ breaks: "before" }, { body: { MediaAnalysisJobs: [wireJob("a")] }, breaks: "in body" }]) {
      const { service, jobs } = await talkingTo(answer, { maxAttempts: 2 });
      const error = await failure(jobs.load(), "NetworkError");
      assert.equal(error.$metadata.attempts, 2);
      assert.equal(service.requests.length, 2);
      assert.equal(jobs.size, 0);
    }
  });

  const nonsense = {
    "throws at once": () => {
      throw new Error("not today");
    },
    "throws no Error": () => {
      throw "not today";
    },
    rejects: async () => {
      throw new TypeError("Failed to fetch");
    },
    "rejects with nothing": () => Promise.reject(),
    "gives undefined": () => undefined,
    "gives null": async () => null,
    "gives a number": async () => 200,
    "gives a text": async () => "ok",
    "gives an empty object": async () => ({}),
    "gives a status only": async () => ({ status: 200 }),
    "gives headers that are none": async () => ({ status: 200, headers: {} }),
    "gives headers that are null": async () => ({ status: 200, headers: null }),
    "gives no body": async () => ({ status: 200, ok: true, headers: new Headers() }),
    "gives a body that throws": async () => ({
      status: 200,
      ok: true,
      headers: new Headers(),
      arrayBuffer() {
        throw new Error("no");
      },
      text() {
        throw new Error("no");
      },
    }),
    "gives a body that rejects": async () => ({
      status: 200,
      ok: true,
      headers: new Headers(),
      arrayBuffer: async () => {
        throw new Error("no");
      },
      text: async () => {
        throw new Error("no");
      },
    }),
    "gives a body that is nothing": async () => ({
      status: 200,
      ok: true,
      headers: new Headers(),
      arrayBuffer: async () => undefined,
      text: async () => undefined,
    }),
    "gives a body used before": async () => {
      const response = new Response("{}");
      await response.text();
      return response;
    },
    "gives a status that is none": async () => ({
      status: "fine",
      headers: new Headers(),
      arrayBuffer: async () => new ArrayBuffer(0),
    }),
    "gives an opaque Response": async () => Response.error(),
  };
  for (const [name, fetch] of Object.entries(nonsense)) {
    test(`a fetch that ${name}`, LIMIT, async () => {
      const jobs = closing(await createJobs({ region: "us-east-1", fetch, maxAttempts: 2 }));
      for (const call of [OPERATIONS.listMediaAnalysisJobs, OPERATIONS.load]) {
        const error = await reasonOf(call(jobs));
        assert.ok(error instanceof ServiceError, `${error?.stack ?? error}`);
        assert.ok(error.$metadata.attempts >= 1);
      }
      await jobs.import(JSON.stringify(wireJob("a")));
      assert.equal(jobs.query("id:a").length, 1, "the engine still works");
    });
  }

  test("a fetch of its own is called as fetch is, and may be any function", LIMIT, async () => {
    const calls = [];
    const jobs = closing(
      await createJobs({
        region: "us-east-1",
        fetch(url, init) {
          calls.push({ url: String(url), method: init.method, isSignal: init.signal instanceof AbortSignal });
          return { then: (resolve) => resolve(new Response('{"MediaAnalysisJobs":[]}')) };
        },
      }),
    );
    assert.deepEqual(await jobs.listMediaAnalysisJobs(), { MediaAnalysisJobs: [] });
    assert.deepEqual(calls, [{ url: "https://rekognition.us-east-1.amazonaws.com/", method: "POST", isSignal: true }]);
  });
});

describe("requestTimeout", () => {
  for (const hangs of ["before", "in body"]) {
    test(`is a TimeoutError when the service hangs ${hangs}, and the connection is given up`, LIMIT, async () => {
      const good = { body: { MediaAnalysisJobs: [wireJob("a")] } };
      const { service, jobs } = await talkingTo((_, index) => (index === 0 ? good : { ...good, hangs }), {
        maxAttempts: 2,
        requestTimeout: 250,
      });
      await jobs.listMediaAnalysisJobs().catch(() => {});
      const sent = service.requests.length;
      const start = performance.now();
      const error = await failure(jobs.listMediaAnalysisJobs(), "TimeoutError");
      const took = performance.now() - start;
      assert.ok(took >= 490 && took < 5_000, `${took} ms`);
      assert.equal(error.$metadata.attempts, 2);
      assert.deepEqual(error.$retryable, { throttling: false });
      assert.equal(service.requests.length, sent + 2);
      await until(() => service.cutOff >= 2);
    });

    test(`lets the next attempt answer when one hangs ${hangs}`, LIMIT, async () => {
      let count = 0;
      const good = { body: { MediaAnalysisJobs: [wireJob("a")] } };
      const { jobs } = await talkingTo(() => (count++ === 0 ? { ...good, hangs } : good), {
        maxAttempts: 3,
        requestTimeout: 400,
      });
      const loaded = await jobs.load();
      assert.ok(loaded.retries >= 1);
      assert.equal(jobs.size, 1);
    });
  }

  test("is for each request, not for all of them", LIMIT, async () => {
    const account = accountOf(8);
    const answer = answerFrom(account, { pageSize: 1 });
    const { jobs } = await talkingTo(
      async (request) => {
        await sleep(150);
        return answer(request);
      },
      { requestTimeout: 1_000 },
    );
    assert.equal((await jobs.load()).added, 8);
  });

  test("does not count the waits", LIMIT, async () => {
    let count = 0;
    const { jobs } = await fetchingFrom(
      () => (count++ ? EMPTY : { status: 500, headers: { "x-amz-retry-after": "200" } }),
      { requestTimeout: 100 },
    );
    await jobs.listMediaAnalysisJobs();
    assert.equal(count, 2);
  });
});
