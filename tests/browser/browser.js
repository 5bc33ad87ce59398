// Starts the emulator and a browser, and opens pages on which nothing may go wrong unseen.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "../../emulator/server.js";
import { openBrowser } from "./browsers.js";

const PATIENCE = 15_000;
const LOOK_EVERY = 10;

/** Every test's own limit. */
export const LIMIT = { timeout: 60_000 };
/** The endpoint's clock, so that two runs see the same account. */
export const NOW = Date.UTC(2026, 10, 24, 12);
export const WIDE = { width: 1280, height: 800 };
/** The address of a page that shows 50 rows, instead of scrolling through all. */
export const PAGED = "#size=50";
export const PHONE = { width: 390, height: 844 };

function listenForProblems(page, problems) {
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning", "assert"].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  return page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.effectiveDirective} refused ${event.blockedURI}`);
    });
  });
}

/**
 * @param {{ jobs?: number }} [options]
 */
export async function startStage({ jobs = 2500 } = {}) {
  assert.ok(
    existsSync(new URL("../../build/site/page.js", import.meta.url)),
    "the page is not built: node web/build.js",
  );
  let now = NOW;
  const server = await startServer({ port: 0, jobs, seed: 7, now: () => now });
  const { browser, close: closeBrowser } = await openBrowser(PATIENCE).catch(async (error) => {
    await server.close();
    throw error;
  });

  return {
    url: server.url,
    /** Of the endpoint: see emulator/faults/fault_plan.js. */
    setFaults: server.setFaults,
    /** Moves the endpoint's clock on. */
    pass(milliseconds) {
      now += milliseconds;
    },
    /**
     * Opens the page, lets the test work on it, and fails when anything went wrong on it.
     * @param {{ size?: { width: number, height: number }, colorScheme?: "light" | "dark", hash?: string, url?: string,
     *   touch?: boolean, loaded?: boolean, expected?: RegExp,
     *   before?: (page: import("playwright-core").Page) => Promise<void> }} options
     *   url: of another server with the page; touch: a screen for fingers; loaded: wait for every job; expected:
     *   problems that the test provokes; before: called before the page is opened
     * @param {(page: import("playwright-core").Page) => Promise<void>} work
     */
    async onPage(options, work) {
      const {
        size = WIDE,
        colorScheme = "light",
        hash = "",
        url = server.url,
        touch = false,
        loaded = true,
        expected,
        before,
      } = options;
      const context = await browser.newContext({
        viewport: size,
        colorScheme,
        hasTouch: touch,
        locale: "en-US",
        timezoneId: "UTC",
        permissions: ["clipboard-read", "clipboard-write"],
      });
      const problems = [];
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(PATIENCE);
        await listenForProblems(page, problems);
        await before?.(page);
        await page.goto(url + hash);
        if (loaded) await waitForJobs(page);
        await work(page);
      } finally {
        await context.close();
      }
      assert.deepEqual(expected ? problems.filter((problem) => !expected.test(problem)) : problems, []);
    },
    /** The account as a plain client sees it: jobs in the wire's form, newest first. */
    async wireJobs() {
      const jobs = [];
      let token;
      do {
        const response = await fetch(server.url, {
          method: "POST",
          headers: {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": "RekognitionService.ListMediaAnalysisJobs",
          },
          body: JSON.stringify(token ? { NextToken: token } : {}),
          signal: AbortSignal.timeout(PATIENCE),
        });
        const page = await response.json();
        jobs.push(...page.MediaAnalysisJobs);
        token = page.NextToken;
      } while (token);
      return jobs;
    },
    async close() {
      try {
        await closeBrowser();
      } finally {
        await server.close();
      }
    },
  };
}

/**
 * A stage for all tests of a file: there before the first, gone after the last.
 * @param {Parameters<typeof startStage>[0]} [options]
 * @param {(stage: Awaited<ReturnType<typeof startStage>>) => Promise<unknown>} [prepare]  what comes before the tests
 * @returns {Awaited<ReturnType<typeof startStage>>}
 */
export function useStage(options, prepare) {
  const stage = {};
  before(async () => {
    Object.assign(stage, await startStage(options));
    await prepare?.(stage);
  }, LIMIT);
  after(() => stage.close?.(), LIMIT);
  return stage;
}

/** @param {import("playwright-core").Page} page */
export function waitForJobs(page) {
  return waitForText(page.locator("#load-status"), /jobs? loaded/);
}

/**
 * Waits until an element says this. Playwright's own waitFor looks only twice a second.
 * @param {import("playwright-core").Locator} locator
 * @param {string | RegExp} text
 * @param {number} [patience]  milliseconds
 */
export async function waitForText(locator, text, patience = PATIENCE) {
  const saying = locator.filter({ hasText: text }).first();
  const end = performance.now() + patience;
  const asking = locator.page().locator(".answer.asking");
  // What is shown while the engine is asked is the answer to the query before.
  while (!(await saying.isVisible()) || (await asking.count()) > 0) {
    if (performance.now() > end) throw new Error(`${locator} does not say ${text}`);
    await sleep(LOOK_EVERY);
  }
}

/** @param {import("playwright-core").Page} page */
export function rows(page) {
  return page.locator("#jobs tbody tr");
}

/**
 * Waits until the page shows the answer to what was done on it last.
 * @param {import("playwright-core").Page} page
 */
export function waitForAnswer(page) {
  return page.evaluate(async () => {
    const nextFrame = () => new Promise(requestAnimationFrame);
    // An act is drawn in the next frame, and asks at the latest then.
    await nextFrame();
    await nextFrame();
    while (document.querySelector(".answer.asking")) await nextFrame();
  });
}

/**
 * The texts of one column, as they are shown.
 * @param {import("playwright-core").Page} page
 * @param {string} field
 */
export async function column(page, field) {
  await waitForAnswer(page);
  return page.locator(`#jobs tbody td.column-${field}`).allInnerTexts();
}

/** @param {import("playwright-core").Page} page */
export async function shownIds(page) {
  await waitForAnswer(page);
  return rows(page).evaluateAll((all) => all.map((row) => row.dataset.job));
}

/**
 * Drops files on the page.
 * @param {import("playwright-core").Page} page
 * @param {...{ name: string, text: string }} files
 */
export async function drop(page, ...files) {
  const dataTransfer = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, text } of all) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await page.dispatchEvent("body", "dragover", { dataTransfer });
  await page.dispatchEvent("body", "drop", { dataTransfer });
}

/**
 * Whether the page can be scrolled sideways, or any part of it that should not, once it has drawn itself for its size:
 * a frame tells it of another size, and it stands in the next.
 */
export function sidewaysScroll(page) {
  return page.evaluate(async () => {
    for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    return [
      document.documentElement,
      document.body,
      ...document.querySelectorAll("main, .list, .inspector, .inspector-body, dialog, .dialog-body"),
    ]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => element.tagName + element.className);
  });
}
