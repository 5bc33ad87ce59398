// Texts of jobs, files and services that are HTML, scripts, marks, formulas or endless words: text, breaking nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, PHONE, WIDE, drop, rows, sidewaysScroll, useStage, waitForText } from "../browser.js";
import { failedJob, wireFile } from "../job_files.js";

const HOSTILE = [
  `<img src=x onerror="document.title='taken'"><b>bold</b>`,
  "<script>document.title='taken'</script>",
  "</td></tr></table><h1>out</h1>",
  "\u202Egnp.egami \u200F\u2067\u{1F4A5}\u{1F3F4}\u200D\u2620\uFE0F",
  "שלום \u05D0 عربي",
  "w".repeat(64),
  "\u{1F4A5}".repeat(32),
  '=HYPERLINK("https://example.com")',
  "__proto__",
  "${7*7}{{7*7}}<%=7*7%>",
  "e\u0301\u0302\u0303\u0304".repeat(12),
  "\u0000\u0001\u007F",
];

const stage = useStage({ jobs: 20 });

/** A job whose every text is this one. */
function jobOf(text, index) {
  return failedJob({
    JobId: `job-${index}`,
    JobName: text,
    Status: index % 2 ? text : "FAILED",
    OperationsConfig: { DetectModerationLabels: { ProjectVersion: text } },
    FailureDetails: { Code: text, Message: text },
    CreationTimestamp: 1_795_000_000 - index,
    CompletionTimestamp: 1_795_000_090 - index,
    Input: { S3Object: { Bucket: text, Name: text, Version: text } },
    OutputConfig: { S3Bucket: text, S3KeyPrefix: text },
    KmsKeyId: text,
    Results: { S3Object: { Bucket: text, Name: text }, ModelVersions: { Moderation: text } },
    ManifestSummary: { S3Object: { Bucket: text, Name: text } },
  });
}

/** The elements that only a job's text taken for HTML could have made. */
function intruders(page) {
  return page.evaluate(() => document.querySelectorAll("img, i, body script, main h1, body > h1, [onerror]").length);
}

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`in list, inspector and comparison such texts are text (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      await drop(page, { name: "<i>hostile</i>\u202E.json", text: wireFile(HOSTILE.map(jobOf)) });
      await waitForText(page.locator("#count"), `${HOSTILE.length} of ${HOSTILE.length}`);
      assert.deepEqual(await sidewaysScroll(page), []);
      const heights = await rows(page).evaluateAll(
        (all) => new Set(all.map((row) => Math.round(row.getBoundingClientRect().height))).size,
      );
      assert.equal(heights, 1, "every row is as high as the others");
      for (const [index, text] of HOSTILE.entries()) {
        const row = page.locator(`[data-job="job-${index}"]`);
        assert.equal(await row.locator(".column-name").textContent(), text);
        await row.click();
        assert.equal(await page.locator("#inspector-title").textContent(), text);
        assert.equal(await page.locator(".failure-message").textContent(), text);
        const values = await page.locator("#inspector .member .value").allTextContents();
        assert.equal(values.filter((value) => value === text).length, index % 2 ? 16 : 15);
        assert.deepEqual(await sidewaysScroll(page), []);
        for (const link of await page.locator("#inspector a").all()) {
          assert.equal(new URL(await link.getAttribute("href")).host, "console.aws.amazon.com");
        }
        await page.click("#close");
        await page.locator("#inspector").waitFor({ state: "detached" });
      }
      await page.locator('[data-job="job-0"]').click();
      await page.click("#compare");
      for (const text of HOSTILE.slice(1)) {
        await page.click("#next-job");
        await page.waitForFunction(
          (name) => document.querySelector(".comparison thead th:last-child")?.textContent === name,
          text,
        );
        assert.equal(await page.locator(".comparison thead th").nth(1).textContent(), HOSTILE[0]);
        assert.deepEqual(await sidewaysScroll(page), []);
      }
      assert.match(await page.title(), /^[^\u202E]* · rekognition-jobs$/);
      assert.equal(await intruders(page), 0);
      assert.equal(await page.locator("#source option:checked").textContent(), "<i>hostile</i>\u202E.json");
    }),
  );
}

test("a name that is a query is found by it, and its text in the query box stays text", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await drop(page, { name: "jobs.json", text: wireFile(HOSTILE.map(jobOf)) });
    for (const text of HOSTILE.filter((each) => !/[\u0000-\u001f]/.test(each))) {
      await page.fill("#query", `name:="${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`);
      await waitForText(page.locator("#count"), `1 of ${HOSTILE.length}`);
      assert.equal(await rows(page).first().locator(".column-name").textContent(), text);
    }
    for (const field of ["code", "model", "status"]) {
      await page.fill("#query", "");
      await page.locator("#query").pressSequentially(`${field}:`);
      await page.locator("#completions [role='option']").first().waitFor();
      assert.equal(await intruders(page), 0);
    }
    await page.fill("#query", "<img src=x onerror=alert(1)>:x");
    assert.equal(await intruders(page), 0);
    await page.goto(`${stage.url}#q=${encodeURIComponent("<b>x</b> colour:<i>red</i>")}`);
    await page.locator("#query-error").waitFor();
    assert.equal(await intruders(page), 0);
  }),
);

test("a service's error is text too", LIMIT, () =>
  stage.onPage(
    {
      loaded: false,
      expected: /status of 400/,
      before: (page) =>
        page.route(stage.url, (route) =>
          route.request().method() === "POST"
            ? route.fulfill({
                status: 400,
                contentType: "application/x-amz-json-1.1",
                body: JSON.stringify({
                  __type: "<img src=x onerror=alert(1)>",
                  Message: `${HOSTILE[0]} ${"w".repeat(4000)}`,
                }),
              })
            : route.fallback(),
        ),
    },
    async (page) => {
      await waitForText(page.locator("#error"), "<b>bold</b>");
      assert.equal(await intruders(page), 0);
      assert.deepEqual(await sidewaysScroll(page), []);
    },
  ),
);
