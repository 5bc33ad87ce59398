// What one server does is no other's: its throttling, its failures and its clock.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { closing, failure, LIMIT, tick } from "./calls.js";

const SLOW_DOWN = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JOB = '{"JobId":"a","Status":"QUEUED"}';

/** Jobs whose every request goes to `answer(host, init)`. */
async function jobsWith(answer, options = {}) {
  const fetch = async (url, init) => answer(new URL(url).host, init);
  return closing(await createJobs({ region: "us-east-1", maxAttempts: 1, fetch, ...options }));
}

const isService = (host) => host.startsWith("rekognition.");
const answerOf = (host) => new Response(isService(host) ? JOB : PNG);
const image = (jobs, bucket) => jobs.image(`s3://${bucket}/a.png`);
const get = (jobs) => jobs.getMediaAnalysisJob({ JobId: "a" });

/** Makes sure that calls wait for nothing: timers never end. */
async function withoutTimers(t, run) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let isDone = false;
  const running = run().then(() => (isDone = true));
  for (let i = 0; i < 500 && !isDone; i++) await tick();
  t.mock.timers.reset();
  assert.ok(isDone, "it waits");
  await running;
}

describe("throttling", () => {
  for (const endpoint of [undefined, "https://one.example/"]) {
    const options = endpoint ? { endpoint, s3Endpoint: endpoint } : {};
    const where = endpoint ? "at one host" : "at AWS's hosts";

    test(`by S3 delays no call of the service, ${where}`, LIMIT, async (t) => {
      const jobs = await jobsWith(
        (_, { method }) => (method === "GET" ? new Response(SLOW_DOWN, { status: 503 }) : new Response(JOB)),
        options,
      );
      for (let i = 0; i < 5; i++) await failure(image(jobs, `bucket-${i}`), "SlowDown");
      await withoutTimers(t, async () => {
        for (let i = 0; i < 5; i++) await get(jobs);
      });
    });

    test(`by the service delays no object of S3, ${where}`, LIMIT, async (t) => {
      const jobs = await jobsWith(
        (_, { method }) => (method === "GET" ? new Response(PNG) : new Response("", { status: 429 })),
        options,
      );
      await failure(get(jobs), "UnknownError");
      await withoutTimers(t, async () => {
        for (let i = 0; i < 5; i++) await image(jobs, "bucket");
      });
    });
  }

  test("by one bucket's host delays no other's, and does delay its own", LIMIT, async (t) => {
    let isSlow = true;
    const jobs = await jobsWith((host) =>
      host.startsWith("slow.") && isSlow ? new Response(SLOW_DOWN, { status: 503 }) : answerOf(host),
    );
    await failure(image(jobs, "slow"), "SlowDown");
    isSlow = false;
    await withoutTimers(t, async () => {
      for (let i = 0; i < 5; i++) await image(jobs, "fast");
    });
    const [start, count] = [Date.now(), 2];
    for (let i = 0; i < count; i++) await image(jobs, "slow");
    assert.ok(Date.now() - start > 500, "it is sent at the rate that the host bears");
  });
});

test("a quota that S3's failures used up leaves the service's calls their retries", LIMIT, async () => {
  let count = 0;
  const jobs = await jobsWith(
    (host) => (isService(host) && count++ > 0 ? answerOf(host) : new Response("", { status: 500 })),
    { maxAttempts: 3 },
  );
  for (let i = 0; i < 40; i++) await image(jobs, "broken").catch(() => {});
  assert.equal((await get(jobs)).JobId, "a");
  assert.equal(count, 2);
});

test("a clock that S3 tells is not the service's", LIMIT, async () => {
  const HOUR = 3_600_000;
  const times = [];
  const jobs = await jobsWith(
    (host, { headers }) => {
      const at = new Headers(headers).get("x-amz-date");
      times.push([isService(host), at.replace(/(....)(..)(..)T(..)(..)(..)Z/, "$1-$2-$3T$4:$5:$6Z")]);
      const date = new Date(Date.now() + (isService(host) ? 0 : HOUR)).toUTCString();
      return new Response(isService(host) ? JOB : PNG, { headers: { date } });
    },
    { credentials: EXAMPLE },
  );
  const signed = (bucket) => jobs.image(`s3://${bucket}/a.png`, { signed: true });
  await signed("ahead");
  await get(jobs);
  await signed("ahead");
  const ahead = times.map(([, at]) => Math.round((new Date(at) - Date.now()) / HOUR) || 0);
  assert.deepEqual(ahead, [0, 0, 1]);
});
