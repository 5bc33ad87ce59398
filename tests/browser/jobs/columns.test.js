// The table's columns: chosen, resized and remembered, in the address; times as UTC, local time and ages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { age } from "../../../web/ui/format.js";
import { LIMIT, NOW, PHONE, column, rows, sidewaysScroll, useStage, waitForText } from "../browser.js";
import { doubleClick } from "../browsers.js";

let jobs;
const stage = useStage({ jobs: 400 }, async () => {
  jobs = await stage.wireJobs();
});

const heads = (page) => page.locator("#jobs th .heading").allInnerTexts();
const widthOf = (page, field) =>
  page.locator(`th.column-${field}`).evaluate((head) => head.getBoundingClientRect().width);
const hash = (page) => page.evaluate(() => location.hash);

async function choose(page, ...headings) {
  await page.click("#columns summary");
  for (const heading of headings) {
    await page.locator("#columns label", { hasText: new RegExp(`^\\s*${heading}\\s*$`) }).click();
  }
  await page.keyboard.press("Escape");
}

test("columns are chosen, stand in the address, and are there again in a new visit", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await choose(page, "Input", "Min. confidence", "Output");
    assert.deepEqual(await heads(page), [
      "Name",
      "Status",
      "Created",
      "Duration",
      "Failure code",
      "Model",
      "Min. confidence",
      "Output",
    ]);
    assert.equal(await hash(page), "#columns=name,status,created,duration,code,model,confidence,output");
    const shown = await column(page, "confidence");
    const meant = jobs.map((job) => job.OperationsConfig.DetectModerationLabels?.MinConfidence ?? "");
    assert.deepEqual(shown, meant.slice(0, shown.length).map(String));
    assert.ok(await page.locator("#columns summary").evaluate((summary) => summary === document.activeElement));

    await page.goto("about:blank");
    await page.goto(stage.url);
    await rows(page).first().waitFor();
    assert.ok((await heads(page)).includes("Output"), "remembered");
    await page.goto("about:blank");
    await page.goto(`${stage.url}#q=promo`);
    await rows(page).first().waitFor();
    assert.ok(!(await heads(page)).includes("Output"), "a shared address shows all the same");
    assert.deepEqual(await sidewaysScroll(page), []);
  }),
);

test("every column can be shown at once, each sorts, and Reset brings the usual ones back", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const usual = await heads(page);
    await page.click("#columns summary");
    const boxes = page.locator("#columns input");
    for (let index = 0; index < (await boxes.count()); index += 1) await boxes.nth(index).setChecked(true);
    assert.equal((await heads(page)).length, await boxes.count());
    await page.keyboard.press("Escape");
    for (const button of await page.locator("#jobs th button").all()) {
      await button.press("Enter");
      await waitForText(page.locator("#count"), "400 of 400");
    }
    assert.equal(await page.locator('#jobs th:not([aria-sort="none"])').count(), 1);
    await page.click("#columns summary");
    await page.getByRole("button", { name: "Reset" }).click();
    await page.keyboard.press("Escape");
    assert.deepEqual(await heads(page), usual);
  }),
);

test("a column's edge is dragged, moved by keys, reset by a double click, and remembered", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const before = await widthOf(page, "status");
    const box = await page.locator("th.column-status .resizer").boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 60, box.y + 5, { steps: 3 });
    await page.mouse.up();
    assert.equal(Math.round(await widthOf(page, "status")), Math.round(before + 60));
    assert.equal(await page.locator("th.column-status").getAttribute("aria-sort"), "none", "a drag does not sort");
    const cell = await page
      .locator("td.column-status")
      .first()
      .evaluate((each) => each.getBoundingClientRect().width);
    assert.equal(Math.round(cell), Math.round(before + 60));

    await page.locator("th.column-status button").press("Shift+ArrowLeft");
    assert.equal(Math.round(await widthOf(page, "status")), Math.round(before + 44));
    await page.reload();
    await rows(page).first().waitFor();
    assert.equal(Math.round(await widthOf(page, "status")), Math.round(before + 44));
    await doubleClick(page.locator("th.column-status .resizer"));
    assert.equal(Math.round(await widthOf(page, "status")), Math.round(before));
  }),
);

test("times are UTC, local, or ages, and are remembered", LIMIT, () =>
  stage.onPage({ before: (page) => page.clock.setFixedTime(NOW) }, async (page) => {
    const times = jobs.map((job) => new Date(Math.round(job.CreationTimestamp * 1000)));
    const utc = (date) => date.toISOString().slice(0, 19).replace("T", " ");
    let shown = await column(page, "created");
    assert.deepEqual(shown, times.slice(0, shown.length).map(utc));
    await page.selectOption("#times", "age");
    shown = await column(page, "created");
    assert.deepEqual(
      shown,
      times.slice(0, shown.length).map((date) => age(date, NOW)),
    );
    await page.selectOption("#times", "local");
    assert.match(await page.locator("th.column-created").innerText(), /local/);
    await page.reload();
    await rows(page).first().waitFor();
    assert.equal(await page.locator("#times").inputValue(), "local");
  }),
);

test("what storage holds that is none of the page's is no harm", LIMIT, () =>
  stage.onPage(
    {
      before: (page) =>
        page.addInitScript(() => {
          // Firefox runs it in its empty page too, which has no storage.
          if (origin === "null" || !isSecureContext) return;
          localStorage.setItem(
            "rekognition-jobs.settings",
            '{"columns":["<b>"],"widths":{"name":"9e9","status":-1},"times":7,"theme":"__proto__","size":-3}',
          );
        }),
    },
    async (page) => {
      assert.deepEqual((await heads(page)).slice(0, 3), ["Name", "Status", "Created"]);
      assert.equal(await page.locator("#times").inputValue(), "utc");
    },
  ),
);

test("a phone's rows have two lines of one height, and long or strange names leave them so", LIMIT, () =>
  stage.onPage({ size: PHONE }, async (page) => {
    const heights = await rows(page).evaluateAll((all) => [...new Set(all.map((row) => row.offsetHeight))]);
    assert.deepEqual(heights, [52]);
    assert.deepEqual(await sidewaysScroll(page), []);
  }),
);

test("ages", () => {
  const ago = (milliseconds) => age(new Date(NOW - milliseconds), NOW);
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  assert.deepEqual([0, 59_999, minute, 59 * minute, hour, 47 * hour, 2000 * day, -2 * hour].map(ago), [
    "just now",
    "just now",
    "1 m ago",
    "59 m ago",
    "1 h ago",
    "1 d ago",
    "2,000 d ago",
    "in 2 h",
  ]);
});
