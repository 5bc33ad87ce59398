// Whose jobs are whose: keys of another account never come to a source's jobs, nor to hosts that were not shown.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { objections } from "../axe.js";
import { createJobs } from "rekognition-jobs";
import { startAccounts } from "./accounts.js";
import { LIMIT, PHONE, WIDE, drop, rows, sidewaysScroll, useStage, waitForText } from "../browser.js";
import { needs } from "../browsers.js";
import { startStaticHost } from "../site/static_host.js";

const keyPair = (accessKeyId) => ({
  accessKeyId,
  secretAccessKey: `secret-of-${accessKeyId}`,
  sessionToken: `token-of-${accessKeyId}`,
});
/** Keys that do not tell their account: of the first one two, of the second one one. */
const [PLAIN, PLAIN_RENEWED, PLAIN_OF_OTHER] = ["ASIDEXAMPLE1", "ASIDEXAMPLE2", "ASIDEXAMPLE3"].map(keyPair);
/** Keys that do: of 029608264753 two, of 609629065308 one. */
const [TOLD, TOLD_RENEWED, TOLD_OF_OTHER] = [
  "ASIAQNZGKIQY56JQ7WML",
  "ASIAQNZGKIQY5ABCDEFG",
  "ASIAY34FZKBOKMUTVV7A",
].map(keyPair);

const stage = useStage({ jobs: 30 });
let service;
let otherHost;
before(async () => {
  service = await startAccounts([
    { jobs: 1200, keys: [PLAIN, PLAIN_RENEWED, TOLD, TOLD_RENEWED] },
    { jobs: 70, keys: [PLAIN_OF_OTHER, TOLD_OF_OTHER] },
  ]);
  otherHost = await startAccounts([{ jobs: 10, keys: [] }]);
}, LIMIT);
after(() => Promise.all([service?.close(), otherHost?.close()]), LIMIT);

const own = (host = service) => ({ "Custom endpoint (optional)": host.url });

/** Fills the form of an account, in which hosts are told, and connects. */
async function connect(page, { accessKeyId, secretAccessKey, sessionToken }, fields = own()) {
  if ((await page.locator("#sources").count()) === 0) await page.click("#sources-button");
  await page
    .getByText("FIPS, dual-stack and custom S3 endpoints")
    .evaluate((summary) => (summary.parentElement.open = true));
  const keys = { "Access key ID": accessKeyId, "Secret access key": secretAccessKey, "Session token": sessionToken };
  for (const [label, value] of Object.entries({ "Custom S3 endpoint (optional)": "", ...keys, ...fields })) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.click("#connect");
}

const sourcesOf = (page) => page.locator("#source option").allInnerTexts();
const shown = (page) => page.locator("#source option:checked").innerText();

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`keys that are new at a place are asked about, and nothing is sent before the answer (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      const first = new URL(service.url).host;
      await connect(page, PLAIN);
      await waitForText(page.locator("#count"), "1,200 of 1,200");
      service.asked.length = 0;
      await connect(page, PLAIN_OF_OTHER);
      await waitForText(page.locator("#doubt"), `same account as the jobs of ${first}?`);
      assert.deepEqual(await sidewaysScroll(page), []);
      assert.deepEqual(await objections(page), []);
      await page.getByLabel("Secret access key").press("Enter");
      assert.equal(await page.locator("#doubt").count(), 1, "Enter is no answer");
      assert.deepEqual(service.asked, []);
      await page.getByLabel("Session token").fill("another");
      assert.equal(await page.locator("#doubt").count(), 0, "other keys are another question");
      await page.getByLabel("Session token").fill(PLAIN_OF_OTHER.sessionToken);
      await page.click("#connect");
      await page.getByRole("button", { name: "No, add another source" }).click();
      await waitForText(page.locator("#count"), "70 of 70");
      assert.deepEqual(await sourcesOf(page), ["Sample account", first, `${first} (2)`]);
      assert.equal(await shown(page), `${first} (2)`);
      assert.deepEqual([...new Set(service.asked.map(({ key }) => key))], [PLAIN_OF_OTHER.accessKeyId]);

      await page.selectOption("#source", { label: first });
      await waitForText(page.locator("#count"), "1,200 of 1,200");
      service.asked.length = 0;
      await page.click("#refresh");
      await waitForText(page.locator("#load-status"), "No changes in the latest");
      assert.deepEqual(
        [...new Set(service.asked.map(({ key, token }) => `${key} ${token}`))],
        [`${PLAIN.accessKeyId} ${PLAIN.sessionToken}`],
        "each source keeps its own keys",
      );

      await connect(page, PLAIN_RENEWED);
      await page.getByRole("button", { name: `Yes, continue with ${first}`, exact: true }).click();
      await waitForText(page.locator("#load-status"), "No changes in the latest");
      assert.deepEqual(await sourcesOf(page), ["Sample account", first, `${first} (2)`]);
      await connect(page, PLAIN_RENEWED);
      await waitForText(page.locator("#load-status"), "No changes in the latest");
      assert.equal(
        await page.locator("dialog").count(),
        0,
        "keys that were said to be of the account are not asked about",
      );
      assert.equal(
        await page
          .locator("#count")
          .innerText()
          .then((text) => text.split(" ·")[0]),
        "1,200 of 1,200",
      );
    }),
  );
}

test(
  "keys that tell their account are not asked about: renewed ones go on, another account's make a source",
  LIMIT,
  () =>
    stage.onPage({}, async (page) => {
      const first = new URL(service.url).host;
      await connect(page, TOLD);
      await waitForText(page.locator("#count"), "1,200 of 1,200");
      service.asked.length = 0;
      await connect(page, TOLD_RENEWED);
      await waitForText(page.locator("#load-status"), "No changes in the latest");
      assert.deepEqual([...new Set(service.asked.map(({ key }) => key))], [TOLD_RENEWED.accessKeyId]);
      await connect(page, TOLD_OF_OTHER);
      await waitForText(page.locator("#count"), "70 of 70");
      assert.deepEqual(await sourcesOf(page), ["Sample account", first, `${first} (account 609629065308)`]);
    }),
);

test("a source that brought nothing takes other keys, and forgets those that it had", LIMIT, () =>
  stage.onPage({ expected: /status of 400/ }, async (page) => {
    const first = new URL(service.url).host;
    await connect(page, { ...PLAIN_OF_OTHER, secretAccessKey: "wrong" });
    await waitForText(page.locator("#error"), "InvalidSignatureException");
    await connect(page, PLAIN);
    await waitForText(page.locator("#count"), "1,200 of 1,200");
    await connect(page, PLAIN_OF_OTHER);
    await waitForText(page.locator("#doubt"), "same account");
    await page.getByRole("button", { name: "No, add another source" }).click();
    await waitForText(page.locator("#count"), "70 of 70");
    await page.selectOption("#source", { label: first });
    await waitForText(page.locator("#count"), "1,200 of 1,200");
    assert.deepEqual(await sourcesOf(page), ["Sample account", first, `${first} (2)`]);
  }),
);

test("what was kept is asked about too, and is lent to nobody else's keys", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const first = new URL(service.url).host;
    const withS3 = { ...own(), "Custom S3 endpoint (optional)": `${service.url}s3/` };
    await connect(page, PLAIN, withS3);
    await waitForText(page.locator("#count"), "1,200 of 1,200");
    await page.click("#sources-button");
    await page.locator("#store-listing").check();
    await page.locator("#stored-listings li small").waitFor();
    await page.reload();
    await waitForText(page.locator("#error"), "Sign in again to refresh");

    service.asked.length = 0;
    await page.click("#sign-in");
    assert.deepEqual(
      [
        await page.getByLabel("Custom endpoint (optional)").inputValue(),
        await page.getByLabel("Custom S3 endpoint (optional)").inputValue(),
        await page.getByLabel("Custom S3 endpoint (optional)").isVisible(),
      ],
      [service.url, `${service.url}s3/`, true],
      "the whole place is suggested, and seen",
    );
    await connect(page, PLAIN_OF_OTHER, withS3);
    await waitForText(page.locator("#doubt"), "same account");
    assert.deepEqual(service.asked, []);
    await page.getByRole("button", { name: "No, add another source" }).click();
    await waitForText(page.locator("#count"), "70 of 70");
    await page.reload();
    await waitForText(page.locator("#count"), "1,200 of 1,200");
    await connect(page, PLAIN_RENEWED, withS3);
    await page.getByRole("button", { name: `Yes, continue with ${first}` }).click();
    await waitForText(page.locator("#load-status"), "No changes in the latest");
    await page.reload();
    await waitForText(page.locator("#error"), "Sign in again to refresh");
    await connect(page, PLAIN_RENEWED, withS3);
    await waitForText(page.locator("#load-status"), "No changes in the latest");
    assert.deepEqual(await sourcesOf(page), ["Sample account", first]);
  }),
);

test("another S3 endpoint, or none, is another source: no key goes to the first one's", LIMIT, async () => {
  // A region that is none, so that nothing of it is on the network.
  const region = "us-nowhere-9";
  const nowhere = await startAccounts(
    [
      { jobs: 120, keys: [PLAIN] },
      { jobs: 70, keys: [PLAIN_OF_OTHER] },
    ],
    { region },
  );
  const fields = { ...own(nowhere), Region: region };
  try {
    await stage.onPage(
      { expected: /ERR_NAME_NOT_RESOLVED|ERR_FAILED|ERR_INTERNET|Same Origin Policy/ },
      async (page) => {
        const elsewhere = [];
        page.on("request", (request) => {
          if (request.url().startsWith("https:")) elsewhere.push(new URL(request.url()).host);
        });
        await connect(page, PLAIN, { ...fields, "Custom S3 endpoint (optional)": `${otherHost.url}s3/` });
        await waitForText(page.locator("#count"), "120 of 120");
        for (const [keys, jobs] of [
          [PLAIN, 120],
          [PLAIN_OF_OTHER, 70],
        ]) {
          await connect(page, keys, fields);
          if (keys !== PLAIN) await page.getByRole("button", { name: "No, add another source" }).click();
          await page.locator("dialog").waitFor({ state: "detached" });
          await waitForText(page.locator("#count"), `${jobs} of ${jobs}`);
          await page.fill("#query", "has:results");
          await rows(page).first().click();
          await page.click("#show-results");
          await waitForText(page.locator("#error"), "s3");
          await page.click("#close-results");
          await page.fill("#query", "");
        }
        assert.deepEqual(otherHost.asked, []);
        assert.ok(
          elsewhere.length > 0 && elsewhere.every((host) => /(^|\.)s3\.us-nowhere-9\.amazonaws\.com$/.test(host)),
          elsewhere.join(),
        );
        assert.equal((await sourcesOf(page)).length, 4);
      },
    );
  } finally {
    await nowhere.close();
  }
});

test("the form names every host before anything is sent there, and nothing signed goes elsewhere", LIMIT, () =>
  stage.onPage({ expected: /status of 403/ }, async (page) => {
    const signed = [];
    await page.route("https://**", (route) => {
      const { host } = new URL(route.request().url());
      if (route.request().headers().authorization) signed.push(host);
      return route.fulfill({
        status: 403,
        headers: { "access-control-allow-origin": "*" },
        contentType: "application/x-amz-json-1.1",
        body: '{"__type":"AccessDeniedException"}',
      });
    });
    const told = () => page.locator("#hosts b").allInnerTexts();
    await page.click("#sources-button");
    assert.deepEqual(await told(), ["rekognition.us-east-1.amazonaws.com", "*.s3.us-east-1.amazonaws.com"]);
    await page.getByLabel("Region").fill("us-gov-west-1");
    await page.getByText("FIPS, dual-stack and custom S3 endpoints").click();
    await page.getByLabel("FIPS endpoint").check();
    assert.deepEqual(await told(), [
      "rekognition-fips.us-gov-west-1.amazonaws.com",
      "*.s3-fips.us-gov-west-1.amazonaws.com",
    ]);
    await page.getByLabel("FIPS endpoint").uncheck();
    await page.getByLabel("Custom S3 endpoint (optional)").fill("https://s3.example/");
    assert.deepEqual(await told(), ["rekognition.us-gov-west-1.amazonaws.com", "s3.example"]);
    await page.getByLabel("Custom endpoint (optional)").fill("http://example.com");
    await waitForText(page.locator("#hosts"), "Nothing can be sent");
    await page.getByLabel("Custom endpoint (optional)").fill("https://jobs.example:8443/x");
    assert.deepEqual(await told(), ["jobs.example:8443", "s3.example"]);
    await page.getByLabel("Cognito identity pool").check();
    await page.getByLabel("Identity pool", { exact: true }).fill("eu-west-1:0000");
    assert.deepEqual(await told(), ["jobs.example:8443", "jobs.example:8443", "s3.example"]);
    await page.getByLabel("Custom endpoint (optional)").fill("");
    assert.deepEqual(await told(), [
      "cognito-identity.eu-west-1.amazonaws.com",
      "rekognition.us-gov-west-1.amazonaws.com",
      "s3.example",
    ]);
    await page.getByLabel("None (unsigned)").check();
    await waitForText(page.locator("#hosts"), "Requests, unsigned, go to rekognition.us-gov-west-1");
    assert.deepEqual(signed, []);
    await page.getByLabel("Access keys").check();
    await connect(page, PLAIN, { Region: "eu-west-1", "Custom endpoint (optional)": "" });
    await waitForText(page.locator("#error b"), "AccessDeniedException");
    assert.deepEqual([...new Set(signed)], ["rekognition.eu-west-1.amazonaws.com"]);
  }),
);

test("a page's host cannot lead a person's keys anywhere: not by its endpoint, nor by what was kept of it", {
  ...LIMIT,
  ...needs("anExplanation"),
}, async () => {
  const host = await startStaticHost("/");
  const settings = {
    label: "Moderation",
    endpoint: stage.url,
    s3Endpoint: `${otherHost.url}s3/`,
    region: "eu-west-1",
  };
  try {
    await stage.onPage(
      {
        url: host.url,
        expected: /status of 40[03]/,
        before: (page) => page.route("**/settings.json", (route) => route.fulfill({ json: settings })),
      },
      async (page) => {
        const signed = [];
        page.on("request", (request) => {
          if (request.headers().authorization) signed.push(new URL(request.url()).host);
        });
        await page.route("https://**", (route) =>
          route.fulfill({
            status: 403,
            headers: { "access-control-allow-origin": "*" },
            contentType: "application/x-amz-json-1.1",
            body: '{"__type":"AccessDeniedException"}',
          }),
        );
        await waitForText(page.locator("#count"), "30 of 30");
        await page.click("#sources-button");
        await page.locator("#store-listing").check();
        await page.locator("#stored-listings li small").waitFor();
        assert.deepEqual(await page.locator("#hosts b").allInnerTexts(), [
          "rekognition.eu-west-1.amazonaws.com",
          "*.s3.eu-west-1.amazonaws.com",
        ]);
        await connect(page, PLAIN, {});
        await waitForText(page.locator("#error b"), "AccessDeniedException");
        assert.deepEqual([...new Set(signed)], ["rekognition.eu-west-1.amazonaws.com"]);

        // The host puts another account behind the page: the jobs kept of the first stay those of the first.
        Object.assign(settings, { endpoint: otherHost.url, label: "Other" });
        await page.reload();
        await page.selectOption("#source", { label: "Other" });
        await page.locator("#error").waitFor();
        await waitForText(page.locator("#count"), "0 of 0");
        await page.selectOption("#source", { label: "Moderation" });
        await waitForText(page.locator("#count"), "30 of 30");
        assert.deepEqual([...new Set(signed)], ["rekognition.eu-west-1.amazonaws.com"]);
      },
    );
  } finally {
    await host.close();
  }
});

test(
  "of a file with the first page of a list, the rest is loaded from its account, and not from another's",
  LIMIT,
  () =>
    stage.onPage({ expected: /status of 400/ }, async (page) => {
      const engine = await createJobs({ endpoint: service.url, credentials: TOLD });
      const first = await engine.listMediaAnalysisJobs({ MaxResults: 100 });
      engine.close();
      await drop(page, { name: "first-page.json", text: JSON.stringify(first) });
      await waitForText(page.locator("#part"), "first-page.json has the first pages of a list only");
      await waitForText(page.locator("#part button"), "Load the rest from Sample account");
      assert.deepEqual(await objections(page), []);
      const file = await page.locator("#source").inputValue();
      await connect(page, TOLD);
      await waitForText(page.locator("#count"), "1,200 of 1,200");
      await connect(page, TOLD_OF_OTHER);
      await waitForText(page.locator("#count"), "70 of 70");
      await page.locator("#source").selectOption(file);
      await waitForText(page.locator("#count"), "100 of 100");
      const host = new URL(service.url).host;
      await page.getByRole("button", { name: `Load the rest from ${host} (account 609629065308)` }).click();
      await waitForText(page.locator("#error"), "InvalidPaginationToken");
      await page.getByRole("button", { name: `Load the rest from ${host}`, exact: true }).click();
      await waitForText(page.locator("#count"), "1,200 of 1,200");
      assert.equal(await page.locator("#part").count(), 0);
      assert.equal(await page.locator("#error").count(), 0);
    }),
);
