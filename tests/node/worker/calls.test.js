// Calls of a Jobs in a worker that are aborted, closed, in one another's way, or whose listeners throw.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { failOnUnhandledRejections } from "../unhandled_rejections.js";
import { wireJob } from "../jobs_of.js";
import { results70, resultsFile } from "../results/results_of.js";
import { inWorker, LIMIT, MODULES, outcomeOf, reasonOf, tick, until } from "./worker_jobs.js";

failOnUnhandledRejections();

const page = (ids, NextToken) =>
  new Response(JSON.stringify({ MediaAnalysisJobs: ids.map((id) => wireJob(id)), ...(NextToken && { NextToken }) }));
/** A service whose answers wait until they are let go. */
function service() {
  const told = { asked: 0, aborted: 0 };
  const waiting = [];
  const fetch = (_, { signal }) => {
    const number = ++told.asked;
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => {
        told.aborted++;
        reject(signal.reason);
      });
      waiting.push(() => resolve(page([`job-${number}`], `token-${number}`)));
    });
  };
  return { told, fetch, answer: () => waiting.shift()?.() };
}
const hanging = () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) });
const options = (fetch) => ({ region: "us-east-1", fetch, maxAttempts: 1 });

/** Calls that wait until they are ended. */
const CALLS = {
  listMediaAnalysisJobs: (jobs, given) => jobs.listMediaAnalysisJobs({}, given),
  getMediaAnalysisJob: (jobs, given) => jobs.getMediaAnalysisJob({ JobId: "a" }, given),
  paginateListMediaAnalysisJobs: (jobs, given) => jobs.paginateListMediaAnalysisJobs({}, given).next(),
  load: (jobs, given) => jobs.load(given),
  refresh: (jobs, given) => jobs.refresh(given),
  import: (jobs, given) => jobs.import(hanging(), given),
  open: (jobs, given) => jobs.open(hanging(), given),
  openResults: (jobs, given) => jobs.openResults(hanging(), given),
  "openResults, its summary": (jobs, given) => jobs.openResults("{}", { summary: hanging(), ...given }),
  results: (jobs, given) => jobs.results("a", given),
  image: (jobs, given) => jobs.image("s3://bucket/b.png", given),
};

describe("an abort returns the signal's own reason, at any time", () => {
  const reasons = [new Error("mine"), "a text", { any: "thing" }, undefined];
  for (const [name, call] of Object.entries(CALLS)) {
    test(name, LIMIT, async () => {
      const { fetch } = service();
      const jobs = await inWorker(options(fetch));
      for (const reason of reasons) {
        const before = AbortSignal.abort(reason);
        assert.equal(await reasonOf(call(jobs, { signal: before })), before.reason, "before");
        for (const wait of [() => {}, () => Promise.resolve(), () => tick(), () => tick(30)]) {
          const controller = new AbortController();
          const calling = call(jobs, { signal: controller.signal });
          calling.catch(() => {});
          await wait();
          controller.abort(reason);
          let isAtOnce = false;
          calling.catch(() => (isAtOnce = true));
          for (let turn = 0; turn < 20; turn++) await undefined;
          // A load ends with the worker's, which then has told how far it got.
          assert.equal(isAtOnce, !["load", "refresh"].includes(name), "it does not wait for the worker");
          assert.equal(await reasonOf(calling), controller.signal.reason, `during: ${wait}`);
        }
      }
      assert.equal(await jobs.size, 0, "the next call is answered");
    });
  }

  test("after its end it changes nothing, and its listener is gone", LIMIT, async () => {
    const jobs = await inWorker();
    const listening = new Set();
    const signal = new AbortController().signal;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (name, act) => listening.add(act) && addEventListener.call(signal, name, act);
    signal.removeEventListener = (name, act) => listening.delete(act) && removeEventListener.call(signal, name, act);
    for (let i = 0; i < 20; i++) await jobs.import("[]", { signal });
    assert.equal(listening.size, 0);
  });

  test("in the middle of the pages of a list", LIMIT, async () => {
    for (const module of Object.values(MODULES)) {
      const { fetch, answer, told } = service();
      const jobs = await module(options(fetch));
      const controller = new AbortController();
      const pages = jobs.paginateListMediaAnalysisJobs({}, { signal: controller.signal });
      const first = pages.next();
      await until(() => told.asked === 1);
      answer();
      assert.equal((await first).value.NextToken, "token-1");
      const second = pages.next();
      second.catch(() => {});
      await until(() => told.asked > 1);
      controller.abort("stop");
      assert.equal(await reasonOf(second), "stop");
      await until(() => told.aborted > 0, "the request is aborted too");
      assert.deepEqual(await pages.next(), { done: true, value: undefined });
    }
  });

  test("between the pages of a list", LIMIT, async () => {
    for (const module of Object.values(MODULES)) {
      const { fetch, answer, told } = service();
      const jobs = await module(options(fetch));
      const controller = new AbortController();
      const pages = jobs.paginateListMediaAnalysisJobs({}, { signal: controller.signal });
      const first = pages.next();
      await until(() => told.asked === 1);
      answer();
      await first;
      controller.abort("stop");
      assert.equal(await reasonOf(pages.next()), "stop");
      assert.deepEqual(await pages.next(), { done: true, value: undefined });
    }
  });

  test("and `loaded` says how far a load got", LIMIT, async () => {
    const outcomes = [];
    for (const module of Object.values(MODULES)) {
      const { fetch, answer, told } = service();
      const jobs = await module(options(fetch));
      const controller = new AbortController();
      const loading = jobs.load({ signal: controller.signal });
      loading.catch(() => {});
      await until(() => told.asked === 1);
      answer();
      await until(async () => (await jobs.size) === 1);
      controller.abort("stop");
      await reasonOf(loading);
      outcomes.push([await jobs.loaded, await jobs.size]);
    }
    assert.deepEqual(outcomes[1], outcomes[0]);
  });

  test("of results that come too late: they are closed in the worker", LIMIT, async () => {
    const jobs = await inWorker();
    const file = resultsFile(results70(2000, 1));
    for (let i = 0; i < 30; i++) {
      const controller = new AbortController();
      const opening = jobs.openResults(file, { signal: controller.signal });
      opening.catch(() => {});
      await tick(i);
      controller.abort("stop");
      await opening.then(
        (results) => results.close(),
        (reason) => assert.equal(reason, "stop"),
      );
    }
    assert.equal((await jobs.openResults(file)).length, 2000);
  });
});

describe("an onProgress that throws ends its call with that, and nothing is reported after", () => {
  for (const name of ["import", "open", "openResults", "load"]) {
    test(name, LIMIT, async () => {
      const jobs = await inWorker(options(async () => page(["a"])));
      const text = JSON.stringify(Array.from({ length: 5000 }, (_, i) => wireJob(`job-${i}`)));
      for (const reason of [new Error("mine"), "a text", undefined]) {
        let called = 0;
        const onProgress = () => {
          called++;
          throw reason;
        };
        const given = { onProgress };
        assert.equal(await reasonOf(name === "load" ? jobs.load(given) : jobs[name](text, given)), reason);
        await tick(20);
        assert.equal(called, 1);
        await jobs.size;
      }
    });
  }
});

describe("close() ends each call that runs, soon, and with the same words", () => {
  for (const [name, call] of Object.entries(CALLS)) {
    test(name, LIMIT, async () => {
      const outcomes = [];
      for (const module of Object.values(MODULES)) {
        const { fetch } = service();
        const jobs = await module(options(fetch));
        const calling = call(jobs, {});
        calling.catch(() => {});
        await tick(30);
        jobs.close();
        const start = performance.now();
        outcomes.push(await outcomeOf(() => calling));
        assert.ok(performance.now() - start < 1000);
      }
      assert.deepEqual(outcomes[1], outcomes[0]);
    });
  }

  test("and requests and streams with it", LIMIT, async () => {
    const { fetch, told } = service();
    const jobs = await inWorker(options(fetch));
    await jobs.import(JSON.stringify(Array.from({ length: 20_000 }, (_, i) => wireJob(`job-${i}`))));
    const loading = jobs.load();
    loading.catch(() => {});
    const [exported, kept] = [(await jobs.query()).exportStream("csv"), jobs.snapshot()];
    await until(() => told.asked > 0);
    jobs.close();
    await reasonOf(loading);
    await until(() => told.aborted > 0);
    assert.match(String(await reasonOf(new Response(exported).text())), /is closed/);
    assert.match(String(await reasonOf(new Response(kept).text())), /is closed/);
  });
});

test("calls are answered in the order in which they were made", LIMIT, async () => {
  const jobs = await inWorker();
  const order = [];
  const note = (name) => (value) => {
    order.push(name);
    return value;
  };
  const importing = jobs.import('{"JobId":"a"}');
  await Promise.all([
    importing.then(note("import")),
    importing.then(() => jobs.size).then((size) => assert.equal(size, 1)),
    jobs.tokens("a").then(note("tokens")),
    jobs.query("").then(note("query")),
    jobs.get("a").then(note("get")),
    jobs.clear().then(note("clear")),
  ]);
  const atOnce = order.filter((name) => name !== "import");
  assert.deepEqual(atOnce, ["tokens", "query", "get", "clear"]);
});

test("many calls at once each have their own answer", LIMIT, async () => {
  const jobs = await inWorker();
  await jobs.import(Array.from({ length: 500 }, (_, i) => JSON.stringify(wireJob(`job-${i}`))).join(" "));
  const found = await Promise.all(
    Array.from({ length: 500 }, async (_, i) => (await (await jobs.query(`id:job-${i}`)).rows(0, 1))[0].JobId),
  );
  assert.deepEqual(
    found,
    Array.from({ length: 500 }, (_, i) => `job-${i}`),
  );
});

test("a view is what it was, whatever comes after", LIMIT, async () => {
  const jobs = await inWorker();
  await jobs.import('{"JobId":"a"} {"JobId":"b"}');
  const view = await jobs.query();
  await Promise.all([jobs.import('{"JobId":"c"}'), jobs.clear()]);
  assert.deepEqual((await view.rows(0, 5)).map(({ JobId }) => JobId).sort(), ["a", "b"]);
});
