// The inspector: every member by its API name, copying, and text that is never anything but text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EXPLAINED_CODES } from "../../../web/aws/failure_help.js";
import { LIMIT, PHONE, WIDE, drop, rows, shownIds, sidewaysScroll, useStage, waitForText } from "../browser.js";
import { failedJob, wireFile } from "../job_files.js";

const stage = useStage({ jobs: 200 });

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
  Results: {
    S3Object: { Bucket: "output-bucket", Name: "results/results.jsonl" },
    ModelVersions: { Moderation: "7.0" },
  },
  ManifestSummary: { S3Object: { Bucket: "output-bucket", Name: "results/summary.json" } },
});

/** The members as the inspector nests them: { name: text or members }. */
function members(page) {
  return page.locator(".inspector-body > .members").evaluate((list) => {
    const read = (dl) =>
      Object.fromEntries(
        [...dl.children].map((part) => {
          const [term, description] = part.children;
          const inner = description.querySelector(":scope > dl");
          return [term.textContent, inner ? read(inner) : description.querySelector(".value, time").textContent];
        }),
      );
    return read(list);
  });
}

test("every member is there, nested and named as the API names it", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await drop(page, { name: "jobs.json", text: wireFile([WHOLE]) });
    await waitForText(page.locator("#count"), "1 of 1");
    await rows(page).first().click();
    const asText = (value) =>
      typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asText(inner)]))
        : String(value);
    assert.deepEqual(await members(page), {
      ...asText(WHOLE),
      CreationTimestamp: new Date(1_795_000_000_250).toISOString(),
      CompletionTimestamp: new Date(1_795_000_060_750).toISOString(),
    });
    await page.locator(".raw summary").first().click();
    const raw = JSON.parse(await page.locator(".raw pre").first().innerText());
    assert.equal(raw.OperationsConfig.DetectModerationLabels.MinConfidence, 62.5);
    assert.equal(raw.CreationTimestamp, new Date(1_795_000_000_250).toISOString());
  }),
);

test("every member and every S3 place can be copied, as can the JSON and the commands", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await drop(page, { name: "jobs.json", text: wireFile([WHOLE]) });
    await waitForText(page.locator("#count"), "1 of 1");
    await rows(page).first().click();
    for (const summary of await page.locator(".raw summary").all()) await summary.click();
    const copied = {};
    for (const button of await page.locator(".inspector .copy").all()) {
      const what = (await button.getAttribute("aria-label")).replace("Copy ", "");
      await button.click();
      await page.getByRole("button", { name: `${what} copied`, exact: true }).waitFor();
      await waitForText(page.locator("p.visually-hidden[role='status']"), `${what} copied`);
      copied[what] = await page.evaluate(() => navigator.clipboard.readText());
    }
    const region = "--region us-east-1";
    const { JSON: json, "AWS CLI: get this job": get, "AWS CLI: rerun this job": start, ...members } = copied;
    assert.deepEqual(members, {
      JobId: WHOLE.JobId,
      JobName: WHOLE.JobName,
      "OperationsConfig.DetectModerationLabels.MinConfidence": "62.5",
      "OperationsConfig.DetectModerationLabels.ProjectVersion":
        WHOLE.OperationsConfig.DetectModerationLabels.ProjectVersion,
      Status: "FAILED",
      "FailureDetails.Code": WHOLE.FailureDetails.Code,
      "FailureDetails.Message": WHOLE.FailureDetails.Message,
      CreationTimestamp: new Date(1_795_000_000_250).toISOString(),
      CompletionTimestamp: new Date(1_795_000_060_750).toISOString(),
      "S3 URI of Input.S3Object": "s3://input-bucket/input-manifest.jsonl",
      "Input.S3Object.Bucket": "input-bucket",
      "Input.S3Object.Name": "input-manifest.jsonl",
      "Input.S3Object.Version": "v-3sL4",
      "S3 URI of OutputConfig": "s3://output-bucket/results",
      "OutputConfig.S3Bucket": "output-bucket",
      "OutputConfig.S3KeyPrefix": "results",
      KmsKeyId: WHOLE.KmsKeyId,
      "S3 URI of Results.S3Object": "s3://output-bucket/results/results.jsonl",
      "Results.S3Object.Bucket": "output-bucket",
      "Results.S3Object.Name": "results/results.jsonl",
      "Results.ModelVersions.Moderation": "7.0",
      "S3 URI of ManifestSummary.S3Object": "s3://output-bucket/results/summary.json",
      "ManifestSummary.S3Object.Bucket": "output-bucket",
      "ManifestSummary.S3Object.Name": "results/summary.json",
    });
    assert.equal(JSON.parse(json).JobId, WHOLE.JobId);
    assert.equal(get, `aws rekognition get-media-analysis-job --job-id ${WHOLE.JobId} ${region}`);
    assert.ok(
      start.startsWith('aws rekognition start-media-analysis-job --cli-input-json \'{"JobName":"every-member",'),
    );
    assert.ok(start.endsWith(`}' ${region}`));
  }),
);

test(
  "commands are for the shell of the system, or for the one that was chosen, which the browser remembers",
  LIMIT,
  () =>
    stage.onPage(
      {
        before: (page) =>
          page.addInitScript(() =>
            Object.defineProperty(navigator, "platform", { get: () => (location.search ? "Win32" : "Linux x86_64") }),
          ),
      },
      async (page) => {
        const texts = async () => {
          await drop(page, { name: "jobs.json", text: wireFile([WHOLE]) });
          await waitForText(page.locator("#count"), "1 of 1");
          await rows(page).first().click();
          for (const summary of await page.locator(".raw summary").all()) await summary.click();
          return (await page.locator(".raw pre").allInnerTexts()).slice(1);
        };
        const shown = page.getByLabel("Shell").first();
        await page.goto(`${stage.url}?windows`);
        const [, start] = await texts();
        assert.equal(await shown.inputValue(), "powershell");
        assert.match(
          start,
          /^\$request = .*\n\[IO\.File\]::WriteAllText\(.*\naws rekognition .*\nRemove-Item \$request$/,
        );
        await page.goto(stage.url);
        assert.match((await texts())[1], /^aws rekognition start-media-analysis-job --cli-input-json '/);
        await shown.selectOption("powershell");
        await waitForText(page.locator(".raw pre").last(), "$request");
        assert.deepEqual(await page.locator(".shell").evaluateAll((all) => all.map(({ value }) => value)), [
          "powershell",
          "powershell",
        ]);
        await page.getByLabel("Copy AWS CLI: rerun this job").click();
        assert.equal(await page.evaluate(() => navigator.clipboard.readText()), start);
        await page.reload();
        assert.equal((await texts())[1], start);
      },
    ),
);

test("S3 places lead to the S3 console, which no page of elsewhere can reach back from", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await drop(page, { name: "jobs.json", text: wireFile([WHOLE]) });
    await waitForText(page.locator("#count"), "1 of 1");
    await rows(page).first().click();
    const links = await page
      .locator(".inspector a")
      .evaluateAll((all) => all.map(({ href, rel, target }) => [href, rel, target]));
    assert.deepEqual(
      links,
      [
        "s3/object/input-bucket?region=us-east-1&prefix=input-manifest.jsonl&versionId=v-3sL4",
        "s3/buckets/output-bucket?region=us-east-1&prefix=results%2F",
        "s3/object/output-bucket?region=us-east-1&prefix=results%2Fresults.jsonl",
        "s3/object/output-bucket?region=us-east-1&prefix=results%2Fsummary.json",
      ].map((place) => [`https://console.aws.amazon.com/${place}`, "noopener noreferrer", "_blank"]),
    );
  }),
);

test("each documented code is explained: what it means, its usual cause, how to fix it", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const jobs = EXPLAINED_CODES.map((Code, index) =>
      failedJob({ JobId: `job-${index}`, CreationTimestamp: 2e9 - index, FailureDetails: { Code } }),
    );
    const unknown = failedJob({
      JobId: "job-x",
      CreationTimestamp: 1e9,
      FailureDetails: { Code: "SOME_DAY", Message: "New." },
    });
    await drop(page, { name: "jobs.json", text: wireFile([...jobs, unknown]) });
    await waitForText(page.locator("#count"), "10 of 10");
    await rows(page).first().click();
    const seen = new Set();
    for (const code of EXPLAINED_CODES) {
      await waitForText(page.locator(".failure-code"), code);
      assert.equal(await page.locator(".failure-message").innerText(), "The service gave no message.");
      assert.deepEqual(await page.locator(".failure-help dt").allInnerTexts(), [
        "What it means",
        "Usual cause",
        "How to fix it",
      ]);
      for (const text of await page.locator(".failure-help dd").allInnerTexts()) seen.add(text);
      await page.click("#next-job");
    }
    assert.equal(seen.size, 3 * 9);
    await waitForText(page.locator(".failure-message"), "New.");
    assert.equal(await page.locator(".failure-help").count(), 0);
  }),
);

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`the job before and after is a press away, and the buttons keep the focus (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      const ids = await shownIds(page);
      const shown = () => page.locator("#inspector .member .value").first();
      await rows(page).nth(0).click();
      await waitForText(shown(), ids[0]);
      assert.equal(await page.getAttribute("#previous-job", "aria-disabled"), "true");
      await page.click("#next-job");
      await waitForText(shown(), ids[1]);
      await page.click("#next-job");
      await waitForText(shown(), ids[2]);
      assert.ok(await page.locator("#next-job").evaluate((button) => button === document.activeElement));
      await page.click("#previous-job");
      await waitForText(shown(), ids[1]);
    }),
  );

  test(`two jobs are seen side by side with what differs marked (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      const other = {
        ...WHOLE,
        JobId: "b",
        CreationTimestamp: 1_700_000_000,
        Input: { S3Object: { Bucket: "input-bucket", Name: "x" } },
      };
      await drop(page, { name: "jobs.json", text: wireFile([WHOLE, other]) });
      await waitForText(page.locator("#count"), "2 of 2");
      await rows(page).first().click();
      await page.click("#compare");
      await waitForText(page.locator(".note"), "Select a second job");
      await page.click("#next-job");
      await waitForText(page.locator(".comparison-head"), "4 of 20 fields differ");
      const marked = await page
        .locator(".comparison .differs")
        .evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.replace(/^≠/, "").trim())));
      assert.deepEqual(
        marked.map(([path]) => path.replace(/^Different:\s/, "")),
        ["JobId", "CreationTimestamp", "Input.S3Object.Name", "Input.S3Object.Version"],
      );
      assert.deepEqual(marked[3].slice(1), ["v-3sL4", "none"]);
      assert.equal(await page.locator(".comparison tbody tr").count(), 20);
      await page.locator("#only-differences").check();
      assert.equal(await page.locator(".comparison tbody tr").count(), 4);
      assert.deepEqual(await sidewaysScroll(page), []);
      await page.click("#end-comparison");
      await waitForText(page.locator("#inspector .member .value").first(), /^b$/);
    }),
  );
}

test("Ctrl and a click, or c and the next job, sets two jobs side by side", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const ids = (await shownIds(page)).slice(0, 3);
    const compared = () => page.locator(".comparison tbody tr").first().locator("td").allInnerTexts();
    await rows(page).nth(0).click();
    await rows(page)
      .nth(2)
      .click({ modifiers: ["Control"] });
    assert.deepEqual(await compared(), [ids[0], ids[2]]);
    await page.click("#end-comparison");
    await page.keyboard.press("c");
    await page.locator(".note").waitFor();
    await page.keyboard.press("k");
    assert.deepEqual(await compared(), [ids[2], ids[1]]);
  }),
);

test("past a page's end the next job is on the next page", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.selectOption("#size", "25");
    await rows(page).nth(24).click();
    const last = await page.locator("#inspector .member .value").first().innerText();
    await page.click("#next-job");
    await waitForText(page.locator(".rows-shown"), "26–50 of 200");
    const next = await page.locator("#inspector .member .value").first().innerText();
    assert.equal(next, (await shownIds(page))[0]);
    await page.click("#previous-job");
    await waitForText(page.locator(".rows-shown"), "1–25 of 200");
    assert.equal(await page.locator("#inspector .member .value").first().innerText(), last);
  }),
);

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
    assert.ok(
      await rows(page)
        .nth(3)
        .evaluate((row) => row === document.activeElement),
    );

    await page.keyboard.press("Enter");
    await sheet.waitFor();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    assert.ok(
      await rows(page)
        .nth(3)
        .evaluate((row) => row === document.activeElement),
    );
  }),
);

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
  }),
);
