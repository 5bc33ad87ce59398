// While many jobs are read and a query is typed, the page goes on: neither a frame nor a task waits for the engine.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { useStage, waitForText } from "../browser.js";
import { countDenied, watchWaits, writeJobs } from "./many_jobs.js";

const JOBS = process.env.LONG ? 1_000_000 : 200_000;
const PATIENCE = 240_000;
const LONG = { timeout: 600_000 };
const LONGEST_GAP = 100;
const LONGEST_TASK = 50;
/** A busy machine makes the same work take longer: one of these is to be good. */
const PASSES = 5;

const stage = useStage({ jobs: 100 });
let file;
before(async () => (file = await writeJobs(JOBS)), LONG);
after(() => file?.remove(), LONG);

test("no frame waits over 100 ms and no task takes 50 ms while jobs are read and a query is typed", LONG, async (t) => {
  const passes = [];
  const isGood = ({ frame, task }) => frame <= LONGEST_GAP && task <= LONGEST_TASK;
  while (passes.length < PASSES && !passes.some(isGood)) {
    await stage.onPage({}, async (page) => {
      page.setDefaultTimeout(PATIENCE);
      await page.evaluate(watchWaits);
      await page.setInputFiles("#file", file.path);
      await page.focus("#query");
      await page.keyboard.type("status:failed ", { delay: 60 });
      await waitForText(page.locator("#load-status"), `${JOBS.toLocaleString("en-US")} jobs loaded`, PATIENCE);
      await page.keyboard.type("moderation-12 code:access_denied", { delay: 60 });
      await waitForText(page.locator("#count"), `${countDenied(JOBS).toLocaleString("en-US")} of`);
      const waits = await page.evaluate(() => window.waits());
      passes.push(waits);
      t.diagnostic(`longest wait for a frame ${waits.frame.toFixed(0)} ms, longest task ${waits.task.toFixed(0)} ms`);
    });
  }
  assert.ok(passes.some(isGood), JSON.stringify(passes));
});
