// The pictures of the page in docs/, taken from the running page: light, dark, on a phone, and a job's results.
//
// They go to build/pictures/, and with PICTURES=docs to docs/ too.
import assert from "node:assert/strict";
import { copyFile, mkdir, readFile, stat } from "node:fs/promises";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { LIMIT, rows, useStage, waitForText } from "../browser.js";

const taken = new URL("../../../build/pictures/", import.meta.url);
const docs = new URL("../../../docs/", import.meta.url);
const README = new URL("../../../README.md", import.meta.url);
const MOST_BYTES = 250 * 1024;
const DESK = { width: 1280, height: 720 };

const stage = useStage();
before(async () => {
  for (const folder of [taken, docs]) await mkdir(folder, { recursive: true });
}, LIMIT);

async function openDenied(page) {
  await page.fill("#query", "status:failed created:>=2026-11-01");
  await page.keyboard.press("Escape");
  await waitForText(page.locator("#chart .legend"), /^\s*FAILED\s*$/); // nothing moves any more
  await rows(page).filter({ hasText: "ACCESS_DENIED" }).first().click();
  await page.locator(".failure-help").waitFor();
}

async function chooseFailed(page) {
  await page.fill("#query", "status:failed");
  await page.locator("#jobs tbody .status-failed").first().waitFor();
  await page.locator("#query").blur();
}

async function revealImage(page) {
  await page.fill("#query", "status:succeeded name:nightly");
  await rows(page).first().click();
  await page.click("#show-results");
  await page.locator(".labels .facet-value").first().waitFor();
  await page.check(".image-filter [value='flagged']");
  await page.check("#show-images");
  await page.locator(".thumbnail img").nth(3).waitFor();
  await page.locator(".thumbnail").first().click();
}

const pictures = {
  "page-light": { size: DESK, colorScheme: "light", reach: openDenied },
  "page-dark": { size: DESK, colorScheme: "dark", reach: openDenied },
  "page-phone": { size: { width: 390, height: 720 }, colorScheme: "light", reach: chooseFailed },
  "page-results": { size: DESK, colorScheme: "light", reach: revealImage },
};

for (const [name, { reach, ...options }] of Object.entries(pictures)) {
  test(name, LIMIT, () =>
    stage.onPage(options, async (page) => {
      await reach(page);
      const file = new URL(`${name}.png`, taken);
      await page.screenshot({ path: fileURLToPath(file), animations: "disabled", caret: "hide" });
      const { size } = await stat(file);
      assert.ok(size > 20_000 && size <= MOST_BYTES, `${size} bytes`);
      if (process.env.PICTURES === "docs") await copyFile(file, new URL(`${name}.png`, docs));
    }),
  );
}

test("docs/ has every picture, and the README shows one", async () => {
  const shown = [...(await readFile(README, "utf8")).matchAll(/!\[[^\]]+\]\(docs\/([\w-]+)\.png\)/g)].map(
    ([, name]) => name,
  );
  assert.ok(shown.some((name) => Object.hasOwn(pictures, name)));
  for (const name of [...Object.keys(pictures), ...shown]) {
    const bytes = await readFile(new URL(`${name}.png`, docs));
    assert.ok(bytes.length <= MOST_BYTES, name);
    assert.equal(bytes.subarray(1, 4).toString(), "PNG");
    const expected = pictures[name].size;
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [expected.width, expected.height], name);
  }
});
