// Images in the results: only when asked for, blurred until revealed, fetched while in sight, and why one cannot be seen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rowHeight } from "../../../web/ui/list_layout.js";
import { objections } from "../axe.js";
import { LIMIT, PHONE, drop, sidewaysScroll, useStage, waitForText } from "../browser.js";
import { BROWSER } from "../browsers.js";
import { failedJob, wireFile } from "../job_files.js";
import { resultsFile } from "./result_files.js";

let job;
const stage = useStage({ jobs: 600 }, async () => {
  job = (await stage.wireJobs()).find(({ Results, Input }) => Results && Input.S3Object.Bucket === "acme-ugc-uploads");
});

const AT_ONCE = 4;
const HEIGHT = rowHeight({ images: new Map() });
const operation = "GetObject";

/** What of images is asked for: the URLs in their order, how many came at once at most, and which were given up. */
function watchImages(page) {
  const seen = { asked: [], atOnce: 0, givenUp: [] };
  const open = new Set();
  const isImage = (request) => /\/s3\/.*\.jpg$/.test(request.url());
  page.on("request", (request) => {
    if (!isImage(request)) return;
    seen.asked.push(request.url());
    seen.atOnce = Math.max(seen.atOnce, open.add(request).size);
  });
  page.on("requestfinished", (request) => open.delete(request));
  page.on("requestfailed", (request) => {
    if (open.delete(request)) seen.givenUp.push(request.url());
  });
  return seen;
}

const isBlurred = (thumbnail) => thumbnail.locator("img").evaluate((img) => getComputedStyle(img).filter !== "none");
const named = (page) => page.locator(".thumbnail").evaluateAll((all) => all.map((each) => each.ariaLabel));
const rowsInSight = (page) =>
  page.locator("#list").evaluate((list, height) => Math.ceil(list.clientHeight / height) + 1, HEIGHT);
const scrollTo = (page, row) => page.locator("#list").evaluate((list, top) => list.scrollTo(0, top), row * HEIGHT);

async function waitForImages(page, count) {
  await page
    .locator(".thumbnail img")
    .nth(count - 1)
    .waitFor();
}

async function until(isSo, what) {
  for (const end = Date.now() + 10_000; !isSo(); await new Promise((resolve) => setTimeout(resolve, 10))) {
    assert.ok(Date.now() < end, what);
  }
}

async function openResults(page) {
  await page.goto(`${stage.url}#job=${job.JobId}`);
  await page.click("#show-results");
  await waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
}

test("images come when asked for, those in sight alone, and are blurred until revealed", LIMIT, () =>
  stage.onPage({ expected: /ERR_FILE_NOT_FOUND/ }, async (page) => {
    const seen = watchImages(page);
    await openResults(page);
    assert.equal(await page.isChecked("#show-images"), false);
    assert.deepEqual([seen.asked, await page.locator("img").count()], [[], 0]);

    await page.check("#show-images");
    await waitForImages(page, 3);
    const most = await rowsInSight(page);
    await until(() => seen.asked.length >= most - 2, "those in sight are fetched");
    assert.ok(seen.asked.length <= most + 1 && seen.atOnce <= AT_ONCE, `${seen.asked.length}, ${seen.atOnce} at once`);
    const [first, second] = [0, 1].map((index) => page.locator(".thumbnail").nth(index));
    const uri = await page.locator(".image-uri").first().innerText();
    assert.equal(await first.getAttribute("aria-label"), `Reveal ${uri}`);
    assert.match(await first.locator("img").getAttribute("src"), /^blob:/);
    assert.deepEqual(await objections(page), []);

    assert.deepEqual([await isBlurred(first), await isBlurred(second)], [true, true]);
    await first.focus();
    await page.keyboard.press("Enter");
    assert.deepEqual([await isBlurred(first), await isBlurred(second)], [false, true]);
    assert.equal(await first.getAttribute("aria-label"), `Hide ${uri}`);
    await page.keyboard.press("Space");
    assert.equal(await isBlurred(first), true);
    await second.click();
    assert.equal(await isBlurred(second), false);
    assert.deepEqual(await objections(page), []);

    const source = await second.locator("img").getAttribute("src");
    stage.setFaults([{ kind: "drip", operation, times: "always", overMs: 20_000 }]);
    try {
      await scrollTo(page, 20);
      await until(() => seen.asked.length >= most + 2, "others in sight are fetched");
      await scrollTo(page, 60);
      await until(() => seen.givenUp.length === AT_ONCE, "those out of sight are given up");
      assert.equal(seen.atOnce, AT_ONCE);
      const fetching = page.getByText("Fetching…");
      await fetching.nth(AT_ONCE - 1).waitFor();
      assert.ok((await fetching.count()) <= most + 1, "those out of sight are not said to be fetched");
    } finally {
      stage.setFaults([]);
    }
    await scrollTo(page, 0);
    await waitForText(page.locator(".image-uri").first(), uri);
    assert.equal(await isBlurred(second), false, "a row's image is kept as it was");

    await page.uncheck("#show-images");
    await page.locator(".thumbnail").first().waitFor({ state: "detached" });
    const isGone = await page.evaluate(
      (src) =>
        new Promise((resolve) => {
          Object.assign(new Image(), { onload: () => resolve(false), onerror: () => resolve(true), src });
        }),
      source,
    );
    // Firefox shows it again from its memory of images.
    assert.ok(isGone || BROWSER === "firefox", "the image is let go of");
    await page.check("#show-images");
    await waitForImages(page, 3);
    assert.equal(await isBlurred(second), true);
    await page.reload();
    await waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
    assert.equal(await page.isChecked("#show-images"), false);
  }),
);

test("an image that cannot be seen is told in its row, with what to do, on a phone", LIMIT, () =>
  stage.onPage({ size: PHONE, colorScheme: "dark", expected: /status of 403/ }, async (page) => {
    const answers = [
      "<svg xmlns='http://www.w3.org/2000/svg'/>",
      Buffer.from("\x89PNG\r\n\x1a\nand no more", "latin1"),
    ];
    await openResults(page);
    stage.setFaults([{ kind: "refusal", operation, name: "AccessDenied", status: 403, times: "always" }]);
    const first = page.locator(".image").first();
    try {
      await page.check("#show-images");
      await waitForText(first.locator(".image-diagnosis"), "AccessDenied");
      const [bucket, key] = (await first.locator(".image-uri").innerText()).match(/^s3:\/\/([^/]+)\/(.*)$/).slice(1);
      await waitForText(first.locator(".image-diagnosis"), `s3:GetObject on arn:aws:s3:::${bucket}/${key}`);
      assert.deepEqual(await sidewaysScroll(page), []);
      assert.deepEqual(await objections(page), []);
    } finally {
      stage.setFaults([]);
    }
    await page.route(/\/s3\/.*\.jpg$/, (route) => route.fulfill({ contentType: "image/png", body: answers.shift() }));
    for (const name of ["InvalidImageFormatException", "Broken image"]) {
      await first.locator(".thumbnail").click();
      await waitForText(first.locator(".image-diagnosis b"), name);
      assert.equal(await page.locator("img").count(), 0);
    }
    await page.unroute(/\/s3\/.*\.jpg$/);
    await first.locator(".thumbnail").click();
    await first.locator("img").waitFor();
    assert.ok((await named(page))[0].startsWith("Reveal s3://"));
    assert.deepEqual(await sidewaysScroll(page), []);

    await drop(
      page,
      { name: "jobs.json", text: wireFile([failedJob({})]) },
      { name: "results.jsonl", text: resultsFile({ "1.jpg": [] }) },
    );
    await waitForText(page.locator(".results .load-status"), /^\s*1 image\s*$/);
    await page.check("#show-images");
    await waitForText(page.locator(".image-diagnosis"), "Connect the account");
  }),
);
