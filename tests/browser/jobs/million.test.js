// A long list is scrolled from end to end, a query is typed, and the page keeps up. LONG=1: of a million jobs.
//
// Frames count as dropped when the screen missed them and the processor time of the page's main thread is why, so that
// other programs on the machine do not decide the test.
import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { useStage, waitForText } from "../browser.js";
import { countDenied, writeJobs } from "./many_jobs.js";

const JOBS = process.env.LONG ? 1_000_000 : 200_000;
const PATIENCE = 240_000;
const LONG = { timeout: 400_000 };
const FRAME = 1000 / 60;
const MOST_DROPPED = 0.05;
const LONGEST_TASK = 50;
const SCROLLED_FRAMES = 180;
const TRACED = ["toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline", "blink.user_timing"];
const WHEELED = 18_000;
/** A busy machine makes the same work take longer: one of these is to be good. */
const PASSES = 6;

const stage = useStage({ jobs: 100 });
let file;
before(async () => (file = await writeJobs(JOBS)), LONG);
after(() => file?.remove(), LONG);

/** Shows so many jobs of a file. */
async function showJobs(page, count) {
  page.setDefaultTimeout(PATIENCE);
  await page.setInputFiles("#file", file.path);
  await waitForText(page.locator("#load-status"), "jobs loaded");
  await waitForText(page.locator("#count"), `${count.toLocaleString("en-US")} of ${count.toLocaleString("en-US")}`);
  await page.locator("#plot canvas").waitFor();
  await page.waitForTimeout(1000);
}

/**
 * The processor time of each of the main thread's tasks while something is done, in milliseconds, frame by frame.
 * @returns {Promise<{ tasks: number[], frames: number[] }>}
 */
async function traced(page, work) {
  const path = join(tmpdir(), `million-${process.pid}.json`);
  const browser = page.context().browser();
  await browser.startTracing(page, { path, categories: TRACED });
  await page.evaluate(() => performance.mark("work-begins"));
  await work();
  await page.evaluate(() => performance.mark("work-ends"));
  await browser.stopTracing();
  const { traceEvents } = JSON.parse(await readFile(path, "utf8"));
  await rm(path);
  const mark = (name) => traceEvents.find((event) => event.name === name);
  const [begin, end] = [mark("work-begins"), mark("work-ends")];
  const own = traceEvents.filter(
    (event) => event.pid === begin.pid && event.tid === begin.tid && event.ts >= begin.ts && event.ts <= end.ts,
  );
  const tasks = own.filter(({ name, tdur }) => name === "ThreadControllerImpl::RunTask" && tdur !== undefined);
  assert.ok(tasks.length > 50, "the browser tells its tasks");
  const starts = own
    .filter(({ name }) => name === "FireAnimationFrame")
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  const frames = starts.map(() => 0);
  let frame = 0;
  for (const { ts, dur, tdur } of tasks.sort((a, b) => a.ts - b.ts)) {
    while (frame + 1 < starts.length && starts[frame + 1] < ts + dur) frame += 1;
    if (frames.length > 0) frames[frame] += tdur / 1000;
  }
  return { tasks: tasks.map(({ tdur }) => tdur / 1000), frames };
}

/** Scrolls from one share of the way to another in so many frames, and counts the frames that the screen missed. */
function scroll(page, from, to, frames) {
  return page.evaluate(
    async ([first, last, count]) => {
      const list = document.querySelector("#list");
      const times = [];
      for (let at = 0; at <= count; at += 1) {
        times.push(await new Promise(requestAnimationFrame));
        const height = list.scrollHeight - list.clientHeight;
        list.scrollTop = (first + ((last - first) * at) / count) * height;
      }
      const apart = times.slice(1).map((time, index) => time - times[index]);
      const missed = apart.map((distance) => Math.max(0, Math.round(distance / (1000 / 60)) - 1));
      return missed.reduce((sum, each) => sum + each, 0);
    },
    [from, to, frames],
  );
}

/** The share of frames that the work of the page alone would make the screen miss. */
function droppedShare(frames) {
  const missed = frames.map((work) => Math.max(0, Math.ceil(work / FRAME) - 1)).reduce((sum, each) => sum + each, 0);
  return missed / (frames.length + missed);
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

test("scrolling end to end drops no more than 5 % of frames, and typing never blocks over 50 ms", LONG, (t) =>
  stage.onPage({}, async (page) => {
    await showJobs(page, JOBS);
    await scroll(page, 0, 0.1, 10);
    await scroll(page, 0.1, 0, 10);

    const wheel = WHEELED / (await page.locator("#list").evaluate((list) => list.scrollHeight));
    for (const [name, from, to] of [
      ["end to end", 0, 1],
      ["back", 1, 0],
      ["by the wheel, 6,000 pixels a second", 0.5, 0.5 + wheel],
    ]) {
      let least = 1;
      for (let pass = 0; pass < PASSES && least > MOST_DROPPED; pass += 1) {
        let missed;
        const { frames } = await traced(page, async () => {
          missed = await scroll(page, from, to, SCROLLED_FRAMES);
        });
        const [worked, seen] = [droppedShare(frames), missed / (missed + SCROLLED_FRAMES)];
        least = Math.min(least, worked, seen);
        t.diagnostic(
          `${name}: ${frames.length} frames, median ${median(frames).toFixed(1)} ms of work,` +
            ` ${percent(worked)} dropped by it; on the screen ${percent(seen)}`,
        );
      }
      assert.ok(least <= MOST_DROPPED, `${name}: ${percent(least)}`);
    }

    await scroll(page, 0.9, 1, 10);
    await waitForText(page.locator("#jobs tbody tr").last().locator("td").first(), "moderation-0");
    assert.equal(await page.locator("#jobs tbody tr").last().getAttribute("aria-rowindex"), String(JOBS + 1));

    const { tasks } = await traced(page, async () => {
      await page.focus("#query");
      await page.keyboard.type("status:failed moderation-12 code:acc", { delay: 100 });
      await page.keyboard.type("ess_denied", { delay: 100 });
      await page.waitForTimeout(1000);
    });
    t.diagnostic(`typing: longest task ${Math.max(...tasks).toFixed(1)} ms`);
    assert.ok(Math.max(...tasks) <= LONGEST_TASK, `a task of ${Math.max(...tasks).toFixed(1)} ms`);
    const [matching, all] = [countDenied(JOBS), JOBS].map((number) => number.toLocaleString("en-US"));
    await waitForText(page.locator("#count"), `${matching} of ${all}`);
  }),
);
