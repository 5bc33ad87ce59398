// The inspector: every member by its API name, copying, and text that is never anything but text.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LIMIT, PHONE, WIDE, drop, rows, sidewaysScroll, startStage, waitForText } from "./browser.js";
import { failedJob, wireFile } from "./job_files.js";

let stage;
before(async () => {
  stage = await startStage({ jobs: 200 });
}, LIMIT);
after(() => stage?.close(), LIMIT);

const WHOLE = failedJob({
  JobId: "861a0645d98ef88efb75477628c011c04942d9d5f58faf2703c393c8cf8c1537",
  JobName: "every-member",
  OperationsConfig: {
    DetectModerationLabels: {
      MinConfidence: 62.5,
      ProjectVersion: "arn:aws:rekognition:us-east-1:111122223333:project/my-project/version/1/1690556751958",
    },
  },
  Input: { S3Object: { Bucket: "input-bucket", Name: "input-manifest.jsonl", Version: "v-3sL4" } },
  KmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  Results: { S3Object: { Bucket: "output-bucket", Name: "results/results.jsonl" }, ModelVersions: { Moderation: "7.0" } },
  ManifestSummary: { S3Object: { Bucket: "output-bucket", Name: "results/summary.json" } },
});

/** The members as the inspector nests them: { name: text or members }. */
function members(page) {
  return page.locator(".inspector-body > .members").evaluate((list) => {
    const read = (dl) => Object.fromEntries([...dl.children].map((part) => {
      const [term, description] = part.children;
      const inner = description.querySelector(":scope > dl");
      return [term.textContent, inner ? read(inner) : description.querySelector(".value, time").textContent];
    }));
    return read(list);
  });
}

test("every member is there, nested and named as the API names it", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await drop(page, { name: "jobs.json", text: wireFile([WHOLE]) });
    await waitForText(page.locator("#count"), "1 of 1");
    await rows(page).first().click();
    const asText = (value) =>
      typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asText(inner)])) : String(value);
    assert.deepEqual(await members(page), {
      ...asText(WHOLE),
      CreationTimestamp: new Date(1_795_000_000_250).toISOString(),
      CompletionTimestamp: new Date(1_795_000_060_750).toISOString(),
    });
    await page.locator(".raw summary").click();
    const raw = JSON.parse(await page.locator(".raw pre").innerText());
    assert.equal(raw.OperationsConfig.DetectModerationLabels.MinConfidence, 62.5);
    assert.equal(raw.CreationTimestamp, new Date(1_795_000_000_250).toISOString());
  }));

test("the id, ARNs and S3 places can be copied", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await drop(page, { name: "jobs.json", text: wireFile([WHOLE]) });
    await waitForText(page.locator("#count"), "1 of 1");
    await rows(page).first().click();
    const copied = [];
    for (const button of await page.locator(".inspector .copy").all()) {
      await button.click();
      await page.locator(".inspector .copy[title='Copied']").first().waitFor();
      copied.push(await page.evaluate(() => navigator.clipboard.readText()));
    }
    assert.deepEqual(copied.toSorted(), [
      WHOLE.JobId, WHOLE.KmsKeyId, WHOLE.OperationsConfig.DetectModerationLabels.ProjectVersion,
      "s3://input-bucket/input-manifest.jsonl", "s3://output-bucket/results", "s3://output-bucket/results/results.jsonl",
      "s3://output-bucket/results/summary.json",
    ].toSorted());
  }));

for (const [name, size] of [["wide", WIDE], ["phone", PHONE]]) {
  test(`names and messages full of HTML, marks and long words are text and break nothing (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      const hostile = [
        `<img src=x onerror="document.title='taken'"><b>bold</b>`,
        "<script>document.title='taken'</script>",
        "\u202Egnp.egami \u{1F4A5}\u{1F3F4}\u200D\u2620\uFE0F",
        "w".repeat(64),
        "__proto__",
        "${7*7}{{7*7}}",
      ];
      const jobs = hostile.map((text, index) => failedJob({
        JobId: `job-${index}`,
        JobName: text,
        FailureDetails: { Code: text, Message: text },
        CreationTimestamp: 1_795_000_000 - index,
        Input: { S3Object: { Bucket: text, Name: text } },
      }));
      await drop(page, { name: "<i>hostile</i>.json", text: wireFile(jobs) });
      await waitForText(page.locator("#count"), "6 of 6");
      assert.deepEqual(await sidewaysScroll(page), []);
      for (const [index, text] of hostile.entries()) {
        assert.equal(await rows(page).nth(index).locator(".column-name").textContent(), text);
        await rows(page).nth(index).click();
        await waitForText(page.locator("#inspector-title"), text);
        assert.equal(await page.locator(".failure-message").textContent(), text);
        assert.deepEqual(await sidewaysScroll(page), []);
        await page.click("#close");
        await page.locator("#inspector").waitFor({ state: "detached" });
      }
      assert.equal(await page.title(), "rekognition-jobs");
      assert.equal(await page.locator("img, b:not(#count b), i, body script").count(), 0);
      assert.equal(await page.locator("#source option:checked").innerText(), "<i>hostile</i>.json");
    }));
}

test("on a phone the job is a sheet that takes the focus and gives it back", LIMIT, () =>
  stage.onPage({ size: PHONE }, async (page) => {
    await rows(page).nth(3).click();
    const sheet = page.locator("dialog#inspector");
    await sheet.waitFor();
    assert.ok(await sheet.evaluate((dialog) => dialog.matches(":modal") && dialog.contains(document.activeElement)));
    const box = await sheet.boundingBox();
    assert.ok(box.width === PHONE.width && box.height > PHONE.height * 0.9);

    await page.click("#close");
    await sheet.waitFor({ state: "detached" });
    assert.ok(await rows(page).nth(3).evaluate((row) => row === document.activeElement));

    await page.keyboard.press("Enter");
    await sheet.waitFor();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    assert.ok(await rows(page).nth(3).evaluate((row) => row === document.activeElement));
  }));

test("a wide page shows the job beside the list, which stays in use", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await rows(page).nth(1).click();
    const panel = await page.locator("aside#inspector").boundingBox();
    const list = await page.locator(".list").boundingBox();
    assert.ok(list.x + list.width <= panel.x + 1);
    const first = await page.locator("#inspector-title").innerText();
    await rows(page).nth(2).click();
    assert.equal(await page.locator("#jobs [aria-selected='true']").count(), 1);
    assert.notEqual(await page.locator("#inspector .member .value").first().innerText(), first);
  }));
