// The facets: counts that follow the query, and check marks that write into it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, PHONE, WIDE, drop, rows, sidewaysScroll, useStage, waitForText } from "../browser.js";
import { travel } from "../browsers.js";
import { failedJob, wireFile } from "../job_files.js";

let jobs;
const stage = useStage({}, async () => {
  jobs = await stage.wireJobs();
});

const members = {
  status: (job) => job.Status,
  code: (job) => job.FailureDetails?.Code,
  model: (job) => job.Results?.ModelVersions?.Moderation,
  input: (job) => job.Input.S3Object.Bucket,
  project: (job) => job.OperationsConfig.DetectModerationLabels?.ProjectVersion,
};

/** How often each value occurs: most first, ties by value. */
function counted(some, field) {
  const counts = new Map();
  for (const job of some) {
    const value = members[field](job);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** What a facet shows: [value, count] pairs. */
function shown(page, field) {
  return page
    .locator(`.facet[data-field="${field}"] label`)
    .evaluateAll((labels) =>
      labels.map((label) => [
        label.querySelector("[title]")?.title ?? label.querySelector(".status-word").textContent,
        Number(label.querySelector(".facet-count").textContent.replaceAll(",", "")),
      ]),
    );
}

const check = (page, field, value) =>
  page.locator(`.facet[data-field="${field}"] label`, { hasText: value }).locator("input").click();

async function open(page, size) {
  if (size === PHONE) await page.click("#facets-switch");
}

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`each facet counts the jobs of the query (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      await open(page, size);
      for (const [query, holds] of [
        ["", () => true],
        ["has:failure", (job) => job.FailureDetails !== undefined],
      ]) {
        await page.fill("#query", query);
        const some = jobs.filter(holds);
        await waitForText(page.locator("#count"), `${some.length.toLocaleString("en-US")} of`);
        const most = counted(some, "status")[0][1].toLocaleString("en-US");
        await waitForText(page.locator('.facet[data-field="status"] label').first(), most);
        for (const field of Object.keys(members)) {
          assert.deepEqual(await shown(page, field), counted(some, field).slice(0, 6), `${field} of ${query}`);
        }
      }
      assert.deepEqual(await sidewaysScroll(page), []);
    }),
  );

  test(`a check mark adds a value to the query and takes it out again, and Back undoes it (${name})`, LIMIT, () =>
    stage.onPage({ size, hash: "#q=promo" }, async (page) => {
      await open(page, size);
      await check(page, "status", "FAILED");
      assert.equal(await page.inputValue("#query"), "promo status:FAILED");
      await check(page, "status", "SUCCEEDED");
      assert.equal(await page.inputValue("#query"), "promo status:FAILED,SUCCEEDED");
      const promo = jobs.filter((job) => JSON.stringify(job).includes("promo"));
      const both = promo.filter((job) => ["FAILED", "SUCCEEDED"].includes(job.Status)).length;
      await waitForText(page.locator("#count"), new RegExp(`^${both} of`));
      await check(page, "status", "FAILED");
      assert.equal(await page.inputValue("#query"), "promo status:SUCCEEDED");
      await travel(page);
      await travel(page);
      assert.equal(await page.inputValue("#query"), "promo status:FAILED");
      await page.locator('.facet[data-field="status"] input:checked').waitFor();
      assert.equal(await page.locator('.facet[data-field="status"] input:checked').count(), 1);
    }),
  );
}

test("a facet counts as if its own term were not there, and keeps the focus on its mark", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await check(page, "code", "ACCESS_DENIED");
    const denied = jobs.filter((job) => members.code(job) === "ACCESS_DENIED");
    await waitForText(page.locator("#count"), new RegExp(`^${denied.length} of`));
    assert.deepEqual(await shown(page, "code"), counted(jobs, "code").slice(0, 6));
    await waitForText(page.locator('.facet[data-field="status"]'), `${denied.length}`);
    assert.deepEqual(await shown(page, "status"), counted(denied, "status"));
    assert.ok(await page.evaluate(() => document.activeElement.matches('.facet[data-field="code"] input')));
    await page.keyboard.press("Space");
    assert.equal(await page.inputValue("#query"), "");
  }),
);

test("a value of the query that no job has is there to be taken out", LIMIT, () =>
  stage.onPage({ hash: "#q=status:failed,queued+name:nobody" }, async (page) => {
    await waitForText(page.locator("#count"), "0 of 2,500");
    await waitForText(page.locator('.facet[data-field="status"]'), "failed");
    assert.deepEqual(await shown(page, "status"), [
      ["failed", 0],
      ["queued", 0],
    ]);
    await check(page, "status", "failed");
    assert.equal(await page.inputValue("#query"), "status:queued name:nobody");
  }),
);

test("all of a facet's values are a press away", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const all = counted(jobs, "code");
    const facet = page.locator('.facet[data-field="code"]');
    assert.ok(all.length > 6);
    await facet.getByRole("button", { name: `${all.length - 6} more` }).click();
    assert.deepEqual(await shown(page, "code"), all);
    await facet.getByRole("button", { name: "Fewer" }).click();
    assert.equal((await shown(page, "code")).length, 6);
  }),
);

test("an input bucket and a project version become terms that match just these", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const [[bucket, inBucket]] = counted(jobs, "input");
    await check(page, "input", bucket);
    assert.equal(await page.inputValue("#query"), `input:s3://${bucket}/*`);
    await waitForText(page.locator("#count"), `${inBucket.toLocaleString("en-US")} of`);
    const [[project, inProject]] = counted(
      jobs.filter((job) => members.input(job) === bucket),
      "project",
    );
    await waitForText(page.locator('.facet[data-field="project"]'), `${inProject}`);
    await page.locator('.facet[data-field="project"] input').first().click();
    assert.equal(await page.inputValue("#query"), `input:s3://${bucket}/* project:=${project}`);
    await waitForText(page.locator("#count"), new RegExp(`^${inProject} of`));
  }),
);

test("while the query cannot be read the marks wait", LIMIT, () =>
  stage.onPage({ hash: "#q=colour:red" }, async (page) => {
    await page.locator('.facet[data-field="status"] input:disabled').first().waitFor();
    assert.equal(await page.locator(".facet input:enabled").count(), 0);
  }),
);

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "\u202Edesrever \u05D0\u05D1\u05D2",
  "\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u{1F600}",
  "W".repeat(64),
  "=1+1",
  "${alert(1)} \"'`,()*",
];

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`values full of HTML, marks, emoji and long words are text in place and can be asked for (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      const hostile = HOSTILE.map((value, index) =>
        failedJob({
          JobId: `job-${index}`,
          JobName: value,
          Status: value,
          FailureDetails: { Code: value, Message: value },
          Input: { S3Object: { Bucket: value, Name: value } },
          OperationsConfig: { DetectModerationLabels: { MinConfidence: 50, ProjectVersion: value } },
          Results: { ModelVersions: { Moderation: value } },
        }),
      );
      await drop(page, { name: "hostile.json", text: wireFile(hostile) });
      await waitForText(page.locator("#count"), `${HOSTILE.length} of ${HOSTILE.length}`);
      await open(page, size);
      await page.click("#chart-switch");
      await page.click("#chart-switch");
      for (const field of Object.keys(members)) {
        assert.deepEqual((await shown(page, field)).map(([value]) => value).sort(), [...HOSTILE].sort(), field);
      }
      const heights = await rows(page).evaluateAll((all) => all.map((row) => row.offsetHeight));
      assert.equal(new Set(heights).size, 1, `${heights}`);
      assert.deepEqual(await sidewaysScroll(page), []);
      for (let index = 0; index < HOSTILE.length; index += 1) {
        await page.locator('.facet[data-field="status"] input').nth(index).click();
        await waitForText(page.locator("#count"), /^1 of/);
        const [text] = await page.locator("#jobs td.column-name").allTextContents();
        assert.ok(HOSTILE.includes(text), text);
        assert.equal(await page.locator(".query-text").textContent(), await page.inputValue("#query"));
        await page.locator('.facet[data-field="status"] input').nth(index).click();
        await waitForText(page.locator("#count"), new RegExp(`^${HOSTILE.length} of`));
      }
      assert.equal(await page.locator("#jobs img, .facets img, #chart img").count(), 0);
    }),
  );
}
