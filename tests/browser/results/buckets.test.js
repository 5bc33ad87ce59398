// Images of buckets that no job names: asked for unsigned, signed only once a person was asked about the very bucket.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CAMPAIGNS } from "../../../emulator/account/campaigns.js";
import { mulberry32 } from "../../../emulator/account/random.js";
import { startServer } from "../../../emulator/server.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { objections } from "../axe.js";
import { LIMIT, NOW, PHONE, WIDE, drop, sidewaysScroll, useStage, waitForText } from "../browser.js";

const [NAMED, FIRST, OTHER] = ["acme-ugc-uploads", "acme-marketing-assets", "acme-sandbox"].map((bucket) =>
  CAMPAIGNS.find(({ inputBucket }) => inputBucket === bucket),
);
const stage = useStage({ jobs: 30 });
let service;
before(async () => {
  service = await startServer({ port: 0, jobs: 12, now: () => NOW, clock: Date.now, strict: true });
}, LIMIT);
after(() => service?.close(), LIMIT);

async function connect(page) {
  await page.click("#sources-button");
  await page.getByText("FIPS, dual-stack and custom S3 endpoints").click();
  const fields = {
    "Custom endpoint (optional)": service.url,
    "Custom S3 endpoint (optional)": `${service.url}s3/`,
    "Access key ID": EXAMPLE.accessKeyId,
    "Secret access key": EXAMPLE.secretAccessKey,
  };
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.click("#connect");
  await waitForText(page.locator("#count"), "12 of 12");
}

/** What is asked of S3: of each bucket how often with a signature and how often without. */
function watch(page) {
  const asked = new Map();
  page.on("request", (request) => {
    const [, bucket] = new URL(request.url()).pathname.match(/^\/s3\/([^/]+)\/.*\.(?:jpg|png)$/) ?? [];
    if (!bucket) return;
    const times = asked.get(bucket) ?? { signed: 0, unsigned: 0 };
    times[request.headers().authorization ? "signed" : "unsigned"] += 1;
    asked.set(bucket, times);
  });
  return asked;
}

const line = ({ inputBucket, imageKey }, seed) =>
  `${JSON.stringify({
    "source-ref": `s3://${inputBucket}/${imageKey(mulberry32(seed), 1)}`,
    "detect-moderation-labels": { ModerationLabels: [], ModerationModelVersion: "7.0", ContentTypes: [] },
  })}\n`;
const foreign = { name: "results.jsonl", text: [FIRST, FIRST, OTHER, NAMED].map(line).join("") };

async function showImages(page) {
  await drop(page, foreign);
  await waitForText(page.locator(".results .load-status"), /^\s*4 images\s*$/);
  await page.check("#show-images");
}

const counts = (asked) => [NAMED, FIRST, OTHER].map(({ inputBucket }) => asked.get(inputBucket));

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`a bucket that no job names is asked about by its name, once (${name})`, LIMIT, () =>
    stage.onPage({ size, expected: /status of 403/ }, async (page) => {
      const asked = watch(page);
      const question = page.locator("#bucket-question");
      await connect(page);
      await showImages(page);
      await waitForText(question, `The bucket ${FIRST.inputBucket} refuses unsigned requests`);
      await page.locator(".thumbnail img").first().waitFor();
      await waitForText(page.locator(".image").nth(2).locator(".image-diagnosis"), "AccessDenied");
      assert.deepEqual(
        counts(asked),
        [
          { signed: 1, unsigned: 0 },
          { signed: 0, unsigned: 2 },
          { signed: 0, unsigned: 1 },
        ],
        "what a job names is signed for, all else is not",
      );
      assert.deepEqual(await sidewaysScroll(page), []);
      assert.deepEqual(await objections(page), []);

      await page.getByRole("button", { name: "Sign requests" }).click();
      await waitForText(question, `The bucket ${OTHER.inputBucket} refuses`);
      await page.locator(".thumbnail img").nth(2).waitFor();
      assert.deepEqual(asked.get(FIRST.inputBucket), { signed: 2, unsigned: 2 });
      await page.getByRole("button", { name: "Don't sign" }).click();
      await question.waitFor({ state: "detached" });
      assert.equal(await page.locator(".thumbnail img").count(), 3);

      await page.uncheck("#show-images");
      await page.check("#show-images");
      await page.locator(".thumbnail img").nth(2).waitFor();
      await waitForText(page.locator(".image").nth(2).locator(".image-diagnosis"), "AccessDenied");
      assert.equal(await question.count(), 0);
      assert.deepEqual(counts(asked), [
        { signed: 2, unsigned: 0 },
        { signed: 4, unsigned: 2 },
        { signed: 0, unsigned: 2 },
      ]);
    }),
  );
}

test("an answer is of its source alone, and of this visit", LIMIT, () =>
  stage.onPage({ expected: /status of 403/ }, async (page) => {
    await connect(page);
    await showImages(page);
    await page.getByRole("button", { name: "Sign requests" }).click();
    await waitForText(page.locator("#bucket-question"), OTHER.inputBucket);
    await page.click("#close-results");
    await page.selectOption("#source", { label: "Sample account" });
    await waitForText(page.locator("#count"), "30 of 30");
    const asked = watch(page);
    await showImages(page);
    await page.locator(".thumbnail img").nth(3).waitFor();
    assert.ok(
      [...asked.values()].every(({ signed }) => signed === 0),
      "an account without a signature signs nothing",
    );
    assert.equal(await page.locator("#bucket-question").count(), 0);
    await page.reload();
    await waitForText(page.locator("#count"), "30 of 30");
    await connect(page);
    await showImages(page);
    await waitForText(page.locator("#bucket-question"), FIRST.inputBucket);
  }),
);
