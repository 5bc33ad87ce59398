// The account behind the page: loading it, refreshing it, and what is told when that fails.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, PAGED, rows, shownIds, useStage, waitForJobs, waitForText } from "../browser.js";

const TYPE = "application/x-amz-json-1.1";
const stage = useStage();

/** Answers the service's requests from the given one on, in place of the endpoint, while `fails.now` is true. */
async function failFrom(page, first, fails, body) {
  let requests = 0;
  await page.route(stage.url, (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    requests += 1;
    if (!fails.now || requests < first) return route.fallback();
    return route.fulfill({ status: 400, contentType: TYPE, body: JSON.stringify(body) });
  });
}

test("the whole account is loaded and its newest jobs are shown", LIMIT, () =>
  stage.onPage({ hash: PAGED }, async (page) => {
    const jobs = await stage.wireJobs();
    assert.equal(jobs.length, 2500);
    await waitForText(page.locator("#count"), "2,500 of 2,500");
    assert.deepEqual(
      await shownIds(page),
      jobs.slice(0, 50).map((job) => job.JobId),
    );
    assert.match(await page.locator(".rows-shown").innerText(), /^1–50 of 2,500$/);
    assert.equal(await page.title(), `${await page.locator("#source option:checked").innerText()} · rekognition-jobs`);
  }),
);

test("a refresh tells what was added and what moved on", LIMIT, () =>
  stage.onPage({ hash: PAGED }, async (page) => {
    stage.pass(5 * 60_000);
    await page.click("#refresh");
    await waitForText(page.locator("#load-status"), /\d+ added, \d+ updated/);
    const jobs = await stage.wireJobs();
    await waitForText(page.locator("#count"), `of ${jobs.length.toLocaleString("en-US")}`);
    assert.deepEqual(
      await shownIds(page),
      jobs.slice(0, 50).map((job) => job.JobId),
    );
    await page.click("#refresh");
    await waitForText(page.locator("#load-status"), "No changes in the latest");
  }),
);

test("how long ago the account was read passes without being told, until it is read anew", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await waitForText(page.locator("#loaded-at"), /^\d+ s ago$/);
    const seconds = parseInt(await page.locator("#loaded-at").innerText(), 10);
    await page.waitForFunction(
      (before) => parseInt(document.querySelector("#loaded-at").textContent, 10) > before,
      seconds,
    );
    assert.match(await page.getAttribute("#loaded-at", "title"), /^Loaded at \d+:\d\d:\d\d/);
    assert.equal(await page.locator("[role='status'] #loaded-at, [aria-live] #loaded-at").count(), 0);
    await page.click("#refresh");
    await waitForText(page.locator("#loaded-at"), /^(just now|1 s ago)$/);
  }),
);

test("an error of the service is shown by name and message, what was loaded stays, and Retry goes on", LIMIT, () => {
  const fails = { now: true };
  return stage.onPage(
    {
      hash: PAGED,
      loaded: false,
      expected: /Failed to load resource/,
      before: (page) => failFrom(page, 4, fails, { __type: "AccessDeniedException", Message: "Not for <b>you</b>." }),
    },
    async (page) => {
      await waitForText(page.locator("#error"), "AccessDeniedException");
      await waitForText(page.locator("#error"), "Not for <b>you</b>.");
      await waitForText(page.locator("#count"), "300 of 300");
      assert.equal(await rows(page).count(), 50);
      fails.now = false;
      let asked = 0;
      page.on("request", (request) => (asked += Number(request.method() === "POST")));
      await page.click("#retry");
      await waitForJobs(page);
      await waitForText(page.locator("#count"), /2,5\d\d of 2,5\d\d/);
      assert.equal(await page.locator("#error").count(), 0);
      // 25 or 26 pages make the account, three of which had been read before.
      assert.ok(asked >= 22 && asked <= 24, `${asked} requests`);
    },
  );
});
