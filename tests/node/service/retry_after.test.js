// Waits that a server asks for by Retry-After: kept up to maxRetryAfter, by a simulated clock; a longer one is an error.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { exception } from "./scripted_service.js";
import { EMPTY, LIMIT, OPERATIONS, fetchingFrom, failure, tick } from "./calls.js";

const asking = (seconds, answer = exception("ThrottlingException")) => ({
  ...answer,
  headers: { "retry-after": seconds },
});

/** The times of the requests, in milliseconds since the first. */
async function timesOf(t, answer, options) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.UTC(2026, 10, 28) });
  const times = [];
  const { jobs } = await fetchingFrom((_, index) => {
    times.push(Date.now());
    return answer(index);
  }, options);
  let isDone = false;
  const outcome = jobs.listMediaAnalysisJobs().then(
    (page) => page,
    (error) => error,
  );
  outcome.then(() => (isDone = true));
  for (let i = 0; i < 20_000 && !isDone; i++) {
    await tick();
    if (!isDone) t.mock.timers.tick(100);
  }
  t.mock.timers.reset();
  return { outcome: await outcome, times: times.map((time) => time - times[0]) };
}

for (const [name, unwell] of [
  ["throttling", exception("ThrottlingException")],
  ["429", { status: 429, body: "" }],
  ["503", { status: 503, body: "" }],
]) {
  test(`Retry-After: 30 with ${name} is kept, and uses one attempt`, LIMIT, async (t) => {
    const { outcome, times } = await timesOf(t, (index) => (index < 2 ? asking("30", unwell) : EMPTY));
    assert.deepEqual(outcome, { MediaAnalysisJobs: [] });
    assert.equal(times.length, 3);
    for (const [i, at] of times.entries()) assert.ok(at >= 30_000 * i && at < 30_000 * i + 3_000, `${times}`);
  });
}

test("a wait beyond maxRetryAfter ends the call at once, and says how long it is", LIMIT, async () => {
  for (const [options, seconds, most] of [
    [{}, "61", "60"],
    [{}, "86400", "60"],
    [{}, new Date(Date.now() + 3_600_000).toUTCString(), "60"],
    [{ maxRetryAfter: 2_500 }, "3", "2.5"],
    [{ maxRetryAfter: 0 }, "1", "0"],
    [{ maxRetryAfter: Infinity }, "99999999", "2147483.647"],
  ]) {
    for (const [name, call] of Object.entries(OPERATIONS)) {
      const { jobs, fetch } = await fetchingFrom(asking(seconds), options);
      const error = await failure(call(jobs), "ThrottlingException");
      const told = / asked for a wait of (\d+) s, more than maxRetryAfter \(([\d.]+) s\)$/.exec(error.message);
      assert.ok(told, error.message);
      assert.equal(told[2], most);
      if (/^\d+$/.test(seconds)) assert.equal(told[1], seconds);
      else assert.ok(told[1] >= 3_590 && told[1] <= 3_600, error.message);
      assert.match(error.message, /^this is ThrottlingException; /);
      assert.equal(error.$metadata.attempts, 1);
      assert.deepEqual(error.$retryable, { throttling: true });
      assert.equal(fetch.requests.length, 1, name);
    }
  }
});

test("a longer limit is kept to as well", LIMIT, async (t) => {
  const { outcome, times } = await timesOf(t, (index) => (index === 0 ? asking("600") : EMPTY), {
    maxRetryAfter: 600_000,
  });
  assert.deepEqual(outcome, { MediaAnalysisJobs: [] });
  assert.ok(times[1] >= 600_000 && times[1] < 605_000, `${times}`);
});

test("maxRetryAfter must be a number of milliseconds", LIMIT, async () => {
  for (const maxRetryAfter of [-1, NaN, "60000", null, {}, 5n]) {
    await assert.rejects(createJobs({ region: "us-east-1", maxRetryAfter }), RangeError);
  }
});
