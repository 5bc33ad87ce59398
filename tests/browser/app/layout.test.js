// How the page looks: nothing scrolls sideways, text can be told from its ground, and pictures to look at.
//
// Pictures go to build/screenshots/.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { LIMIT, PHONE, WIDE, drop, rows, sidewaysScroll, useStage, waitForText } from "../browser.js";
import { BROWSER, takePicture } from "../browsers.js";
import { failedJob, wireFile } from "../job_files.js";

const pictures = new URL("../../../build/screenshots/", import.meta.url);

const stage = useStage({ jobs: 800 });
before(async () => {
  await mkdir(pictures, { recursive: true });
}, LIMIT);

const states = {
  list: async () => {},
  failed: async (page) => {
    await page.fill("#query", "status:failed code:ACCESS_DENIED");
    await rows(page).nth(2).click();
    await page.locator(".failure-message").waitFor();
  },
  unreadable: async (page) => {
    await page.fill("#query", "status:failed colour:red promo");
    await page.locator("#query-error").waitFor();
  },
  nothing: async (page) => {
    await page.fill("#query", "no-job-has-this-name");
    await page.locator(".empty").waitFor();
  },
  file: async (page) => {
    await drop(page, { name: "jobs.json", text: wireFile([failedJob({ JobName: "kept" }), { JobId: 7 }]) });
    await waitForText(page.locator("#rejected"), "1 record");
  },
};

/** The least contrast of all text that is on the screen with the ground behind it, and whose it is. */
function leastContrast(page) {
  return page.evaluate(() => {
    const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => {
      const linear = [r / 255, g / 255, b / 255].map((part) =>
        part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const ground = (element) => {
      for (let each = element; each; each = each.parentElement) {
        const [r, g, b, a = 1] = parse(getComputedStyle(each).backgroundColor);
        if (a > 0) return [r, g, b];
      }
      return [255, 255, 255];
    };
    let least = { ratio: 21, text: "" };
    for (const element of document.querySelectorAll("body *")) {
      const texts = [...element.childNodes].filter((node) => node.nodeType === 3);
      const text = texts
        .map((node) => node.data)
        .join("")
        .trim();
      if (!text || element.closest(".stale, :disabled, noscript, .visually-hidden") || !element.checkVisibility())
        continue;
      const [light, dark] = [parse(getComputedStyle(element).color), ground(element)]
        .map(luminance)
        .sort((a, b) => b - a);
      const ratio = (light + 0.05) / (dark + 0.05);
      if (ratio < least.ratio) least = { ratio, text: `${element.className} ${text}` };
    }
    return least;
  });
}

for (const [width, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  for (const [state, reach] of Object.entries(states)) {
    test(`${state}, ${width}, light and dark`, LIMIT, () =>
      stage.onPage({ size }, async (page) => {
        await reach(page);
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          const name = `${state}-${width}-${colorScheme}-${BROWSER}.png`;
          await takePicture(page, fileURLToPath(new URL(name, pictures)));
          const { ratio, text } = await leastContrast(page);
          assert.ok(ratio >= 4.5, `${colorScheme}: ${text}: ${ratio}`);
        }
        assert.deepEqual(await sidewaysScroll(page), []);
      }),
    );
  }
}

/** Every dialog of the page, in each of its forms. */
const dialogs = {
  "help with jobs": (page) => page.keyboard.press("?"),
  async "help with results"(page) {
    await page.fill("#query", "has:results");
    await rows(page).first().click();
    await page.click("#show-results");
    await page.locator(".results").waitFor();
    await page.keyboard.press("?");
  },
  async sources(page) {
    await page.click("#sources-button");
    await page.click(".endpoint-options summary");
    await page.locator("#store-listing").check();
    await page.locator("#stored-listings li small").waitFor();
  },
  async "sources with an identity pool"(page) {
    await page.click("#sources-button");
    await page.getByLabel("Cognito identity pool").check();
  },
};

for (const [dialog, open] of Object.entries(dialogs)) {
  test(
    `${dialog}: the dialog shows all that is in it without scrolling sideways, and on a phone is as wide`,
    LIMIT,
    () =>
      stage.onPage({}, async (page) => {
        await open(page);
        await page.locator("dialog[open]").waitFor();
        for (const width of [1280, 800, 390]) {
          await page.setViewportSize({ width, height: 600 });
          assert.deepEqual(await sidewaysScroll(page), [], `${width}`);
        }
        assert.equal((await page.locator("dialog").boundingBox()).width, 390);
      }),
  );
}

test("every line under a text is drawn in each browser: WebKit has no short-hand for a style", async () => {
  const css = await readFile(new URL("../../../build/site/page.css", import.meta.url), "utf8");
  assert.match(css, /text-decoration-style:wavy/);
  assert.deepEqual(css.match(/[{;]text-decoration:[^;}]* [^;}]*/g), null);
});

test("nothing scrolls sideways from 320 to 2560 pixels, with a job open and without", LIMIT, () =>
  stage.onPage({}, async (page) => {
    for (const width of [320, 761, 1024, 2560]) {
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await sidewaysScroll(page), [], `${width}`);
      await rows(page).nth(2).click();
      await page.locator("#inspector").waitFor();
      assert.deepEqual(await sidewaysScroll(page), [], `${width}, open`);
      await page.click("#close");
      await page.locator("#inspector").waitFor({ state: "detached" });
    }
  }),
);
