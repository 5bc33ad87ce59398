// Files of results and summaries: told from listings, whole and broken, alone and together, hostile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openResults, sourceKind } from "rekognition-jobs";
import { narrowed } from "../../../web/results/image_query.js";
import { IMAGE_COMPLETION_SOURCE } from "../../../web/results/image_completion_source.js";
import { objections } from "../axe.js";
import { LIMIT, PHONE, drop, sidewaysScroll, useStage, waitForText } from "../browser.js";
import { needs } from "../browsers.js";
import { failedJob, wireFile } from "../job_files.js";
import { resultsFile, summaryFile } from "./result_files.js";

const stage = useStage({ jobs: 20 });

const IMAGES = {
  "a.jpg": [
    ["Violence", 95.5],
    ["Weapons", 95.5, "Violence"],
  ],
  "b.jpg": [
    ["Violence", 60],
    ["Weapons", 55, "Violence"],
    ["Alcohol", 91],
  ],
  "c.jpg": [],
  "d.jpg": [["Alcohol", 71]],
};
const shown = (page) => page.locator(".image-uri").allInnerTexts();
/** The labels, which are counted after the images are shown. */
async function labels(page) {
  const names = page.locator(".labels .facet-value");
  await names.first().waitFor();
  return names.allInnerTexts();
}
const numbers = async (page) => (await page.locator(".image-filter b").allInnerTexts()).map(Number);

test("what a file holds is told by its beginning", async () => {
  assert.equal(await sourceKind(resultsFile(IMAGES)), "results");
  assert.equal(await sourceKind(summaryFile(2, [{ "line-numer": 1, "source-ref": "s3://a/b", code: "X" }])), "summary");
  assert.equal(await sourceKind(`{"errors":[{"source-ref":"s3://a/b"}],"statistics":{}}`), "summary");
  assert.equal(await sourceKind(wireFile([failedJob({ JobName: '"source-ref" is missing' })])), "listing");
  assert.equal(await sourceKind(""), "listing");
  assert.equal(await sourceKind("<!doctype html>"), "listing");
});

test("each field of the results' language is told in words, and no other", async () => {
  const results = await openResults(resultsFile(IMAGES));
  assert.deepEqual(
    Object.keys(IMAGE_COMPLETION_SOURCE.vocabulary.help).sort(),
    results.fields.map(({ name }) => name).sort(),
  );
  for (const [name, { examples }] of Object.entries(IMAGE_COMPLETION_SOURCE.vocabulary.help)) {
    for (const example of examples) results.query(`${name}:${example}`).close();
  }
  for (const shown of ["flagged", "unflagged", "unanswered"]) {
    for (const query of ["", "label:violence", "a OR b", "-(label:alcohol)"]) {
      assert.ok(results.query(narrowed(results, query, 70, shown)).length >= 0);
    }
  }
  const lengthOf = (shown) => results.query(narrowed(results, "weapons", 90, shown)).length;
  assert.deepEqual([lengthOf("all"), lengthOf("flagged"), lengthOf("unflagged")], [2, 2, 0]);
  results.close();
});

test("results and their summary are dropped together; slider, labels and query narrow one list", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const text = resultsFile(IMAGES);
    const cut = text.slice(0, -5);
    await drop(
      page,
      { name: "job-results.jsonl", text: cut },
      { name: "summary.json", text: summaryFile(5, [{ "line-numer": 5, code: "ERROR_X", message: "<b>bad</b>" }]) },
    );
    await waitForText(page.locator("#results-title"), "job-results.jsonl");
    await waitForText(page.locator("#rejected li"), "line 4");
    assert.deepEqual(
      await shown(page),
      ["a.jpg", "b.jpg", "c.jpg"].map((key) => `s3://images/${key}`),
    );
    await page.locator("#summary summary").click();
    await waitForText(page.locator("#summary tbody td"), "<b>bad</b>");

    assert.deepEqual(await numbers(page), [3, 2, 1]);
    await page.locator(".sparkline .above-threshold[style*='100%']").waitFor();
    const bars = () =>
      page
        .locator(".sparkline span")
        .evaluateAll((all) => all.flatMap(({ style }, at) => (style.height === "0%" ? [] : [[at * 2, style.height]])));
    const half = "50%";
    assert.deepEqual(
      await bars(),
      [
        [54, half],
        [60, half],
        [90, half],
        [94, "100%"],
      ],
      "the spread of all confidences",
    );
    await page.locator("#threshold").focus();
    for (let press = 0; press < 45; press += 1) await page.keyboard.press("ArrowRight");
    await waitForText(page.locator(".threshold output"), "95%");
    assert.deepEqual(await numbers(page), [3, 1, 2]);
    assert.deepEqual(await labels(page), ["Violence", "Weapons"]);
    await page.getByLabel("unflagged").check();
    await waitForText(page.locator("#count"), "2 of 3");
    assert.deepEqual(await shown(page), ["s3://images/b.jpg", "s3://images/c.jpg"]);

    await page.getByLabel("all", { exact: false }).first().check();
    await page.locator("#query").pressSequentially("label:alc");
    await waitForText(page.locator("#completions"), "Alcohol");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("#query").value === "label:=Alcohol ");
    await waitForText(page.locator("#count"), "1 of 3");
    await page.fill("#query", "label:alcohol colour:red");
    await waitForText(page.locator("#query-error mark"), "colour");
    assert.deepEqual(await shown(page), ["s3://images/b.jpg"], "the last answer stays");
    assert.deepEqual(await objections(page), []);
    await page.getByRole("button", { name: "Clear query" }).click();
    await waitForText(page.locator("#count"), "3 of 3");
    assert.equal(await page.evaluate(() => location.hash), "");

    await drop(page, { name: "jobs.json", text: wireFile([failedJob({})]) });
    await waitForText(page.locator("#count"), "1 of 1");
    assert.equal(await page.locator("main.results").count(), 0);
  }),
);

test("a summary alone shows its errors; two results files are compared", LIMIT, () =>
  stage.onPage({ size: PHONE }, async (page) => {
    const errors = Array.from({ length: 700 }, (_, at) => ({ "line-number": at + 1, code: "ERROR_Y", message: "No." }));
    await page.evaluate((text) => navigator.clipboard.writeText(text), summaryFile(900, errors));
    await page.locator("#source").focus();
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Control+v");
    await waitForText(page.locator("#summary summary"), "700 errors: 700 ERROR_Y");
    assert.equal(await page.locator("#summary tbody tr").count(), 500);
    await waitForText(page.locator(".summary-errors"), "200 more");
    assert.equal(await page.locator("#query").count(), 0);
    assert.deepEqual(await sidewaysScroll(page), []);

    await drop(
      page,
      { name: "old.jsonl", text: resultsFile(IMAGES) },
      { name: "new.jsonl", text: resultsFile({ ...IMAGES, "a.jpg": [], "c.jpg": [["Gambling", 99]], "e.jpg": [] }) },
    );
    await waitForText(page.locator("#comparison-title"), "Compared with new.jsonl");
    const table = page.locator("#results-comparison tbody tr");
    await table.first().waitFor();
    assert.deepEqual(await table.locator("th").allInnerTexts(), ["s3://images/a.jpg", "s3://images/c.jpg"]);
    assert.deepEqual(await table.locator("td").allInnerTexts(), [
      "flagged only by this job",
      "Violence, Weapons",
      "none",
      "flagged only by the other job",
      "none",
      "Gambling",
    ]);
    assert.deepEqual(await sidewaysScroll(page), []);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await objections(page), []);
  }),
);

test(
  "texts of results are texts, long ones break nothing, and a long list is drawn in part",
  { ...LIMIT, ...needs("anExplanation") },
  () =>
    stage.onPage({}, async (page) => {
      const hostile = `<img src=x onerror=alert(1)>\u202E${"w".repeat(400)}`;
      const images = {
        [hostile]: [[hostile, 99]],
        ...Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`${at}.jpg`, at % 3 ? [] : [["Gambling", 80]]])),
      };
      await drop(page, { name: `${hostile}.jsonl`, text: resultsFile(images) });
      await waitForText(page.locator("#count"), "3,001 of 3,001");
      assert.equal(await page.locator("main.results img").count(), 0);
      assert.deepEqual(await labels(page), ["Gambling", hostile]);
      assert.deepEqual(await sidewaysScroll(page), []);
      assert.ok((await page.locator(".image").count()) < 100);
      await page.locator("#list").focus();
      await page.keyboard.press("End");
      await waitForText(page.locator(".image-uri"), "s3://images/2999.jpg");
      await page.setViewportSize({ width: 390, height: 844 });
      assert.deepEqual(await sidewaysScroll(page), []);
      for (const width of [320, 1024, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await sidewaysScroll(page), [], `${width}`);
      }
    }),
);

test("images without an answer are counted apart; what was found in the file is told", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const [first, ...rest] = resultsFile(IMAGES)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const images = [{ ...first, "x-odd": 1 }, ...rest, { "source-ref": "s3://images/e.jpg" }];
    await drop(page, { name: "saved.json", text: JSON.stringify(images, null, 2) });
    await waitForText(page.locator("#results-title"), "saved.json");
    await waitForText(page.locator(".image-uri").last(), "s3://images/e.jpg");
    assert.deepEqual(await numbers(page), [5, 3, 1, 1]);
    for (const [filter, image] of [
      ["without an answer", "s3://images/e.jpg"],
      ["unflagged", "s3://images/c.jpg"],
    ]) {
      await page.getByLabel(filter).check();
      await page.waitForFunction(() => document.querySelectorAll(".image-uri").length === 1);
      assert.deepEqual(await shown(page), [image]);
    }
    await waitForText(page.locator("#notices summary"), "saved.json was read as JSON array: 2 notices");
    await page.locator("#notices summary").click();
    await waitForText(page.locator("#notices li").first(), "unknown member x-odd");
    await waitForText(page.locator("#notices li").last(), "whether they are flagged is not known");
    assert.deepEqual(await objections(page), []);
    await page.setViewportSize(PHONE);
    assert.deepEqual(await sidewaysScroll(page), []);
  }),
);
