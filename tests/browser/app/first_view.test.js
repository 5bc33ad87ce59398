// The first view: how soon the built-in account's jobs are seen, and that nothing moves while they come.
//
// The second that it may take is one of a machine that has a processor for it: on a busy one the share of a processor
// that a program gets is measured before and after each visit. The time on the clock is printed beside.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, PHONE, WIDE, useStage, waitForJobs } from "../browser.js";
import { processorShare } from "../machine.js";

const AT_MOST = 1000;
/** One of so many visits is to be as quick. */
const VISITS = 4;
/** Half of what the web's measure (CLS) calls good. */
const MOST_SHIFT = 0.05;
const stage = useStage();

/** Notes when the first row is painted, and every shift of the layout that no press or key has caused. */
function watch(page) {
  return page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries()) {
        // While jobs come in, the facets' values change places as their counts grow, and the count takes more digits.
        const elements = sources.map(({ node }) => (node instanceof Text ? node.parentElement : node));
        const moved = elements.filter((element) => element && !element.closest(".facets, .answer"));
        const outlines = moved.map((element) => element.outerHTML.slice(0, 60));
        if (!hadRecentInput) window.shifts.push({ value, moved: outlines });
      }
    }).observe({ type: "layout-shift", buffered: true });
    const look = () => {
      if (document.querySelector("#jobs tbody tr")) requestAnimationFrame(() => (window.firstRow = performance.now()));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`jobs are seen within a second of an empty cache, and nothing moves (${name})`, LIMIT, async (t) => {
    let least = Infinity;
    for (let visit = 0; visit < VISITS && least >= AT_MOST; visit += 1) {
      const share = processorShare();
      await stage.onPage({ size, before: watch }, async (page) => {
        await waitForJobs(page);
        await page.locator(size === WIDE ? "#plot canvas" : "#chart-switch").waitFor();
        await page.waitForTimeout(300);
        const time = await page.evaluate(() => window.firstRow);
        const own = (time * (share + processorShare())) / 2;
        least = Math.min(least, own);
        t.diagnostic(`first rows after ${time.toFixed(0)} ms, ${own.toFixed(0)} ms of a processor's`);
        const shifts = await page.evaluate(() => window.shifts);
        assert.deepEqual(
          shifts.flatMap(({ moved }) => moved),
          [],
        );
        assert.ok(shifts.reduce((sum, { value }) => sum + value, 0) < MOST_SHIFT, JSON.stringify(shifts));
      });
    }
    assert.ok(least < AT_MOST, `${least.toFixed(0)} ms`);
  });
}
