// The time chart: its numbers, dragging a range into the query, and the same by keys through the table.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stackedHeights, stackedStatuses } from "../../../web/chart/chart_data.js";
import { tickTime } from "../../../web/ui/format.js";
import { LIMIT, PHONE, WIDE, sidewaysScroll, useStage, waitForText } from "../browser.js";
import { needs, touch } from "../browsers.js";

let jobs;
const stage = useStage({}, async () => {
  jobs = await stage.wireJobs();
});

const created = (job) => job.CreationTimestamp * 1000;

/** Drags over the chart, from one share of its width to another, by mouse. */
async function dragByMouse(page, from, to) {
  const at = await placesOfChart(page);
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at((from + to) / 2));
  await page.mouse.move(...at(to));
  await page.mouse.up();
}

/** The same by a finger. */
async function dragByFinger(page, from, to) {
  const at = await placesOfChart(page);
  await touch(
    page,
    [1, 2, 3, 4].map((step) => [at(from + ((to - from) * (step - 1)) / 3)]),
  );
}

async function placesOfChart(page) {
  let box = null;
  // The chart is made anew when the statuses in it are others.
  while (!box) box = await page.locator("#plot .u-over").boundingBox();
  return (share, down = 0) => [box.x + box.width * share, box.y + box.height / 2 + down];
}

/** On a low screen, where not all of the page has room: a finger that goes up scrolls, two that part zoom. */
async function scrollAndZoomByFinger(page) {
  await page.setViewportSize({ width: 667, height: 375 });
  assert.ok((await page.locator("#list").boundingBox()).height > 200, "the rows keep some room");
  const before = await placesOfChart(page);
  await touch(
    page,
    [0, 20, 40, 60, 80].map((way) => [before(0.5, 30 - way)]),
  );
  await page.waitForFunction(() => document.querySelector("main").scrollTop > 20);
  const at = await placesOfChart(page);
  const apart = (share) => [at(0.5 - share), at(0.5 + share)];
  await touch(page, [[at(0.45)], apart(0.05), apart(0.1), apart(0.2), apart(0.3)]);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.equal(await page.inputValue("#query"), "promo", "neither is a choice of times");
}

async function createdTerm(page) {
  await page.waitForFunction(() => document.querySelector("#query").value.includes("created:"));
  const query = await page.inputValue("#query");
  const [, from, to] = /created:(\S+)\.\.(\S+)/.exec(query);
  return { query, from, to };
}

test("a finger that goes up scrolls, and two that part zoom", { ...LIMIT, ...needs("scrollByTouch") }, () =>
  stage.onPage({ size: PHONE, touch: true, hash: "#q=promo" }, async (page) => {
    await page.click("#chart-switch");
    await page.locator("#plot canvas").waitFor();
    await scrollAndZoomByFinger(page);
  }),
);

for (const [name, size, drag] of [
  ["wide, by mouse", WIDE, dragByMouse],
  ["phone, by finger", PHONE, dragByFinger],
]) {
  test(`dragging over the chart writes its range into the query, and back again (${name})`, LIMIT, () =>
    stage.onPage({ size, touch: size === PHONE, hash: "#q=promo" }, async (page) => {
      if (size === PHONE) await page.click("#chart-switch");
      await page.locator("#plot canvas").waitFor();
      await drag(page, 0.7, 0.4);
      const { query, from, to } = await createdTerm(page);
      assert.match(query, /^promo created:\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d$/);
      const times = jobs.filter((job) => JSON.stringify(job).includes("promo")).map(created);
      const [first, last] = [Math.min(...times), Math.max(...times)];
      const day = 86_400_000;
      assert.ok(Math.abs(new Date(from) - (first + (last - first) * 0.4)) < 2 * day, from);
      assert.ok(Math.abs(new Date(to) - (first + (last - first) * 0.7)) < 2 * day, to);
      const within = times.filter((time) => time >= new Date(from).getTime() && time < new Date(to).getTime() + day);
      await waitForText(page.locator("#count"), new RegExp(`^${within.length} of`));

      await page.locator("#all-times").waitFor();
      await drag(page, 0.2, 0.5);
      await page.waitForFunction((before) => document.querySelector("#query").value !== before, query);
      assert.equal((await page.inputValue("#query")).match(/created:/g).length, 1);
      await page.click("#all-times");
      assert.equal(await page.inputValue("#query"), "promo");
      assert.deepEqual(await sidewaysScroll(page), []);
    }),
  );

  test(`the table has the chart's numbers, and a row of it is a range (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      if (size === PHONE) await page.click("#chart-switch");
      await page.locator("#numbers").press("Enter");
      assert.equal(await page.getAttribute("#numbers", "aria-expanded"), "true");
      const lines = await page
        .locator(".numbers-body tr")
        .evaluateAll((all) => all.map((line) => [...line.cells].slice(0, -1).map((cell) => cell.textContent)));
      const [head, ...body] = lines;
      const column = (text) => body.map((line) => Number(line[head.indexOf(text)].replaceAll(",", "")));
      const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
      assert.equal(sum(column("Total")), jobs.length);
      for (const status of new Set(jobs.map((job) => job.Status))) {
        assert.equal(sum(column(status)), jobs.filter((job) => job.Status === status).length, status);
      }
      const within = jobs.filter((job) => {
        const time = new Date(created(job)).toISOString().slice(0, 19).replace("T", " ");
        return time >= body[3][0] && time < body[3][1];
      });
      assert.equal(within.length, column("Total")[3]);
      await page.getByRole("button", { name: `Filter to this period: ${body[3][0]} to ${body[3][1]}` }).press("Enter");
      const { from, to } = await createdTerm(page);
      assert.ok(new Date(from) <= new Date(`${body[3][0].replace(" ", "T")}Z`));
      assert.ok(to.slice(0, 10) <= body[3][1].slice(0, 10));
      assert.deepEqual(await sidewaysScroll(page), []);
    }),
  );
}

test("the chart tells what it holds, and what the pointer is over", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.getByRole("img", { name: "2,500 jobs over time, by status" }).waitFor();
    await page.hover("#plot .u-over");
    await waitForText(page.locator("#chart-at"), /\d{4}-\d\d-\d\d .* to .*: (\d+ [A-Z_]+|none)/);
    await page.fill("#query", "status:failed");
    const failed = jobs.filter((job) => job.Status === "FAILED").length;
    await page.getByRole("img", { name: `${failed} jobs over time` }).waitFor();
    assert.deepEqual(await page.locator(".legend li").allInnerTexts(), ["FAILED"]);
    await page.fill("#query", "nobody-has-this-name");
    await waitForText(page.locator("#count"), "0 of");
    await page.locator("#plot canvas").waitFor({ state: "detached" });
  }),
);

/** The colours that the chart is drawn in, the most used ones. */
function drawnColours(page) {
  return page.evaluate(() => {
    const canvas = document.querySelector("#plot canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] === 255) {
        const colour = `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`;
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
    }
    return [...counts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 6)
      .map(([colour]) => colour);
  });
}

const legendColour = (page, status) =>
  page.locator(`#chart [data-status="${status}"]`).evaluate((swatch) => getComputedStyle(swatch).color);

test("the bars have the legend's colours, also after the theme has changed", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.locator("#plot canvas").waitFor();
    const light = await legendColour(page, "SUCCEEDED");
    assert.ok((await drawnColours(page)).includes(light));
    await page.keyboard.press("d");
    const dark = await legendColour(page, "SUCCEEDED");
    assert.notEqual(dark, light);
    assert.ok((await drawnColours(page)).includes(dark));
    await page.reload();
    await page.locator("#plot canvas").waitFor();
    assert.equal(await legendColour(page, "SUCCEEDED"), dark, "the choice is remembered");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.keyboard.press("d");
    assert.equal(await legendColour(page, "SUCCEEDED"), light);
  }),
);

test("heights are stacked, failures at the bottom and the tallest first", () => {
  const bucket = (from, byStatus) => ({ from, to: from + 2000, count: 0, byStatus });
  const buckets = [bucket(0, { SUCCEEDED: 2, FAILED: 1 }), bucket(2000, {}), bucket(4000, { NEW: 4, FAILED: 1 })];
  const statuses = stackedStatuses(buckets);
  assert.deepEqual(statuses, ["FAILED", "SUCCEEDED", "NEW"]);
  assert.deepEqual(stackedHeights(buckets, statuses), [
    [1, 3, 5],
    [3, 0, 5],
    [3, 0, 1],
    [1, 0, 1],
  ]);
});

test("ticks are as short as tells them apart", () => {
  const at = Date.UTC(2026, 10, 24, 9, 30, 5);
  assert.equal(tickTime(at, 90 * 86_400_000, false), "2026-11");
  assert.equal(tickTime(at, 86_400_000, false), "11-24");
  assert.equal(tickTime(at, 3_600_000, false), "09:30");
  assert.equal(tickTime(at, 1000, false), "09:30:05");
  assert.equal(tickTime(Date.UTC(2026, 10, 24), 3_600_000, false), "11-24");
});
