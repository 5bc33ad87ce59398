// What the sample account's jobs have produced, from the inspector on: summaries, labels, exports, S3's refusals.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { objections } from "../axe.js";
import { LIMIT, PHONE, WIDE, rows, sidewaysScroll, useStage, waitForJobs, waitForText } from "../browser.js";
import { travel } from "../browsers.js";
import { cells } from "../csv.js";

let jobs;
const stage = useStage({ jobs: 600 }, async () => {
  jobs = await stage.wireJobs();
});

const SURE = 90;

/** An object as the bucket holds it. */
async function textOf({ Bucket, Name }) {
  const response = await fetch(`${stage.url}s3/${Bucket}/${Name}`, { signal: AbortSignal.timeout(10_000) });
  return response.text();
}

async function imagesOf({ Results }) {
  return (await textOf(Results.S3Object))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const labelsOf = (image) => image["detect-moderation-labels"].ModerationLabels;
const read = (page) => waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash));

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`from a failed job to the manifest lines that broke it in two clicks (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      const job = jobs.find(
        ({ FailureDetails, ManifestSummary }) => ManifestSummary && FailureDetails?.Code === "INVALID_MANIFEST",
      );
      const [first] = JSON.parse(await textOf(job.ManifestSummary.S3Object)).errors;
      await page.fill("#query", `id:${job.JobId}`);
      await waitForText(page.locator("#count"), "1 of 600");
      await rows(page).first().click();
      await page.click("#show-results");
      await waitForText(page.locator("#summary tbody tr"), first.code);
      const told = await page.locator("#summary tbody tr").first().locator("th, td").allInnerTexts();
      const line = first["line-numer"]?.toLocaleString("en-US") ?? "all";
      assert.deepEqual(told.slice(0, 3), [line, first.code, first.message]);
      assert.ok(await page.locator("#results-title").evaluate((title) => title === document.activeElement));
      assert.deepEqual(await sidewaysScroll(page), []);
      assert.deepEqual(await objections(page), []);
      await page.keyboard.press("Escape");
      await page.locator("main.results").waitFor({ state: "detached" });
      assert.ok(await page.locator("#show-results").evaluate((button) => button === document.activeElement));
    }),
  );

  test(`from a finished job to the images over 90 % of one label, as CSV, and by URL (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      const job = jobs.find(({ Results }) => Results?.ModelVersions.Moderation === "7.0");
      const images = await imagesOf(job);
      const sure = images.filter((image) => labelsOf(image).some(({ Confidence }) => Confidence >= SURE));
      await page.goto(`${stage.url}#job=${job.JobId}`);
      await page.click("#show-results");
      await read(page);
      await waitForText(page.locator("#count"), `${images.length.toLocaleString("en-US")} of`);
      await page.locator("#threshold").fill(String(SURE));
      await waitForText(page.locator(".image-filter"), `${sure.length} flagged`);
      if (size === PHONE) await page.click("#facets-switch");
      const label = await page.locator(".labels .facet-value").first().innerText();
      const wanted = images.filter((image) =>
        labelsOf(image).some(({ Name, Confidence }) => Name === label && Confidence >= SURE),
      );
      await page.locator(".labels input").first().check();
      await waitForText(page.locator("#count"), `${wanted.length} of`);
      assert.equal(await page.locator(".labels .facet-count").first().innerText(), String(wanted.length));
      assert.match(await page.inputValue("#query"), new RegExp(`^label:="?${label.split(" ")[0]}`));

      await page.click("#export summary");
      const [download] = await Promise.all([page.waitForEvent("download"), page.click("#export [data-format='csv']")]);
      assert.match(download.suggestedFilename(), /^moderation-results-.*Z\.csv$/);
      const [header, ...records] = cells(await readFile(await download.path(), "utf8"));
      assert.deepEqual(header.slice(0, 2), ["Image", "Label"]);
      assert.deepEqual(new Set(records.map(([image]) => image)), new Set(wanted.map((image) => image["source-ref"])));
      assert.deepEqual(await sidewaysScroll(page), []);

      const address = await hash(page);
      assert.match(address, new RegExp(`results=${job.JobId}.*threshold=90&show=flagged$`));
      await page.reload();
      await waitForJobs(page);
      await waitForText(page.locator("#count"), `${wanted.length} of`);
      assert.equal(await hash(page), address);
      await page.click("#close-results");
      await page.locator("#jobs").waitFor();
      assert.equal(await hash(page), `#job=${job.JobId}`);
      await travel(page);
      await waitForText(page.locator("#count"), `${wanted.length} of`);
    }),
  );
}

test("two jobs over one manifest are compared: counts, the changed images, in the URL", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const keyOf = ({
      Input: {
        S3Object: { Bucket, Name },
      },
    }) => `${Bucket}/${Name}`;
    const finished = jobs.filter(({ Results }) => Results);
    const [job, other] = finished
      .map((each) => [each, finished.find((one) => one.JobId !== each.JobId && keyOf(one) === keyOf(each))])
      .find(([, second]) => second);
    await page.goto(`${stage.url}#job=${job.JobId}`);
    await page.click("#show-results");
    await read(page);
    assert.equal(await page.locator("#compare-results optgroup").first().getAttribute("label"), "Same manifest");
    await page.selectOption("#compare-results", other.JobId);
    await page.locator("#results-comparison .statistics").waitFor();
    const told = Object.fromEntries(
      await page
        .locator("#results-comparison .statistics div")
        .evaluateAll((all) =>
          all.map((each) => [...each.children].map((part) => part.textContent.replaceAll(",", ""))),
        ),
    );
    const [here, there] = [await imagesOf(job), await imagesOf(other)];
    const theirs = new Map(there.map((image) => [image["source-ref"], image]));
    assert.equal(Number(told["images in both"]), here.filter((image) => theirs.has(image["source-ref"])).length);
    const isFlagged = (image) => labelsOf(image).some(({ Confidence }) => Confidence >= 50);
    const nowFlagged = here.filter(
      (image) => !isFlagged(image) && theirs.has(image["source-ref"]) && isFlagged(theirs.get(image["source-ref"])),
    );
    const models = [job, other].map((each) => each.Results.ModelVersions.Moderation);
    const [mine, its] =
      models[0] === models[1] ? ["this job", "the other job"] : models.map((model) => `model ${model}`);
    assert.equal(Number(told[`flagged only by ${its}`]), nowFlagged.length);
    const changed = [`flagged only by ${its}`, `flagged only by ${mine}`, "different labels"].reduce(
      (sum, each) => sum + Number(told[each]),
      0,
    );
    assert.equal(await page.locator("#results-comparison tbody tr").count(), Math.min(changed, 100));
    assert.match(await hash(page), new RegExp(`with=${other.JobId}$`));
    assert.deepEqual(await objections(page), []);
    await page.reload();
    await page.locator("#results-comparison .statistics").waitFor();
    await page.click("#end-comparison");
    assert.equal(await page.locator("#results-comparison").count(), 0);
    assert.doesNotMatch(await hash(page), /with=/);
  }),
);

test("S3's refusals are told by name with what to do, and retried; a failed one leaves the jobs", LIMIT, () =>
  stage.onPage({ expected: /status of 40[34]/ }, async (page) => {
    const job = jobs.find(({ Results }) => Results);
    const { Bucket, Name } = job.Results.S3Object;
    const refuse = (name, status) =>
      stage.setFaults([{ kind: "refusal", operation: "GetObject", name, status, times: "always" }]);
    try {
      refuse("AccessDenied", 403);
      await page.goto(`${stage.url}#job=${job.JobId}`);
      await page.click("#show-results");
      await waitForText(page.locator("#error b"), "AccessDenied");
      await waitForText(page.locator("#error"), `s3:GetObject on arn:aws:s3:::${Bucket}/${Name}`);
      assert.deepEqual(await objections(page), []);
      refuse("NoSuchKey", 404);
      await page.click("#retry");
      await waitForText(page.locator("#error b"), "NoSuchKey");
      await waitForText(page.locator("#error"), "deleted or moved since the job read or wrote it");
    } finally {
      stage.setFaults([]);
    }
    await page.click("#retry");
    await read(page);
    assert.equal(await page.locator("#error").count(), 0);
    await travel(page);
    await page.locator("#jobs").waitFor();
    await waitForText(page.locator("#count"), "600 of 600");
  }),
);
