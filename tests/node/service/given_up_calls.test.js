// Calls that are aborted, closed or timed out give back all that they took, by a simulated clock: the next call waits no
// longer than the service's limit of one call asks for.

import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { finishedJob } from "../s3/s3_objects.js";
import { exception } from "./scripted_service.js";
import { EMPTY, LIMIT, OPERATIONS, fetchingFrom, failure, tick } from "./calls.js";

const throttled = exception("ThrottlingException");
/** Two thirds of the rate that one answer in half a second is taken for. */
const turn = 1_000 / (2 * 0.7);

/** A clock that stands still unless it is moved, for timers and dates. */
function simulate(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.UTC(2026, 10, 28) });
  /** Moves it step by step, and lets what waits for it go on. */
  const pass = async (milliseconds) => {
    for (let left = milliseconds; left > 0; left -= 50) {
      t.mock.timers.tick(Math.min(50, left));
      await tick();
    }
  };
  /** Moves it until the promise is settled; gives how long that took. */
  const passUntil = async (promise) => {
    const start = Date.now();
    let isSettled = false;
    promise.then(
      () => (isSettled = true),
      () => (isSettled = true),
    );
    for (await tick(); !isSettled; await pass(50)) assert.ok(Date.now() - start < 3_600_000, "it waits in vain");
    return Date.now() - start;
  };
  return { pass, passUntil };
}

/** Jobs whose service has throttled one call and answers all others. */
async function throttledOnce(options = {}) {
  let isThrottled = true;
  const { jobs, fetch } = await fetchingFrom(() => (isThrottled ? throttled : EMPTY), { maxAttempts: 1, ...options });
  await failure(jobs.listMediaAnalysisJobs(), "ThrottlingException");
  isThrottled = false;
  return { jobs, fetch };
}

describe("calls that are aborted while they wait for their turns", () => {
  for (const count of [1, 60, 1_000]) {
    test(`${count} of them: the next call waits for one turn`, LIMIT, async (t) => {
      const { pass, passUntil } = simulate(t);
      const { jobs, fetch } = await throttledOnce();
      const controllers = [];
      const calls = Array.from({ length: count }, (_, i) => {
        controllers.push(new AbortController());
        const call = Object.values(OPERATIONS)[i % 5];
        return call(jobs, { signal: controllers[i].signal });
      });
      const ends = Promise.allSettled(calls);
      await pass(300);
      const sent = fetch.requests.length;
      for (const controller of controllers) controller.abort();
      assert.deepEqual(new Set((await ends).map(({ reason }) => reason?.name)), new Set(["AbortError"]));
      const took = await passUntil(jobs.listMediaAnalysisJobs());
      assert.ok(took <= turn + 100, `it took ${took} ms`);
      assert.equal(fetch.requests.length, sent + 1);
    });
  }

  test("a call that came after them moves up, and says how long it still waits", LIMIT, async (t) => {
    const { pass, passUntil } = simulate(t);
    const { jobs } = await throttledOnce();
    const controller = new AbortController();
    const given = Array.from({ length: 60 }, () => jobs.listMediaAnalysisJobs({}, { signal: controller.signal }));
    const ends = Promise.allSettled(given);
    await tick();
    const waits = [];
    const last = jobs.load({ onProgress: ({ waitingMs }) => waitingMs !== undefined && waits.push(waitingMs) });
    await pass(300);
    assert.ok(waits[0] > 60 * turn - 400, `it waits ${waits[0]} ms`);
    controller.abort();
    await ends;
    const took = await passUntil(last);
    assert.ok(took <= turn + 600, `it took ${took} ms`);
    assert.ok(waits.at(-1) < turn, `it waited ${waits}`);
  });
});

test("retries that are aborted, waiting or under way, leave later calls their retries", LIMIT, async (t) => {
  const { pass, passUntil } = simulate(t);
  let isUnwell = true;
  const { jobs, fetch } = await fetchingFrom((_, index) =>
    isUnwell ? (index % 3 === 2 ? { hangs: "before" } : { status: 500 }) : EMPTY,
  );
  for (let round = 0; round < 200; round++) {
    const controller = new AbortController();
    const call = jobs.listMediaAnalysisJobs({}, { signal: controller.signal }).catch(() => {});
    await tick();
    if (round % 2 === 0) await pass(100);
    controller.abort();
    await call;
  }
  const sent = fetch.requests.length;
  const after = jobs.listMediaAnalysisJobs();
  await tick();
  isUnwell = false;
  await passUntil(after);
  assert.deepEqual(await after, { MediaAnalysisJobs: [] });
  assert.ok(fetch.requests.length > sent, "it was sent");
});

describe("a body that comes after its call was given up is let go", () => {
  /** Responses by the kind of their body; `let go` is called when that is given up. */
  const RESPONSES = {
    "the platform's": (letGo) => new Response(new ReadableStream({ cancel: letGo })),
    "a stream of Node": (letGo) => ({
      status: 200,
      headers: new Headers(),
      body: new Readable({
        read() {},
        destroy(_, done) {
          letGo();
          done();
        },
      }),
    }),
  };
  const CALLS = {
    list: (jobs, options) => jobs.listMediaAnalysisJobs({}, options),
    load: (jobs, options) => jobs.load(options),
    results: (jobs, options) => jobs.results("f1", options),
    image: (jobs, options) => jobs.image("s3://input/a.png", options),
  };
  for (const [kind, respond] of Object.entries(RESPONSES)) {
    for (const [name, call] of Object.entries(CALLS)) {
      for (const end of ["abort", "close", "time limit"]) {
        test(`${name}, ${kind}, by ${end}`, LIMIT, async () => {
          let answer;
          let isLetGo = false;
          const jobs = await createJobs({
            region: "us-east-1",
            maxAttempts: 1,
            requestTimeout: end === "time limit" ? 20 : 10_000,
            fetch: () => new Promise((resolve) => (answer = resolve)),
          });
          await jobs.import(JSON.stringify(finishedJob()));
          const controller = new AbortController();
          const coming = call(jobs, { signal: controller.signal });
          coming.catch(() => {});
          while (answer === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
          const first = answer;
          if (end === "abort") controller.abort();
          if (end === "close") jobs.close();
          if (end !== "time limit" || name === "list" || name === "load") await assert.rejects(coming);
          else await new Promise((resolve) => setTimeout(resolve, 60));
          first(respond(() => (isLetGo = true)));
          for (let turns = 0; !isLetGo && turns < 200; turns++) await new Promise((resolve) => setTimeout(resolve, 1));
          assert.ok(isLetGo);
          answer(new Response("", { status: 404 }));
          jobs.close();
        });
      }
    }
  }
});
