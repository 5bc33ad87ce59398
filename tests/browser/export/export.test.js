// What the query shows, taken along: CSV, JSON and NDJSON that say what the page says, and are safe to open.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { LIMIT, PHONE, WIDE, drop, useStage, waitForText } from "../browser.js";
import { cells } from "../csv.js";
import { failedJob, wireFile } from "../job_files.js";

let jobs;
const stage = useStage({ jobs: 2500 }, async () => {
  jobs = await stage.wireJobs();
});

/** Chooses a format in the menu, and reads the file that the browser is given. */
async function exported(page, format) {
  await page.click("#export summary");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click(`#export [data-format="${format}"]`),
  ]);
  assert.match(
    download.suggestedFilename(),
    new RegExp(`^media-analysis-jobs-\\d{4}-\\d\\d-\\d\\dT\\d{4}Z\\.${format}$`),
  );
  return readFile(await download.path(), "utf8");
}

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`CSV, JSON and NDJSON hold what the query shows, in its order (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      const failed = jobs
        .filter(({ Status }) => Status === "FAILED")
        .reverse()
        .map(({ JobId }) => JobId);
      await page.goto(`${stage.url}#q=status:failed&sort=created`);
      await waitForText(page.locator("#count"), `${failed.length} of 2,500`);

      const [header, ...records] = cells(await exported(page, "csv"));
      assert.deepEqual(header.slice(0, 4), ["JobId", "JobName", "Status", "FailureCode"]);
      assert.deepEqual(
        records.map(([id]) => id),
        failed,
      );
      const json = JSON.parse(await exported(page, "json"));
      assert.deepEqual(
        json.MediaAnalysisJobs.map(({ JobId }) => JobId),
        failed,
      );
      const lines = (await exported(page, "ndjson"))
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      assert.deepEqual(
        lines.map(({ JobId }) => JobId),
        failed,
      );
      assert.ok(await page.locator("#export summary").evaluate((summary) => summary === document.activeElement));
    }),
  );
}

test("what is exported can be read again, every job the same", LIMIT, () =>
  stage.onPage({}, async (page) => {
    for (const format of ["json", "ndjson"]) {
      const again = await createJobs();
      const { added, rejectedCount } = await again.import(await exported(page, format));
      assert.deepEqual({ added, rejectedCount }, { added: 2500, rejectedCount: 0 });
      const other = await again.import(wireFile(jobs));
      assert.deepEqual({ updated: other.updated, unchanged: other.unchanged }, { updated: 0, unchanged: 2500 });
      again.close();
    }
  }),
);

test("an unreadable query exports nothing and says why", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.fill("#query", "colour:red");
    await page.locator("#query-error").waitFor();
    await page.click("#export summary");
    await waitForText(page.locator(".export-what"), "Fix the query to export.");
    assert.equal(await page.locator("#export button:disabled").count(), 4);
  }),
);

test("names that are formulas, marks, quotes or HTML are exported as text and no spreadsheet runs them", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const names = [
      "=1+1",
      "+cmd",
      "-2",
      "@SUM(A1)",
      "\tx",
      "\rx",
      'a "b", c',
      "two\r\nlines",
      "<b>x</b>",
      "\u202Ecba",
      "\u{1F4A5}",
      "w".repeat(64),
    ];
    const hostile = names.map((JobName, index) =>
      failedJob({
        JobId: `job-${index}`,
        JobName,
        CreationTimestamp: 2e9 - index,
        FailureDetails: { Code: "X", Message: JobName },
      }),
    );
    await drop(page, { name: "jobs.json", text: wireFile(hostile) });
    await waitForText(page.locator("#count"), "12 of 12");
    const records = cells(await exported(page, "csv")).slice(1);
    const safe = names.map((name) => (/^[=+\-@\t\r]/.test(name) ? `'${name}` : name));
    assert.deepEqual(
      records.map(([, name]) => name),
      safe,
    );
    assert.deepEqual(
      records.map((record) => record[4]),
      safe,
    );
    const { MediaAnalysisJobs } = JSON.parse(await exported(page, "json"));
    assert.deepEqual(
      MediaAnalysisJobs.map(({ JobName }) => JobName),
      names,
    );
  }),
);

test("a long export tells how far it is, can be stopped, and the page goes on", LIMIT, () =>
  stage.onPage({}, async (page) => {
    let downloads = 0;
    page.on("download", () => (downloads += 1));
    await page.evaluate((job) => {
      const dataTransfer = new DataTransfer();
      const lines = Array.from({ length: 60_000 }, (_, index) => JSON.stringify({ ...job, JobId: `job-${index}` }));
      dataTransfer.items.add(new File([lines.join("\n")], "many.ndjson"));
      dispatchEvent(new DragEvent("drop", { dataTransfer }));
    }, failedJob({}));
    await waitForText(page.locator("#count"), "60,000 of 60,000");
    await page.click("#export summary");
    // Within the page and as soon as the first part is told, so that no machine is quick enough to be done before.
    const told = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const observer = new MutationObserver(() => {
            const size = document.querySelector(".export-size")?.textContent ?? "";
            if (!/[1-9]/.test(size)) return;
            observer.disconnect();
            document.querySelector("#stop-export").click();
            resolve(size);
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
          document.querySelector('#export [data-format="ndjson"]').click();
        }),
    );
    assert.match(told, /^[\d,.]+ [kM]B$/);
    await page.locator("#export").waitFor();
    await page.fill("#query", "job-1");
    await waitForText(page.locator("#count"), /^(?!60,000 )/);
    assert.equal(downloads, 0);
  }),
);
