// While many jobs are read, queried and typed at, the page goes on: no frame and no timer waits for the engine.
import assert from "node:assert/strict";
import { test } from "node:test";
import { useStage, waitForText } from "../browser.js";
import { dropJobs, watchWaits } from "./many_jobs.js";

const JOBS = process.env.LONG ? 1_000_000 : 200_000;
const LONG = { timeout: 600_000 };
const LONGEST_GAP = 100;
const LONGEST_TASK = 50;
/** A busy machine makes the same work take longer: one of these is to be good. */
const PASSES = 5;

const stage = useStage({ jobs: 100 });

test("no frame waits over 100 ms and no task takes 50 ms while jobs are read and a query is typed", LONG, async (t) => {
  const passes = [];
  const isGood = ({ frame, timer }) => frame <= LONGEST_GAP && timer <= LONGEST_TASK;
  while (passes.length < PASSES && !passes.some(isGood)) {
    await stage.onPage({}, async (page) => {
      page.setDefaultTimeout(240_000);
      // The file is made before its reading is watched.
      await page.evaluate(`window.dropJobs = ${dropJobs}; window.watchWaits = ${watchWaits}`);
      await page.evaluate((count) => {
        addEventListener("drop", () => queueMicrotask(() => window.watchWaits()), { once: true, capture: true });
        window.dropJobs(count);
      }, JOBS);
      await page.focus("#query");
      await page.keyboard.type("status:failed ", { delay: 60 });
      await waitForText(page.locator("#load-status"), "jobs loaded");
      await page.keyboard.type("moderation-12 code:access_denied", { delay: 60 });
      const denied = Array.from({ length: JOBS }, (_, at) => at).filter(
        (at) => at % 7 === 4 && at % 3 === 0 && `moderation-${at % 50_000}`.includes("moderation-12"),
      );
      await waitForText(page.locator("#count"), denied.length.toLocaleString("en-US"));
      const waits = await page.evaluate(() => window.waits());
      passes.push(waits);
      t.diagnostic(`longest wait of a frame ${waits.frame.toFixed(0)} ms, of a timer ${waits.timer.toFixed(0)} ms`);
    });
  }
  assert.ok(passes.some(isGood), JSON.stringify(passes));
});
