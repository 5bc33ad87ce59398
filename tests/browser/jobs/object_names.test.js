// Texts of jobs that are also names of every JavaScript object's members: counted, shown and asked for like any other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, column, drop, rows, useStage, waitForText } from "../browser.js";
import { failedJob, wireFile } from "../job_files.js";
import { resultsFile, summaryFile } from "../results/result_files.js";

const NAMES = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "isPrototypeOf"];
const DAY = 86_400;

const stage = useStage({ jobs: 1 });

/** Of the first name one job, of the second two, and so on, each on a day of its own. */
const jobs = NAMES.flatMap((name, index) =>
  Array.from({ length: index + 1 }, (_, copy) =>
    failedJob({
      JobId: `${name}-${copy}`,
      JobName: name,
      Status: name,
      FailureDetails: { Code: name, Message: name },
      CreationTimestamp: 1_795_000_000 + DAY * (index * 10 + copy),
      CompletionTimestamp: 1_795_000_000 + DAY * (index * 10 + copy) + 60,
      Input: { S3Object: { Bucket: name, Name: name } },
      OperationsConfig: { DetectModerationLabels: { ProjectVersion: name } },
      Results: { S3Object: { Bucket: name, Name: name }, ModelVersions: { Moderation: name } },
    }),
  ),
);

test("statuses, codes, models and buckets by such names are counted in chart, numbers and facets", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await drop(page, { name: "jobs.json", text: wireFile(jobs) });
    await waitForText(page.locator("#count"), `${jobs.length} of ${jobs.length}`);
    assert.deepEqual((await column(page, "status")).sort(), jobs.map(({ Status }) => Status).sort());
    await page.locator(".legend li").first().waitFor();
    assert.deepEqual((await page.locator(".legend li").allInnerTexts()).sort(), [...NAMES].sort());

    await page.click("#numbers");
    const [statuses, cells] = await page
      .locator(".numbers-body")
      .evaluate((body) => [
        [...body.querySelectorAll("thead th")].slice(2, -1).map(({ textContent }) => textContent),
        [...body.querySelectorAll("tbody tr")].map((row) =>
          [...row.querySelectorAll("td")].slice(1, -1).map(({ textContent }) => textContent),
        ),
      ]);
    const totals = new Map(statuses.map((status) => [status, 0]));
    for (const line of cells) {
      assert.ok(
        line.every((text) => /^\d+$/.test(text)),
        line.join(),
      );
      for (const [index, status] of statuses.entries()) totals.set(status, totals.get(status) + Number(line[index]));
    }
    assert.deepEqual([...totals].sort(), NAMES.map((name, index) => [name, index + 1]).sort());

    for (const field of ["status", "code", "model", "input", "project"]) {
      const facet = page.locator(`.facet[data-field="${field}"]`);
      const counted = (await facet.locator("li").allInnerTexts()).map((text) => text.trim().split(/\s+/));
      assert.deepEqual(counted.sort(), NAMES.map((name, index) => [name, String(index + 1)]).sort(), field);
    }
    for (const [index, name] of NAMES.entries()) {
      await page.fill("#query", "");
      await page.locator('.facet[data-field="status"] li', { hasText: name }).locator("input").check();
      await waitForText(page.locator("#count"), `${index + 1} of ${jobs.length}`);
      assert.equal(await page.inputValue("#query"), `status:${name}`);
      await rows(page).first().click();
      assert.equal(await page.locator(".inspector-status .status-word").innerText(), name);
      assert.equal(await page.locator(".failure-help").count(), 0);
      await page.click("#close");
    }
  }),
);

test("labels, codes and buckets of results by such names are counted too", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const images = Object.fromEntries(
      NAMES.map((name, index) => [`${name}.jpg`, NAMES.slice(index).map((label) => [label, 90])]),
    );
    const errors = NAMES.map((code, index) => ({ "line-number": index + 1, code, message: code }));
    await drop(
      page,
      { name: "results.jsonl", text: resultsFile(images) },
      { name: "summary.json", text: summaryFile(20, errors) },
    );
    await waitForText(page.locator(".results .load-status"), `${NAMES.length} images`);
    await page.locator("#labels li").first().waitFor();
    const counted = await page
      .locator("#labels li")
      .evaluateAll((all) =>
        all.map((each) => [
          each.querySelector(".facet-value").textContent,
          each.querySelector(".facet-count").textContent,
        ]),
      );
    assert.deepEqual(counted.sort(), NAMES.map((name, index) => [name, String(index + 1)]).sort());
    const told = await page.locator("#summary summary").innerText();
    for (const name of NAMES) assert.ok(told.includes(`1 ${name}`), told);
    for (const [index, name] of NAMES.entries()) {
      await page.locator("#labels li", { hasText: name }).locator("input").check();
      await waitForText(page.locator("#count"), new RegExp(`^${index + 1} of ${NAMES.length}`));
      await page.locator("#labels li", { hasText: name }).locator("input").uncheck();
    }
  }),
);
