// Two hours of simulated time in which everything goes wrong: eight calls at a time, aborts anywhere, credentials that
// fail, hang or expire. Every call ends within its limit, and at the end nothing is left.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { seeded } from "../../seeded.js";
import { SimulatedClock } from "../../soak/simulated_clock.js";
import { IMAGES, JOB_COUNT, LIST_PAGES, PAGE, PICTURE, TroubledService } from "../../soak/troubled_service.js";

const MINUTE = 60_000;
const SOAK = 120 * MINUTE;
const START = Date.UTC(2026, 10, 28);
const AT_ONCE = 8;
const seed = Number(process.env.SEED ?? 1);

const options = { region: "us-east-1", maxAttempts: 3, requestTimeout: 5000 };
/** Attempts of an operation: three, one for the clock, one for the credentials; each with its request and its wait. */
const longestOperation = 5 * (5000 + 20_000 + MINUTE);

/** Each call, with how many operations it makes at most one after another; whether its answer is whole. */
const CALLS = {
  list: [1, async (jobs, given) => (await jobs.listMediaAnalysisJobs({}, given)).MediaAnalysisJobs.length === PAGE],
  get: [1, async (jobs, given) => (await jobs.getMediaAnalysisJob({ JobId: "job-0007" }, given)).JobId === "job-0007"],
  load: [LIST_PAGES, async (jobs, given) => (await jobs.load(given)).complete && jobs.size === JOB_COUNT],
  refresh: [LIST_PAGES, async (jobs, given) => (await jobs.refresh(given)).complete && jobs.size === JOB_COUNT],
  results: [
    8,
    async (jobs, given) => {
      const results = await jobs.results("job-0003", given);
      const isWhole = results.size === IMAGES;
      results.close();
      return isWhole;
    },
  ],
  image: [1, async (jobs, given) => (await jobs.image("s3://input-bucket/1.png", given)).size === PICTURE.length],
  paginate: [
    LIST_PAGES,
    async (jobs, given) => {
      let count = 0;
      for await (const page of jobs.paginateListMediaAnalysisJobs({}, given)) count += page.MediaAnalysisJobs.length;
      return count === JOB_COUNT;
    },
  ],
};

const told = (counts) =>
  Object.entries(counts)
    .sort()
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");

test("two hours of every trouble", { timeout: 280_000 }, async () => {
  const random = seeded(seed);
  const among = (least, most) => least + (most - least) * random();
  const clock = new SimulatedClock(START);
  const service = new TroubledService(clock, random);
  const warnings = [];
  const onWarning = (warning) => warnings.push(String(warning));
  process.on("warning", onWarning);

  let asked = 0;
  const credentials = async () => {
    const chance = service.isTroubled ? random() : 1;
    asked++;
    if (chance < 0.05) throw new Error("the provider has no credentials");
    if (chance < 0.1) await clock.sleep(among(1000, 20_000));
    return { ...EXAMPLE, expiration: new Date(Date.now() + among(2, 30) * MINUTE) };
  };
  const lifelong = new AbortController();
  const jobs = await createJobs({ ...options, credentials, fetch: service.fetch });

  // What is loaded when it is first needed comes from files, in real time.
  service.isTroubled = false;
  clock.install();
  await clock.run(jobs.load());
  clock.uninstall();
  const real = await createJobs({
    ...options,
    credentials: EXAMPLE,
    fetch: async (url) =>
      new Response(/summary/.test(url) ? '{"version":"1","statistics":{},"errors":[]}' : '{"source-ref":"s3://a/b"}'),
  });
  await real.import('{"JobId":"a","Status":"SUCCEEDED","Results":{"S3Object":{"Bucket":"b","Name":"r"}}}');
  await real.results("a").then(
    (found) => found.close(),
    () => {},
  );
  await real.listMediaAnalysisJobs().catch(() => {});
  real.close();
  clock.install();

  const ended = {};
  const late = [];
  const strange = [];
  const untilEnd = START + SOAK;
  service.isTroubled = true;
  async function worker() {
    const names = Object.keys(CALLS);
    while (clock.now < untilEnd) {
      const name = names[Math.floor(names.length * random())];
      const [operations, call] = CALLS[name];
      const caller = new AbortController();
      const gives = random() < 0.3 ? among(0, 15_000) : Number.POSITIVE_INFINITY;
      const timer = Number.isFinite(gives) ? setTimeout(() => caller.abort(), gives) : undefined;
      const begun = clock.now;
      let outcome = "answered";
      try {
        const isWhole = await call(jobs, {
          signal: random() < 0.5 ? caller.signal : AbortSignal.any([caller.signal, lifelong.signal]),
        });
        if (!isWhole) strange.push(`${name} was answered in part`);
      } catch (error) {
        outcome = error.name;
        if (!error.message || error.name === "TypeError") strange.push(`${name}: ${error.stack}`);
      }
      clearTimeout(timer);
      const took = clock.now - begun;
      const limit = Math.min(gives, operations * longestOperation);
      if (took > limit + 1) late.push(`${name} ${outcome} after ${took} ms of ${limit}`);
      const key = `${name} ${outcome}`;
      ended[key] = (ended[key] ?? 0) + 1;
      assert.equal(getEventListeners(caller.signal, "abort").length, 0, `${name} left a listener`);
      await clock.sleep(among(0, 2000));
    }
  }
  try {
    await clock.run(Promise.all(Array.from({ length: AT_ONCE }, worker)));
    console.log(`${service.requests} requests. Troubles: ${told(service.struck)}`);
    console.log(`Ends: ${told(ended)}`);
    assert.deepEqual(late, []);
    assert.deepEqual(strange, []);
    assert.deepEqual(warnings, []);
    for (const name of Object.keys(CALLS)) {
      assert.ok(ended[`${name} answered`] > 0, `${name} was answered at times`);
      assert.ok(ended[`${name} AbortError`] > 0, `${name} was aborted at times`);
    }

    // At rest: limiter and quota hold nothing back.
    service.isTroubled = false;
    await clock.run(clock.sleep(10 * MINUTE));
    assert.equal(clock.pending, 0, "no timer is left");
    assert.equal(service.open, 0, "no request and no body is left");
    const [begun, requests] = [clock.now, service.requests];
    await clock.run(jobs.getMediaAnalysisJob({ JobId: "job-0007" }));
    assert.ok(clock.now - begun < 50, `a single call at rest takes ${clock.now - begun} ms`);
    const results = await clock.run(jobs.results("job-0003"));
    assert.equal(results.size, IMAGES);
    results.close();
    await clock.run(jobs.load());
    assert.equal(jobs.size, JOB_COUNT);
    assert.equal(service.requests - requests, 3 + LIST_PAGES, "no attempt too many");
    assert.ok(clock.now - begun < 10_000, `a limiter that was throttled grows again, in ${clock.now - begun} ms`);
    jobs.close();
    assert.equal(clock.pending, 0);
    assert.equal(getEventListeners(lifelong.signal, "abort").length, 0);
    assert.ok(asked > 10);
  } finally {
    clock.uninstall();
    process.off("warning", onWarning);
  }
});
