// The table: sorting by a column's head, numbered pages and their size.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, PAGED, PHONE, column, rows, shownIds, useStage, waitForText } from "../browser.js";

let jobs;
const stage = useStage({ jobs: 800 }, async () => {
  jobs = await stage.wireJobs();
});

const bytes = (text) => Buffer.from(text);

/** Text by its UTF-8 bytes, jobs without it last; ties newest first, then by JobId. */
function sortedBy(text, descending = false) {
  return [...jobs]
    .sort((a, b) => {
      const [x, y] = [text(a), text(b)];
      if ((x === undefined) !== (y === undefined)) return x === undefined ? 1 : -1;
      const order = x === undefined ? 0 : Buffer.compare(bytes(x), bytes(y));
      return (
        (descending ? -order : order) ||
        b.CreationTimestamp - a.CreationTimestamp ||
        Buffer.compare(bytes(a.JobId), bytes(b.JobId))
      );
    })
    .slice(0, 50)
    .map((job) => job.JobId);
}

test("a click on a head sorts up, the second down, the third back to newest first", LIMIT, () =>
  stage.onPage({ hash: PAGED }, async (page) => {
    const head = page.locator("th.column-name");
    const name = (job) => job.JobName;
    assert.equal(await page.locator("th.column-created").getAttribute("aria-sort"), "descending");
    assert.equal(await head.getAttribute("aria-sort"), "none");

    await head.locator("button").click();
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    assert.deepEqual(await shownIds(page), sortedBy(name));

    await head.locator("button").click();
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    assert.deepEqual(await shownIds(page), sortedBy(name, true));

    await head.locator("button").click();
    assert.equal(await head.getAttribute("aria-sort"), "none");
    assert.deepEqual(
      await shownIds(page),
      jobs.slice(0, 50).map((job) => job.JobId),
    );
  }),
);

test("jobs without a failure code come last, whichever way that column is sorted", LIMIT, () =>
  stage.onPage({ hash: PAGED }, async (page) => {
    const code = (job) => job.FailureDetails?.Code;
    const button = page.locator("th.column-code button");
    await button.click();
    assert.deepEqual(await shownIds(page), sortedBy(code));
    await button.click();
    assert.deepEqual(await shownIds(page), sortedBy(code, true));
    assert.ok((await column(page, "code")).every((text) => text !== ""));
  }),
);

test("pages are numbered, and a page size keeps the row in sight", LIMIT, () =>
  stage.onPage({ hash: PAGED }, async (page) => {
    const ids = jobs.map((job) => job.JobId);
    await page.getByRole("button", { name: "Page 3", exact: true }).click();
    assert.deepEqual(await shownIds(page), ids.slice(100, 150));
    await page.click("#next-page");
    assert.deepEqual(await shownIds(page), ids.slice(150, 200));
    assert.equal(await page.locator(".page-numbers [aria-current='page']").innerText(), "4");

    await page.selectOption("#size", "100");
    assert.deepEqual(await shownIds(page), ids.slice(100, 200));
    await page.getByRole("button", { name: "Page 8" }).click();
    assert.deepEqual(await shownIds(page), ids.slice(700, 800));
    assert.ok(await page.isDisabled("#next-page"));
    assert.match(await page.locator(".rows-shown").innerText(), /^701–800 of 800$/);

    await page.fill("#query", "status:succeeded");
    await page.locator(".page-numbers [aria-current='page']", { hasText: /^1$/ }).waitFor();
    await waitForText(page.locator(".rows-shown"), /^1–100 of/);
  }),
);

test("a phone's list has an order and pages too", LIMIT, () =>
  stage.onPage({ size: PHONE, hash: PAGED }, async (page) => {
    await page.selectOption("#order", "-name");
    assert.deepEqual(
      await shownIds(page),
      sortedBy((job) => job.JobName, true),
    );
    await page.selectOption("#order", "");
    await page.click("#next-page");
    assert.deepEqual(
      await shownIds(page),
      jobs.slice(50, 100).map((job) => job.JobId),
    );
    assert.equal(await page.locator(".page-of").innerText(), "2 / 16");
    assert.equal(await rows(page).count(), 50);
  }),
);
