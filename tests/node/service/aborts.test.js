// Calls to the service: AbortSignals.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, test } from "node:test";
import { wireJob } from "../jobs_of.js";
import { answerFrom, exception } from "./scripted_service.js";
import {
  LIMIT,
  EMPTY,
  OPERATIONS,
  talkingTo,
  fetchingFrom,
  reasonOf,
  sleep,
  tick,
  until,
  pagesOf,
  accountOf,
} from "./calls.js";

describe("an AbortSignal", () => {
  /** Rejects with what `call` rejects with, unless that takes longer than a tick. */
  const atOnce = (call) => Promise.race([call, tick().then(() => assert.fail("it took longer than a tick"))]);
  const reasons = {
    "an Error": new Error("changed my mind"),
    "an object": { mine: true },
    "a text": "enough",
    "a number": 0,
  };

  test("that is aborted already sends nothing", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(EMPTY);
    for (const [name, call] of Object.entries(OPERATIONS)) {
      for (const reason of Object.values(reasons)) {
        assert.equal(await reasonOf(call(jobs, { signal: AbortSignal.abort(reason) })), reason, name);
      }
      await assert.rejects(call(jobs, { signal: AbortSignal.abort() }), { name: "AbortError" });
    }
    assert.equal(fetch.requests.length, 0);
  });

  for (const [name, call] of Object.entries(OPERATIONS)) {
    test(`ends ${name} during its request, at once, with its own reason`, LIMIT, async () => {
      for (const hangs of ["before", "in body"]) {
        const { service, jobs } = await talkingTo(
          { body: { MediaAnalysisJobs: [wireJob("a")] }, hangs },
          { maxAttempts: 3 },
        );
        for (const reason of Object.values(reasons)) {
          const controller = new AbortController();
          const sent = service.requests.length;
          const pending = call(jobs, { signal: controller.signal });
          pending.catch(() => {});
          await until(() => service.requests.length > sent);
          await sleep(15);
          controller.abort(reason);
          assert.equal(await reasonOf(atOnce(pending)), reason);
          assert.equal(getEventListeners(controller.signal, "abort").length, 0, "it lets go of the signal");
        }
        const sent = service.requests.length;
        await until(() => service.cutOff === sent);
        await sleep(60);
        assert.equal(service.requests.length, sent, "no further attempt is made");
      }
    });

    test(`ends ${name} during a wait, at once, with its own reason`, LIMIT, async () => {
      const { fetch, jobs } = await fetchingFrom({
        ...exception("ThrottlingException"),
        headers: { "x-amz-retry-after": "4000" },
      });
      const reason = new Error("changed my mind");
      const controller = new AbortController();
      const pending = call(jobs, { signal: controller.signal });
      pending.catch(() => {});
      await until(() => fetch.requests.length === 1);
      await sleep(15);
      controller.abort(reason);
      assert.equal(await reasonOf(atOnce(pending)), reason);
      assert.equal(getEventListeners(controller.signal, "abort").length, 0);
      assert.equal(fetch.requests.length, 1);
    });
  }

  test("ends a walk between two pages", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(answerFrom(accountOf(30), { pageSize: 10 }));
    const controller = new AbortController();
    const pages = jobs.paginateListMediaAnalysisJobs({}, { signal: controller.signal });
    await pages.next();
    controller.abort();
    await assert.rejects(pages.next(), { name: "AbortError" });
    assert.deepEqual(await pages.next(), { done: true, value: undefined });
    assert.equal(fetch.requests.length, 1);
  });

  test("ends a load in the middle: what came is kept and told", LIMIT, async () => {
    const controller = new AbortController();
    const { jobs } = await fetchingFrom(answerFrom(accountOf(50), { pageSize: 10 }));
    const error = await reasonOf(
      jobs.load({
        signal: controller.signal,
        onProgress: ({ pages }) => pages === 2 && controller.abort(),
      }),
    );
    assert.equal(error, controller.signal.reason);
    assert.equal(error.name, "AbortError");
    assert.ok(!Object.hasOwn(error, "loaded"), "nothing is written on the caller's reason");
    assert.deepEqual(jobs.loaded, {
      added: 20,
      updated: 0,
      unchanged: 0,
      pages: 2,
      retries: 0,
      complete: false,
      NextToken: "after job-0031",
    });
    assert.equal(jobs.size, 20);
    assert.deepEqual(await jobs.load({ NextToken: jobs.loaded.NextToken }), {
      added: 30,
      updated: 0,
      unchanged: 0,
      pages: 3,
      retries: 0,
      complete: true,
    });
  });

  test("is let go of by calls that end well", LIMIT, async () => {
    const { signal } = new AbortController();
    const { jobs } = await fetchingFrom(answerFrom(accountOf(30), { pageSize: 10 }));
    await jobs.listMediaAnalysisJobs({}, { signal });
    await jobs.getMediaAnalysisJob({ JobId: "job-0001" }, { signal });
    await jobs.load({ signal });
    await jobs.refresh({ signal });
    await pagesOf(jobs.paginateListMediaAnalysisJobs({}, { signal }));
    await jobs.import('{"JobId":"a"}', { signal });
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  test("that times out rejects with its TimeoutError, which is no ServiceError", LIMIT, async () => {
    const { jobs } = await fetchingFrom({ hangs: true });
    const error = await reasonOf(jobs.listMediaAnalysisJobs({}, { signal: AbortSignal.timeout(20) }));
    assert.ok(error instanceof DOMException);
    assert.equal(error.name, "TimeoutError");
  });
});
