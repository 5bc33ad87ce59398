// The page under the strict policy, by its own meta element and by the server's header.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { LIMIT, drop, rows, useStage, waitForText } from "./browser.js";
import { failedJob, wireFile } from "./job_files.js";

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src blob:; " +
  "connect-src 'self' https: http://127.0.0.1:* http://localhost:*";
const stage = useStage({ jobs: 300 });

test("the page brings its policy along, for hosts that send none", async () => {
  const index = await readFile(new URL("../../build/site/index.html", import.meta.url), "utf8");
  assert.ok(index.includes(`content="${POLICY};`));
  assert.ok(!/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/i.test(index));
});

test("all that the page does is within the policy", LIMIT, () =>
  stage.onPage({
    before: (page) => page.route(stage.url, async (route) => {
      if (route.request().method() !== "GET") return route.fallback();
      const response = await route.fetch();
      return route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": POLICY } });
    }),
  }, async (page) => {
    await page.fill("#query", "status:failed");
    await rows(page).first().click();
    await page.locator(".inspector .copy").first().click();
    await page.locator(".raw summary").first().click();
    await page.fill("#query", "colour:red");
    await page.locator("#query-error").waitFor();
    await page.click("#refresh");
    await drop(page, { name: "jobs.json", text: wireFile([failedJob({}), { JobId: 1 }]) });
    await page.locator("#rejected").waitFor();
    await page.fill("#query", "");
    await page.click("#export summary");
    await Promise.all([page.waitForEvent("download"), page.click("#export [data-format='csv']")]);
    await page.selectOption("#source", { label: "Sample account" });
    await page.click("#sources-button");
    await page.locator("#keep").check();
    await page.locator("#kept li small").waitFor();
    await page.click("#forget");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.fill("#query", "");
    await rows(page).first().click();
    await page.locator("dialog#inspector").waitFor();
    assert.equal(await page.locator("style, body script:not([src])").count(), 0);
  }));

test("a violation would be seen", LIMIT, async () => {
  await assert.rejects(stage.onPage({}, async (page) => {
    await page.evaluate(() => {
      const style = document.createElement("style");
      style.textContent = "body { color: red }";
      document.body.append(style);
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  }), /policy: style-src/);
});

test("an error on the page would be seen", LIMIT, async () => {
  await assert.rejects(stage.onPage({}, async (page) => {
    await page.evaluate(() => setTimeout(() => {
      throw new Error("on purpose");
    }));
    await waitForText(page.locator("#count"), "300");
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  }), /error: on purpose/);
});
