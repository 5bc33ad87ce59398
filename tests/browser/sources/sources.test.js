// Accounts of the service as sources: keys and identity pools, progress, stopping, refreshing, keeping, trouble.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { startServer } from "../../../emulator/server.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { LIMIT, NOW, PHONE, WIDE, useStage, waitForText } from "../browser.js";

const POOL = "us-east-1:1699ebc0-7900-4099-b910-2df94f52a030";
const stage = useStage({ jobs: 30 });
let service;
before(async () => {
  service = await startServer({
    port: 0,
    jobs: 1250,
    now: () => NOW,
    clock: Date.now,
    strict: true,
    identityPools: [{ id: POOL }],
  });
}, LIMIT);
after(() => service?.close(), LIMIT);

/** Fills the form of an account and connects to it. */
async function connect(page, fields, how = "Access keys") {
  await page.click("#sources-button");
  await page.getByLabel(how).check();
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.click("#connect");
}

const keyFields = ({ accessKeyId, secretAccessKey, sessionToken = "" }) => ({
  "Custom endpoint (optional)": service.url,
  "Access key ID": accessKeyId,
  "Secret access key": secretAccessKey,
  "Session token": sessionToken,
});

test("no password manager is offered a secret: it is in a text field, whose letters are discs", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.click("#sources-button");
    const secrets = {};
    for (const how of ["Access keys", "Cognito identity pool", "None (unsigned)"]) {
      await page.getByLabel(how).check();
      await page.locator(".endpoint-options").evaluate((options) => (options.open = true));
      const fields = await page.locator("dialog :is(input, textarea, select)").evaluateAll((all) =>
        all.map((field) => ({
          label: field.labels[0]?.innerText.trim(),
          type: field.type,
          completes: field.autocomplete,
          discs: getComputedStyle(field).webkitTextSecurity === "disc",
        })),
      );
      assert.deepEqual(
        fields.filter(({ type }) => type === "password"),
        [],
      );
      for (const { label, completes, discs } of fields) {
        assert.equal(discs, /secret|token/i.test(label), label);
        if (discs) secrets[label] = completes;
      }
    }
    assert.deepEqual(secrets, { "Secret access key": "off", "Session token": "off", "Provider token": "off" });
  }),
);

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`temporary keys list a real account, and leave nothing behind (${name})`, LIMIT, async () => {
    const keys = service.sessions.issue();
    const seen = [];
    await stage.onPage({ size }, async (page) => {
      page.on("console", (message) => seen.push(message.text()));
      page.on("request", (request) => seen.push(request.url()));
      await connect(page, keyFields(keys));
      await waitForText(page.locator("#count"), "1,250 of 1,250");
      assert.equal(await page.locator("dialog").count(), 0);
      assert.equal(await page.locator("#source option:checked").innerText(), new URL(service.url).host);
      assert.ok(await page.locator("#sources-button").evaluate((button) => button === document.activeElement));
      await page.click("#sources-button");
      await page.locator("#store-listing").check();
      await page.locator("#stored-listings li small").waitFor();
      seen.push(await page.evaluate(leftBehind));
    });
    assert.ok(seen.some((text) => text.includes("rekognition-jobs")));
    for (const secret of [keys.accessKeyId, keys.secretAccessKey, keys.sessionToken]) {
      for (const text of seen) assert.ok(!text.includes(secret), text);
    }
  });
}

/** All that the page has left where it could be found: document, fields, address, history, storage, databases. */
async function leftBehind() {
  const stored = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
    for (const each of database.objectStoreNames) {
      const records = await new Promise((resolve) => {
        const request = database.transaction(each).objectStore(each).getAll();
        request.onsuccess = () => resolve(request.result);
      });
      for (const record of records) {
        stored.push(name, JSON.stringify(record), await new Response(record.snapshot).text());
      }
    }
    database.close();
  }
  const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
  const folders = [];
  for await (const file of (await navigator.storage.getDirectory()).keys()) folders.push(file);
  return [
    document.documentElement.outerHTML,
    ...fields,
    location.href,
    JSON.stringify(history.state),
    JSON.stringify({ ...localStorage, ...sessionStorage }),
    document.cookie,
    ...stored,
    ...folders,
  ].join("\n");
}

const PASTED = {
  "shell exports": ({ accessKeyId, secretAccessKey, sessionToken }) =>
    `export AWS_ACCESS_KEY_ID=${accessKeyId}\n` +
    `export AWS_SECRET_ACCESS_KEY="${secretAccessKey}"\nexport AWS_SESSION_TOKEN=${sessionToken}\n`,
  "the CLI's JSON": ({ accessKeyId, secretAccessKey, sessionToken }) =>
    JSON.stringify(
      { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken },
      null,
      2,
    ),
  "a profile": ({ accessKeyId, secretAccessKey, sessionToken }) =>
    `[default]\naws_access_key_id = ${accessKeyId}\n` +
    `aws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}`,
  PowerShell: ({ accessKeyId, secretAccessKey, sessionToken }) =>
    `$Env:AWS_ACCESS_KEY_ID="${accessKeyId}"\n` +
    `$Env:AWS_SECRET_ACCESS_KEY="${secretAccessKey}"\n$Env:AWS_SESSION_TOKEN="${sessionToken}"`,
};

test("keys pasted as people copy them fill the three fields", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.click("#sources-button");
    await page.getByLabel("Custom endpoint (optional)").fill(service.url);
    for (const [form, write] of Object.entries(PASTED)) {
      const keys = service.sessions.issue();
      await page.evaluate((text) => navigator.clipboard.writeText(text), write(keys));
      await page.getByLabel("Secret access key").focus();
      await page.keyboard.press("Control+v");
      const values = await page
        .locator("#account-form")
        .evaluate(({ elements }) =>
          ["accessKeyId", "secretAccessKey", "sessionToken"].map((name) => elements[name].value),
        );
      assert.deepEqual(values, [keys.accessKeyId, keys.secretAccessKey, keys.sessionToken], form);
    }
    await page.click("#connect");
    await waitForText(page.locator("#count"), "1,250 of 1,250");
  }),
);

test("IAM's CSV of an access key fills the fields and empties the token's, and a zone is its region", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const { accessKeyId, secretAccessKey } = EXAMPLE;
    await page.click("#sources-button");
    await page.getByLabel("Custom endpoint (optional)").fill(service.url);
    await page.getByLabel("Region").fill(" US-EAST-1A ");
    await page.getByLabel("Session token").fill("of others");
    const csv = `\ufeffAccess key ID,Secret access key\r\n${accessKeyId},${secretAccessKey}\r\n`;
    await page.evaluate((text) => navigator.clipboard.writeText(text), csv);
    await page.getByLabel("Access key ID", { exact: true }).focus();
    await page.keyboard.press("Control+v");
    const values = ["Access key ID", "Secret access key", "Session token"].map((label) =>
      page.getByLabel(label, { exact: true }).inputValue(),
    );
    assert.deepEqual(await Promise.all(values), [accessKeyId, secretAccessKey, ""]);
    await page.getByLabel("Access key ID", { exact: true }).fill(`"${accessKeyId}"`);
    await page.click("#connect");
    await waitForText(page.locator("#count"), "1,250 of 1,250");
  }),
);

test("a Cognito identity pool gives its guests the jobs", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await connect(page, { "Custom endpoint (optional)": service.url, "Identity pool": POOL }, "Cognito identity pool");
    await waitForText(page.locator("#count"), "1,250 of 1,250");
  }),
);

test("a place that cannot be one is told in the form, FIPS and dual-stack have hosts of their own", LIMIT, () =>
  stage.onPage({ expected: /status of 400/ }, async (page) => {
    await connect(page, { ...keyFields(EXAMPLE), "Custom endpoint (optional)": "http://example.com/" });
    await waitForText(page.locator("#connect-error"), "https, or http on a loopback host");
    assert.equal(await page.getByLabel("Access key ID", { exact: true }).inputValue(), EXAMPLE.accessKeyId);
    await page.getByLabel("Custom endpoint (optional)").fill("");
    await page.getByLabel("Region").fill("not a region");
    await page.click("#connect");
    await waitForText(page.locator("#connect-error"), "is not a region");

    const asked = [];
    await page.route("https://**", (route) => {
      asked.push(new URL(route.request().url()).host);
      return route.fulfill({
        status: 400,
        headers: { "access-control-allow-origin": "*" },
        contentType: "application/x-amz-json-1.1",
        body: '{"__type":"AccessDeniedException"}',
      });
    });
    await page.getByLabel("Region").fill("us-gov-west-1");
    await page.getByText("FIPS, dual-stack and custom S3 endpoints").click();
    await page.getByLabel("FIPS endpoint").check();
    await page.getByLabel("Dual-stack endpoint").check();
    await page.click("#connect");
    await waitForText(page.locator("#error b"), "AccessDeniedException");
    assert.deepEqual(new Set(asked), new Set(["rekognition-fips.us-gov-west-1.api.aws"]));
    assert.equal(await page.locator("#source option:checked").innerText(), "us-gov-west-1, FIPS, dual-stack");

    await page.click("#sources-button");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.selectOption("#source", { label: "Sample account" });
    await waitForText(page.locator("#count"), "30 of 30");
  }),
);

test("wrong keys are told with what to check, and the right ones go on in the same source", LIMIT, () =>
  stage.onPage({ expected: /status of 400/ }, async (page) => {
    await connect(page, keyFields({ ...EXAMPLE, secretAccessKey: "wrong" }));
    await waitForText(page.locator("#error"), "InvalidSignatureException");
    await waitForText(page.locator("#error .advice"), "The secret key does not belong");
    await connect(page, keyFields(EXAMPLE));
    await waitForText(page.locator("#count"), "1,250 of 1,250");
    assert.equal(await page.locator("#source option").count(), 2);
    assert.equal(await page.locator("#error").count(), 0);
  }),
);

test(
  "loading tells pages, jobs, rate, retries and waiting; it is stopped, and gone on with where it was",
  LIMIT,
  async () => {
    service.setFaults([
      { kind: "throttle", page: 5, times: 2 },
      { kind: "hang", page: 5, request: 3 },
    ]);
    try {
      await stage.onPage({ expected: /status of (400|500)/ }, async (page) => {
        await page.evaluate(() => {
          const standing = document.querySelector("#load-status");
          window.told = [];
          new MutationObserver(() => window.told.push(standing.textContent)).observe(standing, {
            childList: true,
            characterData: true,
            subtree: true,
          });
        });
        await connect(page, keyFields(EXAMPLE));
        const telling = /^Loading… 400 jobs · 4 pages · [\d,]+ jobs\/s · 1 retry/;
        await page.waitForFunction(
          (text) => window.told.some((each) => new RegExp(`${text} · waiting \\d+\\.\\d s`).test(each)),
          telling.source,
        );
        await page.waitForFunction(
          (text) => new RegExp(`${text}$`).test(document.querySelector("#load-status").textContent),
          telling.source,
        );
        assert.equal(await page.getAttribute("#load-status", "aria-busy"), "true");
        await page.click("#stop");
        await waitForText(page.locator("#load-status"), "Stopped after 400 jobs");
        await waitForText(page.locator("#count"), "400 of 400");
        assert.equal(await page.locator("#refresh").count(), 0);

        service.traffic.reset();
        await page.click("#resume");
        await waitForText(page.locator("#count"), "1,250 of 1,250");
        assert.equal(service.traffic.counters.requests.ListMediaAnalysisJobs, 9);
        await page.locator("#refresh").waitFor();
        assert.ok((await page.evaluate(() => window.told)).every((text) => !text.includes("-")));
      });
    } finally {
      service.setFaults([]);
    }
  },
);

test("an automatic refresh asks for little, and not at all while the tab is hidden", LIMIT, () =>
  stage.onPage({ loaded: false, before: (page) => page.clock.install() }, async (page) => {
    let requests = 0;
    page.on("request", (request) => (requests += request.method() === "POST"));
    const hide = (hidden) =>
      page.evaluate((value) => {
        Object.defineProperty(document, "hidden", { value, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await waitForText(page.locator("#count"), "30 of 30");
    await page.selectOption("#auto-refresh", { label: "Every 30 s" });
    requests = 0;
    await page.clock.runFor(29_000);
    assert.equal(requests, 0);
    stage.pass(31_000);
    await page.clock.runFor(1_500);
    await waitForText(page.locator("#load-status"), /1 added/);
    const once = requests;
    assert.ok(once >= 1 && once < 20, `${once}`);

    await hide(true);
    await page.clock.runFor(300_000);
    assert.equal(requests, once);
    stage.pass(31_000);
    await hide(false);
    await waitForText(page.locator("#count"), "32 of 32");
    assert.ok(requests > once);

    await page.selectOption("#auto-refresh", { label: "Off" });
    const all = requests;
    await page.clock.runFor(300_000);
    assert.equal(requests, all);
  }),
);

test("a browser that is offline is told so, and goes on by itself", LIMIT, () =>
  stage.onPage({ expected: /ERR_INTERNET_DISCONNECTED|Same Origin Policy/ }, async (page) => {
    await page.context().setOffline(true);
    await page.click("#refresh");
    await waitForText(page.locator("#error b"), "Offline");
    await waitForText(page.locator("#error"), "This browser is offline");
    await page.context().setOffline(false);
    await page.locator("#error").waitFor({ state: "detached" });
    await waitForText(page.locator("#load-status"), /No changes|added/);
  }),
);

test("a host that refuses pages of elsewhere is told from one that is not there", LIMIT, async () => {
  const host = createServer((request, response) => response.writeHead(request.method === "OPTIONS" ? 403 : 200).end());
  await new Promise((resolve) => host.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${host.address().port}/`;
  try {
    await stage.onPage(
      { expected: /CORS policy|Same Origin Policy|ERR_FAILED|ERR_CONNECTION_REFUSED/ },
      async (page) => {
        await connect(page, { ...keyFields(EXAMPLE), "Custom endpoint (optional)": endpoint });
        await waitForText(page.locator("#error b"), "Blocked by CORS");
        await waitForText(
          page.locator("#error .advice"),
          `does not let a page from ${new URL(stage.url).origin} read it`,
        );
        host.closeAllConnections();
        await new Promise((resolve) => host.close(resolve));
        await page.click("#retry");
        await waitForText(page.locator("#error b"), "Unreachable");
        await waitForText(page.locator("#error .advice"), "does not answer");
      },
    );
  } finally {
    host.closeAllConnections();
    host.close();
  }
});

test("the jobs of an account are kept when asked, are there at once next time, refreshed, and forgotten", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await connect(page, keyFields(EXAMPLE));
    await waitForText(page.locator("#count"), "1,250 of 1,250");
    await page.click("#sources-button");
    await page.locator("#store-listing").check();
    await page.locator("#stored-listings li small").waitFor();

    service.traffic.reset();
    await page.reload();
    await waitForText(page.locator("#count"), "1,250 of 1,250");
    await waitForText(page.locator("#error"), "Sign in again to refresh");
    assert.equal(service.traffic.counters.requests.ListMediaAnalysisJobs ?? 0, 0);
    await page.click("#sign-in");
    for (const [label, value] of Object.entries(keyFields(EXAMPLE)))
      await page.getByLabel(label, { exact: true }).fill(value);
    await page.click("#connect");
    await waitForText(page.locator("#load-status"), "No changes in the latest");
    assert.equal(await page.locator("#error").count(), 0);
    assert.ok(
      service.traffic.counters.requests.ListMediaAnalysisJobs <= 2,
      "a refresh does not read the whole list again",
    );

    await page.click("#sources-button");
    await page.click(".confirmation summary");
    await page.click("#delete-stored");
    await page.locator("dialog").waitFor({ state: "detached" });
    assert.equal(await page.locator("#source option").count(), 1);
    assert.deepEqual(await page.evaluate(() => indexedDB.databases()), []);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await page.reload();
    await waitForText(page.locator("#count"), /^3\d of 3\d/);
  }),
);

test("the sample account's kept jobs are there before the service answers, and a refused keeping is told", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const all = await page.locator("#count").innerText();
    await page.click("#sources-button");
    await page.locator("#store-listing").check();
    await page.locator("#stored-listings li small").waitFor();
    let answering = () => {};
    await page.route(stage.url, async (route) => {
      if (route.request().method() === "POST") await new Promise((resolve) => (answering = resolve));
      await route.fallback();
    });
    await page.reload();
    await waitForText(page.locator("#count"), all);
    await waitForText(page.locator("#load-status"), "Refreshing");
    answering();
    await page.unroute(stage.url);
    await waitForText(page.locator("#load-status"), /No changes|added|updated/);

    await page.click("#sources-button");
    await page.locator("#store-listing").uncheck();
    await page.locator("#stored-listings li").waitFor({ state: "detached" });
    await page.evaluate(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("No room left.", "QuotaExceededError");
      };
    });
    await page.locator("#store-listing").click();
    await waitForText(page.locator("#sources .form-error"), "Couldn't store this listing: No room left.");
    assert.equal(await page.locator("#store-listing").isChecked(), false);
  }),
);
