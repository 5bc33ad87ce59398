// While many jobs are read and a query is typed, the page goes on: neither a frame nor a task waits for the engine.
//
// What a slow machine needs for the typing is measured beside it, on a page that reads no file while a thread elsewhere
// keeps a processor as busy as the engine's worker does.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Worker } from "node:worker_threads";
import { useStage, waitForText } from "../browser.js";
import { countDenied, watchWaits, writeJobs } from "./many_jobs.js";

const JOBS = process.env.LONG ? 1_000_000 : 200_000;
const PATIENCE = 240_000;
const LONG = { timeout: 600_000 };
const LONGEST = { frame: 100, task: 50 };
/** Of what the typing alone makes wait, where that comes near to what may wait at all. */
const MOST_BESIDE_TYPING = 1.5;
/** A busy machine makes the same work take longer: of each wait, the shortest of these is to be good. */
const PASSES = 12;

const stage = useStage({ jobs: 100 });
let file;
before(async () => (file = await writeJobs(JOBS)), LONG);
after(() => file?.remove(), LONG);

/** The longest waits while a query is typed, and meanwhile a file is read, if one is named. */
async function waitsWhileTyping(path) {
  let waits;
  await stage.onPage({}, async (page) => {
    page.setDefaultTimeout(PATIENCE);
    await page.evaluate(watchWaits);
    if (path) await page.setInputFiles("#file", path);
    await page.focus("#query");
    await page.keyboard.type("status:failed ", { delay: 60 });
    if (path) await waitForText(page.locator("#load-status"), `${JOBS.toLocaleString("en-US")} jobs loaded`, PATIENCE);
    await page.keyboard.type("moderation-12 code:access_denied", { delay: 60 });
    const found = path ? `${countDenied(JOBS).toLocaleString("en-US")} of` : " of ";
    await waitForText(page.locator("#count"), found, PATIENCE);
    waits = await page.evaluate(() => window.waits());
  });
  return waits;
}

const told = ({ frame, task }) => `a frame ${frame.toFixed(0)} ms, a task ${task.toFixed(0)} ms`;

async function waitsBesideBusyThread() {
  const busy = new Worker("for (;;);", { eval: true });
  try {
    return await waitsWhileTyping();
  } finally {
    await busy.terminate();
  }
}

test("no frame waits over 100 ms and no task takes 50 ms while jobs are read and a query is typed", LONG, async (t) => {
  const unmet = new Map(Object.entries(LONGEST));
  for (let pass = 0; pass < PASSES && unmet.size > 0; pass += 1) {
    const beside = await waitsBesideBusyThread();
    const reading = await waitsWhileTyping(file.path);
    t.diagnostic(`at the longest, typing beside a busy thread: ${told(beside)}; while jobs are read: ${told(reading)}`);
    for (const [what, most] of unmet) {
      if (reading[what] <= Math.max(most, MOST_BESIDE_TYPING * beside[what])) unmet.delete(what);
    }
  }
  assert.deepEqual([...unmet.keys()], [], "too long in each pass: see the lines above");
});
