// Calls to the service: what is tried again, how often, and after which wait.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { meant } from "../jobs_of.js";
import { answerFrom, exception } from "./scripted_service.js";
import { LIMIT, OPERATIONS, fetchingFrom, failure, sleep, tick, accountOf } from "./calls.js";

describe("retries", () => {
  const unwell = { status: 500, body: "" };

  test("an attempt that fails for a moment is made again, 3 times at most", LIMIT, async () => {
    for (const [maxAttempts, most] of [
      [undefined, 3],
      [1, 1],
      [2, 2],
      [5, 5],
    ]) {
      for (const [name, call] of Object.entries(OPERATIONS)) {
        const { fetch, jobs } = await fetchingFrom(unwell, maxAttempts === undefined ? {} : { maxAttempts });
        const error = await failure(call(jobs), "UnknownError");
        assert.equal(error.$metadata.attempts, most, name);
        assert.equal(fetch.requests.length, most, name);
        for (const request of fetch.requests) assert.deepEqual(request, fetch.requests[0], name);
      }
    }
  });

  test("and its answer counts when it comes", LIMIT, async () => {
    const account = accountOf(25);
    for (const bad of [
      unwell,
      { status: 503, body: "<html>" },
      exception("InternalServerError", { status: 500 }),
      { breaks: "before" },
    ]) {
      let count = 0;
      const answer = answerFrom(account, { pageSize: 10 });
      const { fetch, jobs } = await fetchingFrom((request) => (count++ % 3 < 2 ? bad : answer(request)));
      assert.deepEqual(await jobs.load(), {
        added: 25,
        updated: 0,
        unchanged: 0,
        pages: 3,
        retries: 6,
        complete: true,
      });
      assert.deepEqual(
        await jobs.getMediaAnalysisJob({ JobId: "job-0007" }),
        meant(account.jobs.find(({ JobId }) => JobId === "job-0007")),
      );
      assert.equal(fetch.requests.length, 12);
    }
  });

  test("what will not get better is not tried again", LIMIT, async () => {
    for (const name of [
      "AccessDeniedException",
      "InvalidParameterException",
      "InvalidPaginationTokenException",
      "ResourceNotFoundException",
      "UnrecognizedClientException",
      "FooError",
    ]) {
      const { fetch, jobs } = await fetchingFrom(exception(name));
      const error = await failure(jobs.listMediaAnalysisJobs(), name);
      assert.equal(error.$metadata.attempts, 1);
      assert.equal(fetch.requests.length, 1, name);
    }
  });

  /**
   * The wait that load tells before each retry, over a fetch that never gets well. Timers end as soon as they are told;
   * of several waits before one retry the first is meant.
   */
  async function waitsOf(t, answer, maxAttempts) {
    const { jobs } = await fetchingFrom(answer, { maxAttempts });
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const waits = [];
    let told = 0;
    let isDone = false;
    const onProgress = ({ waitingMs, retries }) => {
      if (waitingMs === undefined) return;
      told += waitingMs;
      waits[retries] ??= waitingMs;
    };
    const call = jobs.load({ onProgress }).then(
      () => assert.fail("it was answered"),
      () => (isDone = true),
    );
    for (let ticked = 0; !isDone; await tick()) {
      if (told === ticked) continue;
      t.mock.timers.tick(Math.ceil(told - ticked));
      ticked = told;
    }
    await call;
    t.mock.timers.reset();
    return waits;
  }

  test("waits grow, differ, and end at 20 seconds", LIMIT, async (t) => {
    for (const [answer, base] of [
      [unwell, 50],
      [exception("ThrottlingException"), 1_000],
      [{ status: 429, body: "" }, 1_000],
    ]) {
      const seen = new Set();
      for (let round = 0; round < 5; round++) {
        const waits = await waitsOf(t, answer, 12);
        assert.equal(waits.length, 11);
        waits.forEach((wait, i) => {
          assert.ok(wait >= 0 && wait <= Math.min(base * 2 ** i, 20_000), `${base}: wait ${i} of ${wait}`);
          seen.add(wait);
        });
      }
      assert.ok(seen.size > 40, "they are random");
      assert.ok(Math.max(...seen) > 4 * base);
    }
  });

  test("a wait that the service asks for is kept to, within 5 seconds", LIMIT, async (t) => {
    const asking = (milliseconds) => ({ ...unwell, headers: { "x-amz-retry-after": milliseconds } });
    for (const wait of await waitsOf(t, asking("300"), 3)) assert.equal(wait, 300);
    for (const wait of await waitsOf(t, asking("999999"), 3)) assert.ok(wait >= 5_000 && wait <= 5_100, `${wait}`);
    for (const hint of ["-5", "soon", "", "1e9", "0x10"]) {
      for (const wait of await waitsOf(t, asking(hint), 3)) assert.ok(wait >= 0 && wait <= 5_100, `${hint}: ${wait}`);
    }
  });

  test("many of them leave nothing behind that Node would warn of", LIMIT, async () => {
    const warnings = [];
    const warn = (warning) => warnings.push(String(warning));
    process.on("warning", warn);
    const answer = answerFrom(accountOf(30), { pageSize: 1 });
    let count = 0;
    const { signal } = new AbortController();
    const { jobs } = await fetchingFrom((request) =>
      count++ % 2 === 0 ? { status: 500, headers: { "x-amz-retry-after": "1" } } : answer(request),
    );
    assert.equal((await jobs.load({ signal })).retries, 30);
    await sleep(5);
    process.off("warning", warn);
    assert.deepEqual(
      warnings.filter((warning) => warning.includes("Listener")),
      [],
    );
  });

  test("onProgress tells pages, jobs, retries, and the wait at hand", LIMIT, async () => {
    const account = accountOf(25);
    let count = 0;
    const answer = answerFrom(account, { pageSize: 10 });
    const { jobs } = await fetchingFrom((request) => (count++ === 1 ? unwell : answer(request)));
    const told = [];
    await jobs.load({ onProgress: (progress) => told.push({ ...progress }) });
    const waits = told.filter(({ waitingMs }) => waitingMs !== undefined);
    assert.equal(waits.length, 1);
    assert.ok(waits[0].waitingMs >= 0 && waits[0].waitingMs <= 50);
    assert.deepEqual({ pages: waits[0].pages, jobs: waits[0].jobs }, { pages: 1, jobs: 10 });
    assert.deepEqual(told.at(-1), { pages: 3, jobs: 25, retries: 1 });
    assert.deepEqual(
      [...new Set(told.map(({ pages }) => pages))].filter((pages) => pages > 0),
      [1, 2, 3],
    );
    for (let i = 1; i < told.length; i++) {
      for (const name of ["pages", "jobs", "retries"]) assert.ok(told[i][name] >= told[i - 1][name], name);
    }
  });

  test("a page that had to be asked for twice is counted once", LIMIT, async () => {
    const account = accountOf(25);
    let count = 0;
    const answer = answerFrom(account, { pageSize: 10 });
    const { jobs } = await fetchingFrom((request) => {
      const { body } = answer(request);
      return count++ === 1 ? { body: JSON.stringify(body).slice(0, -200) } : { body };
    });
    const loaded = await jobs.load();
    assert.equal(jobs.size, 25);
    assert.equal(loaded.pages, 3);
    assert.equal(loaded.added, 25);
  });
});
