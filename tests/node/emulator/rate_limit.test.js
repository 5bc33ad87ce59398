// The emulator's rate limit: how many requests pass, and what the others are told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRateLimit } from "../../../emulator/protocol/rate_limit.js";
import { LIMIT, post, runProgram, withServer } from "./calls.js";

const THROTTLED = "ProvisionedThroughputExceededException";

/** How many requests pass of those that come at these milliseconds. */
function passing(limit, times) {
  let now = 0;
  const { take } = createRateLimit(limit, () => now);
  return times.map((time) => {
    now = time;
    try {
      take();
      return true;
    } catch (error) {
      assert.equal(error.name, THROTTLED);
      return false;
    }
  });
}

test("a burst passes, then the rate, and a pause fills the bucket up again and no further", LIMIT, () => {
  const limit = { rate: 10, burst: 3 };
  assert.deepEqual(passing(limit, [0, 0, 0, 0, 50, 99, 100, 101, 199, 200]), [
    true,
    true,
    true,
    false,
    false,
    false,
    true,
    false,
    false,
    true,
  ]);
  assert.deepEqual(passing(limit, [0, 0, 0, 60_000, 60_000, 60_000, 60_000]), [
    true,
    true,
    true,
    true,
    true,
    true,
    false,
  ]);
  const second = Array.from({ length: 1001 }, (_, time) => time);
  assert.equal(passing(limit, second).filter(Boolean).length, 3 + 10);
  assert.equal(
    passing(
      { rate: 10 },
      [...second.slice(0, 500)].map(() => 0),
    ).filter(Boolean).length,
    10,
  );
  assert.equal(passing({ rate: 0.5 }, [0, 1000, 1999, 2000]).filter(Boolean).length, 2);
  assert.ok(passing(undefined, second).every(Boolean));
});

test("what is no limit is refused", LIMIT, () => {
  for (const limit of [
    {},
    { rate: 0 },
    { rate: -1 },
    { rate: "many" },
    { rate: Infinity },
    { rate: 1, burst: 0.5 },
    { rate: 1, burst: NaN },
  ]) {
    assert.throws(() => createRateLimit(limit), RangeError, JSON.stringify(limit));
  }
});

test("requests over the limit are told so and counted; another limit takes its place at once", LIMIT, () =>
  withServer({ rateLimit: { rate: 0.001, burst: 2 } }, async ({ url, traffic, setRateLimit }) => {
    const statuses = async (number) => {
      const all = [];
      for (let request = 0; request < number; request++) {
        const { status, json } = await post(url, "ListMediaAnalysisJobs");
        all.push(json.__type ?? status);
      }
      return all;
    };
    assert.deepEqual(await statuses(4), [200, 200, THROTTLED, THROTTLED]);
    assert.equal(traffic.counters.throttled, 2);
    assert.deepEqual(
      traffic.log.map(({ error }) => error),
      [undefined, undefined, THROTTLED, THROTTLED],
    );
    setRateLimit({ rate: 0.001, burst: 1, name: "ThrottlingException", status: 429 });
    assert.deepEqual(await statuses(2), [200, "ThrottlingException"]);
    assert.equal(traffic.log.at(-1).status, 429);
    setRateLimit();
    assert.deepEqual(await statuses(5), [200, 200, 200, 200, 200]);
    assert.equal(traffic.counters.throttled, 3);
  }),
);

test("the program's RATE is a limit", LIMIT, () =>
  runProgram({ PORT: "0", JOBS: "5", RATE: "2" }, async ({ stdout }) => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(stdout.trim(), "ListMediaAnalysisJobs")));
    const throttled = answers.filter(({ status, json }) => status === 400 && json.__type === THROTTLED);
    assert.ok(throttled.length >= 10, `${throttled.length}`);
    assert.ok(answers.filter(({ status }) => status === 200).length >= 2);
  }),
);
