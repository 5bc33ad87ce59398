// The page under the strict policy, by its own meta element and by the server's header.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { LIMIT, drop, rows, useStage, waitForText } from "../browser.js";
import { failedJob, wireFile } from "../job_files.js";

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; " +
  "connect-src 'self' https: http://127.0.0.1:* http://localhost:*";
const TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types lit-html rekognition-jobs";
const stage = useStage({ jobs: 300 });

test("the page brings its policy along, for hosts that send none", async () => {
  const index = await readFile(new URL("../../../build/site/index.html", import.meta.url), "utf8");
  assert.ok(index.includes(`content="${POLICY};`));
  assert.ok(index.includes(`; ${TRUSTED_TYPES}">`));
  assert.ok(!/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/i.test(index));
});

test("all that the page does is within the policy", LIMIT, () =>
  stage.onPage(
    {
      async before(page) {
        await page.addInitScript(() => {
          window.policies = [];
          const { createPolicy } = TrustedTypePolicyFactory.prototype;
          TrustedTypePolicyFactory.prototype.createPolicy = function (name, ...rules) {
            window.policies.push(name);
            return createPolicy.call(this, name, ...rules);
          };
        });
        await page.route(stage.url, async (route) => {
          if (route.request().method() !== "GET") return route.fallback();
          const response = await route.fetch();
          const policy = `${POLICY}; ${TRUSTED_TYPES}`;
          return route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
        });
      },
    },
    async (page) => {
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
      await page.locator("#store-listing").check();
      await page.locator("#stored-listings li small").waitFor();
      await page.click(".confirmation summary");
      await page.click("#delete-stored");
      await page.locator("dialog").waitFor({ state: "detached" });
      await page.setViewportSize({ width: 390, height: 844 });
      await page.fill("#query", "");
      await rows(page).first().click();
      await page.locator("dialog#inspector").waitFor();
      await page.locator("dialog#inspector #close").click();
      await page.fill("#query", "has:results");
      await rows(page).first().click();
      await page.click("#show-results");
      await waitForText(page.locator(".results .load-status"), /^\s*[\d,]+ images\s*$/);
      await page.check("#show-images");
      await page.locator(".thumbnail img").first().waitFor();
      assert.equal(await page.locator("style, body script:not([src])").count(), 0);
      assert.deepEqual(await page.evaluate(() => window.policies.sort()), ["lit-html", "rekognition-jobs"]);
    },
  ),
);

test("a violation would be seen", LIMIT, async () => {
  await assert.rejects(
    stage.onPage({}, async (page) => {
      await page.evaluate(() => {
        const style = document.createElement("style");
        style.textContent = "body { color: red }";
        document.body.append(style);
      });
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    }),
    /policy: style-src/,
  );
});

for (const [name, violate] of Object.entries({
  "text as HTML": () => {
    document.createElement("p").innerHTML = "<b>text</b>";
  },
  "text as a script's address": () => {
    document.createElement("script").src = "page.js";
  },
  "another policy": () => trustedTypes.createPolicy("other", {}),
  "lit's policy once more": () => trustedTypes.createPolicy("lit-html", {}),
})) {
  test(`${name} is refused, and would be seen`, LIMIT, async () => {
    await assert.rejects(
      stage.onPage({}, async (page) => {
        await page.evaluate(`(${violate})()`).then(
          () => assert.fail("it was let through"),
          (error) =>
            assert.match(
              error.message,
              /TrustedHTML|TrustedScriptURL|disallowed|already exists|blocked by CSP|Content-Security-Policy blocked/,
            ),
        );
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
      }),
      /policy: (require-trusted-types-for|trusted-types) refused/,
    );
  });
}

test("an error on the page would be seen", LIMIT, async () => {
  await assert.rejects(
    stage.onPage({}, async (page) => {
      await page.evaluate(() =>
        setTimeout(() => {
          throw new Error("on purpose");
        }),
      );
      await waitForText(page.locator("#count"), "300");
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    }),
    /error: on purpose/,
  );
});
