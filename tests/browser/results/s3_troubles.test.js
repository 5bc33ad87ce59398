// S3 as it is met in the field: buckets whose requesters pay, of which nothing is paid for before the person said so; what
// of a job cannot be read beside the rest; connections that break.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CAMPAIGNS } from "../../../emulator/account/campaigns.js";
import { startServer } from "../../../emulator/server.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { objections } from "../axe.js";
import { LIMIT, NOW, PHONE, WIDE, rows, sidewaysScroll, useStage, waitForText } from "../browser.js";

const operation = "GetObject";
const buckets = Object.fromEntries(
  CAMPAIGNS.flatMap(({ inputBucket, outputBucket }) => [inputBucket, outputBucket]).map((name) => [
    name,
    { requesterPays: true },
  ]),
);
const stage = useStage({ jobs: 12 });
let service;
let free;
before(async () => {
  const options = { port: 0, jobs: 60, now: () => NOW, clock: Date.now, strict: true };
  service = await startServer({ ...options, buckets });
  free = await startServer(options);
}, LIMIT);
after(() => Promise.all([service?.close(), free?.close()]), LIMIT);

async function connect(page, { url }) {
  await page.click("#sources-button");
  await page.getByText("FIPS, dual-stack and custom S3 endpoints").click();
  const fields = {
    "Custom endpoint (optional)": url,
    "Custom S3 endpoint (optional)": `${url}s3/`,
    "Access key ID": EXAMPLE.accessKeyId,
    "Secret access key": EXAMPLE.secretAccessKey,
  };
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.click("#connect");
  await waitForText(page.locator("#count"), "60 of 60");
}

async function openResults(page) {
  await page.fill("#query", "has:results input:s3://acme-ugc-uploads/*");
  await waitForText(page.locator("#count"), /of 60/);
  await rows(page).first().click();
  await page.click("#show-results");
}

/** How many requests of S3 say that their sender pays, and how many do not. */
function watch(page) {
  const asked = { paid: 0, unpaid: 0 };
  page.on("request", (request) => {
    if (!new URL(request.url()).pathname.startsWith("/s3/") || request.method() !== "GET") return;
    asked[request.headers()["x-amz-request-payer"] === "requester" ? "paid" : "unpaid"] += 1;
  });
  return asked;
}

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`results and images are paid for once the person says so (${name})`, LIMIT, () =>
    stage.onPage({ size, expected: /status of 40[34]/ }, async (page) => {
      const asked = watch(page);
      await connect(page, service);
      await openResults(page);
      await waitForText(page.locator("#error"), /AccessDenied.*If the bucket's requesters pay/s);
      assert.deepEqual(asked, { paid: 0, unpaid: 1 });
      assert.deepEqual(await sidewaysScroll(page), []);
      assert.deepEqual(await objections(page), []);

      await page.getByRole("button", { name: "Pay for the request" }).click();
      await waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
      assert.deepEqual(asked, { paid: 2, unpaid: 1 }, "the results and the summary");
      assert.equal(await page.locator("#error").count(), 0);

      await page.check("#show-images");
      const question = page.locator("#payment-question");
      await waitForText(question, /The bucket acme-.* denies requests for images/);
      assert.equal(asked.paid, 2, "the images are of another bucket");
      assert.deepEqual(await sidewaysScroll(page), []);
      await page.getByRole("button", { name: "Pay for the requests" }).click();
      await page.locator(".thumbnail img").first().waitFor();
      assert.equal(await question.count(), 0);
      assert.ok(asked.paid > 2);
    }),
  );
}

test("who does not want to pay is not asked again, and nothing is paid", LIMIT, () =>
  stage.onPage({ expected: /status of 40[34]/ }, async (page) => {
    const asked = watch(page);
    await connect(page, service);
    await openResults(page);
    await page.getByRole("button", { name: "Pay for the request" }).click();
    await waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
    await page.check("#show-images");
    await page.getByRole("button", { name: "Don't pay" }).click();
    await page.locator("#payment-question").waitFor({ state: "detached" });
    await page.uncheck("#show-images");
    await page.check("#show-images");
    await waitForText(page.locator(".image-diagnosis").first(), "AccessDenied");
    assert.equal(await page.locator("#payment-question").count(), 0);
    assert.equal(asked.paid, 2);
  }),
);

test("a summary that cannot be read does not take the results along, and can be asked for again", LIMIT, () =>
  stage.onPage({ expected: /status of 40[34]/ }, async (page) => {
    const denied = { kind: "refusal", name: "InvalidObjectState", status: 403, operation };
    await connect(page, free);
    free.setFaults([{ ...denied, request: 2 }]);
    await openResults(page);
    await waitForText(page.locator("#missing-part"), /no manifest summary: InvalidObjectState .* is archived/);
    await waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
    assert.deepEqual(await objections(page), []);
    await page.locator("#missing-part").getByRole("button", { name: "Retry" }).click();
    await page.locator("#summary").waitFor();
    assert.equal(await page.locator("#missing-part").count(), 0);

    await page.click("#close-results");
    free.setFaults([{ kind: "refusal", name: "NoSuchKey", status: 404, operation }]);
    await page.click("#show-results");
    await waitForText(page.locator("#missing-part"), /There are no results any more: NoSuchKey/);
    await waitForText(page.locator(".results .load-status"), "the results were deleted");
  }),
);

test("a sign-in page in place of results is an error, not results without images", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await connect(page, free);
    free.setFaults([{ kind: "portal", operation }]);
    await openResults(page);
    await waitForText(page.locator("#error"), /InvalidResponseError.*this is an HTML page.*in place of S3/s);
    await page.click("#retry");
    await waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
  }),
);

test("results whose connection breaks go on, by a request that the bucket's CORS rule allows", LIMIT, () =>
  stage.onPage({ expected: /net::ERR_|Same Origin Policy/ }, async (page) => {
    const parts = [];
    page.on("request", (request) => {
      const { range, "if-match": etag } = request.headers();
      if (etag) parts.push([range, etag]);
    });
    await connect(page, free);
    free.setFaults([{ kind: "cut", operation, times: 3 }]);
    await openResults(page);
    await page.locator("#summary").waitFor();
    await waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
    assert.equal(parts.length, 3);
    for (const [range, etag] of parts) {
      assert.match(range ?? "bytes=1-", /^bytes=[1-9]\d*-$/, "it begins again where nothing came");
      assert.match(etag, /^"[\da-f]{32}"$/);
    }
    assert.equal(await page.locator("#error, #missing-part, #rejected").count(), 0);
  }),
);
