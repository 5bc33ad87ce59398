// The first view: how soon the built-in account's jobs are seen, and that nothing moves while they come.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, WIDE, startStage, waitForJobs } from "./browser.js";

const LIMIT = { timeout: 180_000 };
const AT_MOST = 1000;
/** On a busy machine one of so many visits is to be as quick. */
const VISITS = 12;
/** Half of what the web's measure (CLS) calls good. */
const MOST_SHIFT = 0.05;
let stage;
before(async () => {
  stage = await startStage();
}, LIMIT);
after(() => stage?.close(), LIMIT);

/** Notes when the first row is painted, and every shift of the layout that no press or key has caused. */
function watch(page) {
  return page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries()) {
        // While jobs come in, the facets' values change places as their counts grow, and the count takes more digits.
        const elements = sources.map(({ node }) => (node instanceof Text ? node.parentElement : node));
        const moved = elements.filter((element) => element && !element.closest(".facets, #count"));
        if (!hadRecentInput) window.shifts.push({ value, moved: moved.map((element) => element.outerHTML.slice(0, 60)) });
      }
    }).observe({ type: "layout-shift", buffered: true });
    const look = () => {
      if (document.querySelector("#jobs tbody tr")) requestAnimationFrame(() => (window.firstRow = performance.now()));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

for (const [name, size] of [["wide", WIDE], ["phone", PHONE]]) {
  test(`jobs are seen within a second of an empty cache, and nothing moves (${name})`, LIMIT, async (t) => {
    const times = [];
    for (let visit = 0; visit < VISITS && !times.some((time) => time < AT_MOST); visit += 1) {
      await stage.onPage({ size, before: watch }, async (page) => {
        await waitForJobs(page);
        await page.locator(size === WIDE ? "#plot canvas" : "#chart-switch").waitFor();
        await page.waitForTimeout(300);
        times.push(await page.evaluate(() => window.firstRow));
        const shifts = await page.evaluate(() => window.shifts);
        assert.deepEqual(shifts.flatMap(({ moved }) => moved), []);
        assert.ok(shifts.reduce((sum, { value }) => sum + value, 0) < MOST_SHIFT, JSON.stringify(shifts));
      });
    }
    t.diagnostic(`first rows after ${times.map((time) => `${time.toFixed(0)} ms`).join(", ")}`);
    assert.ok(Math.min(...times) < AT_MOST, `${times}`);
  });
}
