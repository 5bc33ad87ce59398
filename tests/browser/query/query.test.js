// The query box: what it finds, and how it tells that a query cannot be read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, PAGED, PHONE, WIDE, column, rows, shownIds, useStage, waitForText } from "../browser.js";

let jobs;
const stage = useStage({}, async () => {
  jobs = await stage.wireJobs();
});

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`a failed job is found by its failure code and its message read (${name})`, LIMIT, () =>
    stage.onPage({ size, hash: PAGED }, async (page) => {
      const denied = jobs.filter((job) => job.Status === "FAILED" && job.FailureDetails?.Code === "ACCESS_DENIED");
      assert.ok(denied.length > 0);
      await page.fill("#query", "status:failed code:ACCESS_DENIED");
      await waitForText(page.locator("#count"), `${denied.length} of 2,500`);
      assert.deepEqual(
        await shownIds(page),
        denied.slice(0, 50).map((job) => job.JobId),
      );
      assert.deepEqual(new Set(await column(page, "status")), new Set(["FAILED"]));

      const one = denied.findIndex((job) => job.FailureDetails.Message);
      await rows(page).nth(one).click();
      assert.equal(await page.locator(".failure-code").innerText(), "ACCESS_DENIED");
      assert.equal(await page.locator(".failure-message").innerText(), denied[one].FailureDetails.Message);
    }),
  );
}

test("results follow the typing, and the time the answer took is told", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.locator("#query").pressSequentially("promo", { delay: 20 });
    const matching = jobs.filter((job) =>
      JSON.stringify([
        job.JobName,
        job.JobId,
        job.FailureDetails?.Message,
        job.Input?.S3Object?.Bucket,
        job.Input?.S3Object?.Name,
        job.OutputConfig?.S3Bucket,
        job.OutputConfig?.S3KeyPrefix,
      ])
        .toLowerCase()
        .includes("promo"),
    );
    await waitForText(page.locator("#count"), `${matching.length.toLocaleString("en-US")} of 2,500`);
    assert.match(await page.locator(".answer-time").innerText(), /(\d+(\.\d)?|under 0\.1) ms/);
    await page.getByRole("button", { name: "Clear query" }).click();
    await waitForText(page.locator("#count"), "2,500 of 2,500");
    assert.ok(await page.locator("#query").evaluate((box) => box === document.activeElement));
  }),
);

test("a query that cannot be read shows its place and what was expected; the last answer stays, dimmed", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.fill("#query", "status:failed");
    const failed = jobs.filter((job) => job.Status === "FAILED").length.toLocaleString("en-US");
    await waitForText(page.locator("#count"), `${failed} of 2,500`);
    const before = await shownIds(page);

    await page.fill("#query", "status:failed colour:red promo");
    await page.locator("#query-error").waitFor();
    assert.match(await page.locator("#query-error mark").innerText(), /colour/);
    assert.equal(await page.locator(".query-excerpt").innerText(), "status:failed colour:red promo");
    assert.match(await page.locator(".expected").innerText(), /status/);
    assert.equal(await page.getAttribute("#query", "aria-invalid"), "true");
    assert.equal(await page.locator(".list.stale").count(), 1);
    assert.deepEqual(await shownIds(page), before);

    await page.fill("#query", "status:failed (promo");
    await waitForText(page.locator(".query-excerpt"), "status:failed (promo");
    await page.fill("#query", `${"promo ".repeat(900)}${"x".repeat(9000)}:y ${"promo ".repeat(900)}`);
    await waitForText(page.locator("#query-error mark"), /^x+…x+$/);
    const panel = await page.locator("#query-error").boundingBox();
    assert.ok(panel.x + panel.width <= WIDE.width && panel.height < 300, "a long query is told in short");
    assert.ok((await page.locator("#query-error mark").boundingBox()).y < panel.y + panel.height);
    await page.fill("#query", "status:failed promo");
    await page.locator("#query-error").waitFor({ state: "detached" });
    assert.equal(await page.locator(".list.stale").count(), 0);
    assert.equal(await page.getAttribute("#query", "aria-invalid"), "false");
  }),
);

test("a query that finds nothing says so and offers to clear it", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.fill("#query", "no-job-has-this-name");
    await waitForText(page.locator(".empty"), "No jobs match");
    await page.locator(".empty button").click();
    await waitForText(page.locator("#count"), "2,500 of 2,500");
  }),
);
