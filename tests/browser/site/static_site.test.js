// The built page as plain files on any host, at any path: the sample account is then made in the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createAccount } from "../../../emulator/account/account.js";
import { createSampleFetch } from "../../../emulator/sample_account.js";
import { startServer } from "../../../emulator/server.js";
import { LIMIT, NOW, drop, rows, shownIds, useStage, waitForText } from "../browser.js";
import { failedJob, wireFile } from "../job_files.js";
import { startStaticHost } from "./static_host.js";

const stage = useStage({ jobs: 10 });

for (const path of ["/", "/some/where/", "/a%20b/"]) {
  test(`from ${path} the page lists the sample account, and asks for nothing but its own files`, LIMIT, async () => {
    const host = await startStaticHost(path);
    try {
      await stage.onPage({ url: host.url, before: (page) => page.clock.setFixedTime(NOW) }, async (page) => {
        await waitForText(page.locator("#count"), "2,500 of 2,500");
        const account = createAccount({ now: NOW });
        const shown = await shownIds(page);
        assert.ok(shown.length > 10);
        assert.deepEqual(
          shown,
          shown.map((_, index) => account.place(account.count(NOW) - 1 - index).JobId),
        );
        assert.equal(await page.locator("#source option:checked").innerText(), "Sample account");
        const icon = await page.locator("link[rel=icon]").evaluate(async (link) => {
          const image = new Image();
          image.src = link.href;
          await image.decode();
          return image.naturalWidth > 0;
        });
        assert.ok(icon, "the policy lets the browser show the page's icon");

        await page.clock.setFixedTime(NOW + 120_000);
        await page.click("#refresh");
        await waitForText(page.locator("#load-status"), /[45] added/);
        await drop(page, { name: "jobs.json", text: wireFile([failedJob({ JobName: "from-a-file" })]) });
        await waitForText(page.locator("#count"), "1 of 1");
        assert.ok(
          host.asked.every((request) => request.startsWith(`GET ${path}`)),
          host.asked.join(),
        );
      });
    } finally {
      await host.close();
    }
  });
}

test("page and endpoint make the same account", LIMIT, async () => {
  const now = () => NOW;
  const server = await startServer({ port: 0, now });
  try {
    const request = {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "RekognitionService.ListMediaAnalysisJobs",
      },
      body: "{}",
    };
    const inPage = await createSampleFetch({ now: NOW }, now)("https://example.com/", request);
    assert.deepEqual(await inPage.json(), await (await fetch(server.url, request)).json());
  } finally {
    await server.close();
  }
});

test("a host may name the account behind the page", LIMIT, async () => {
  const host = await startStaticHost("/");
  try {
    const settings = { label: "Moderation", endpoint: stage.url, region: "eu-west-1" };
    await stage.onPage(
      {
        url: host.url,
        before: (page) => page.route("**/settings.json", (route) => route.fulfill({ json: settings })),
      },
      async (page) => {
        await waitForText(page.locator("#count"), "10 of 10");
        assert.equal(await page.locator("#source option:checked").innerText(), "Moderation");
      },
    );
  } finally {
    await host.close();
  }
});

test("a host without settings.json has the sample account too, with results and images", LIMIT, async () => {
  const host = await startStaticHost("/");
  try {
    await stage.onPage(
      {
        url: host.url,
        expected: /status of 404/,
        before: (page) => page.route("**/settings.json", (route) => route.fulfill({ status: 404 })),
      },
      async (page) => {
        await waitForText(page.locator("#count"), "2,500 of 2,500");
        await page.fill("#query", "status:succeeded");
        await rows(page).first().click();
        await page.click("#show-results");
        await waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
        await page.check("#show-images");
        await page.locator(".thumbnail.blurred img").first().waitFor();
      },
    );
  } finally {
    await host.close();
  }
});
