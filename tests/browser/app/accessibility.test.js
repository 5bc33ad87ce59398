// Every state of the page, wide and on a phone, light and dark: axe-core finds nothing to object to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { objections } from "../axe.js";
import { LIMIT, PHONE, WIDE, drop, rows, useStage, waitForText } from "../browser.js";
import { failedJob, wireFile } from "../job_files.js";

const stage = useStage({ jobs: 300 });

async function openFailed(page) {
  await page.fill("#query", "status:failed code:ACCESS_DENIED");
  await rows(page).first().click();
  await page.locator(".failure-help").waitFor();
}

/** Lets the first page of the account come, and no other until the test ends. */
async function hold(page) {
  await page.route(stage.url, async (route) => {
    if (route.request().postData()?.includes("NextToken")) return;
    await route.fallback();
  });
}

const failing = (page) =>
  page.route(stage.url, (route) =>
    route.request().method() === "POST"
      ? route.fulfill({
          status: 400,
          contentType: "application/x-amz-json-1.1",
          body: '{"__type":"AccessDeniedException","Message":"No."}',
        })
      : route.fallback(),
  );

/** @type {Record<string, { reach: (page: import("playwright-core").Page) => Promise<unknown>, options?: object }>} */
const states = {
  loaded: { reach: async () => {} },
  loading: {
    reach: (page) => waitForText(page.locator("#load-status"), "Loading…"),
    options: { loaded: false, before: hold },
  },
  stopped: {
    options: { loaded: false, before: hold },
    async reach(page) {
      await waitForText(page.locator("#load-status"), "1 page");
      await page.click("#stop");
      await page.locator("#resume").waitFor();
    },
  },
  error: {
    options: { loaded: false, before: failing, expected: /status of 400/ },
    reach: (page) => page.locator("#error .advice").waitFor(),
  },
  "no job matches": {
    async reach(page) {
      await page.fill("#query", "no-job-has-this-name");
      await page.locator(".empty").waitFor();
    },
  },
  "no jobs": {
    async reach(page) {
      await drop(page, { name: "empty.json", text: wireFile([]) });
      await waitForText(page.locator("#count"), "0 of 0");
    },
  },
  "unreadable query": {
    async reach(page) {
      await page.fill("#query", "status:failed colour:red promo");
      await page.locator("#query-error").waitFor();
    },
  },
  "rejected records": {
    async reach(page) {
      await drop(page, { name: "jobs.json", text: wireFile([failedJob({ JobName: "kept" }), { JobId: 7 }]) });
      await page.locator("#rejected li").waitFor();
    },
  },
  inspector: {
    async reach(page) {
      await openFailed(page);
      for (const summary of await page.locator(".raw summary").all()) await summary.click();
    },
  },
  "inspector of no job": { reach: (page) => page.locator("#inspector").waitFor(), options: { hash: "#job=nobody" } },
  comparison: {
    async reach(page) {
      await openFailed(page);
      await page.click("#compare");
      await page.locator(".note").waitFor();
      await page.click("#next-job");
      await page.locator(".comparison").waitFor();
    },
  },
  sources: { reach: (page) => page.click("#sources-button") },
  "sources, refused": {
    async reach(page) {
      await page.click("#sources-button");
      await page.getByLabel("None (unsigned)").check();
      await page.getByLabel("Custom endpoint (optional)").fill("http://example.com/");
      await page.click("#connect");
      await page.locator("#connect-error").waitFor();
    },
  },
  "sources, identity pool": {
    async reach(page) {
      await page.click("#sources-button");
      await page.getByLabel("Cognito identity pool").check();
      await page.getByLabel("Provider token").waitFor();
    },
  },
  "facets and chart, folded or not": {
    async reach(page) {
      await page.click("#facets-switch");
      await page.click("#chart-switch");
    },
  },
  "numbers of the chart": {
    async reach(page) {
      if (!(await page.locator("#chart").isVisible())) await page.click("#chart-switch");
      await page.click("#numbers");
    },
  },
  completions: {
    async reach(page) {
      await page.locator("#query").pressSequentially("status:");
      await page.locator("#completions [role='option']").first().waitFor();
    },
  },
  "numbered pages": {
    async reach(page) {
      await page.selectOption("#size", "25");
      await page.locator("#next-page").waitFor();
    },
  },
  help: {
    async reach(page) {
      await page.keyboard.press("?");
      await page.locator("dialog#help").waitFor();
    },
  },
  "column menu": {
    async reach(page) {
      const menu = page.locator("#columns summary");
      if (await menu.isVisible()) await menu.click();
    },
  },
  "export menu": { reach: (page) => page.click("#export summary") },
};

for (const [width, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  for (const [state, { reach, options = {} }] of Object.entries(states)) {
    test(`${state}, ${width}, light and dark`, LIMIT, () =>
      stage.onPage({ size, ...options }, async (page) => {
        await reach(page);
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await objections(page), [], colorScheme);
        }
      }),
    );
  }
}

test("in the system's own colours what is chosen stands out", LIMIT, () =>
  stage.onPage({ hash: "#size=50" }, async (page) => {
    await page.emulateMedia({ forcedColors: "active" });
    await rows(page).nth(2).click();
    await page.click("#compare");
    const ground = (element) => getComputedStyle(element).backgroundColor;
    for (const [chosen, other] of [
      ["#jobs tbody [aria-selected='true']", "#jobs tbody [aria-selected='false']"],
      ["#jobs tbody [aria-selected='true'] td", "#jobs tbody [aria-selected='false'] td"],
      [".page-numbers [aria-current]", ".page-numbers button:not([aria-current])"],
      [".inspector-head [aria-pressed='true']", "#next-job"],
      ["#facets-switch[aria-expanded='true']", "#sources-button"],
    ]) {
      const [marked, plain] = [page.locator(chosen).first(), page.locator(other).first()];
      assert.notEqual(await marked.evaluate(ground), await plain.evaluate(ground), chosen);
    }
    assert.deepEqual(await objections(page), []);
  }),
);

test("an objection would be seen", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.evaluate(() => document.querySelector("main").append(document.createElement("button")));
    assert.match((await objections(page)).join(), /button-name/);
  }),
);
