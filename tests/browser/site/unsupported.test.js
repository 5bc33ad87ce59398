// The notice in browsers that lack what the page needs: there is no page beside it, and it can be read.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { takePicture } from "../browsers.js";
import { LIMIT, PHONE, WIDE, useStage } from "../browser.js";

const taken = new URL("../../../build/pictures/", import.meta.url);
const stage = useStage({ jobs: 10 });

/** What makes this browser like one that lacks it; what its notice says. */
const LACKING = {
  "light-dark()": {
    take: () => {
      const { supports } = CSS;
      CSS.supports = (...condition) => !String(condition).includes("light-dark") && supports.apply(CSS, condition);
    },
    says: /^It lacks light-dark\(\) colours in CSS\.$/m,
  },
  "SIMD in WebAssembly": {
    take: () => {
      const { validate } = WebAssembly;
      const SIMD = 0xfd;
      WebAssembly.validate = (bytes) => !new Uint8Array(bytes).includes(SIMD) && validate(bytes);
    },
    says: /^It lacks WebAssembly with SIMD\.$/m,
  },
  "all of WebAssembly": {
    take: () => delete globalThis.WebAssembly,
    says: /Lockdown Mode/,
  },
};

async function oldestBrowsers() {
  const { browserslist } = JSON.parse(await readFile(new URL("../../../package.json", import.meta.url), "utf8"));
  return browserslist.map((line) => line.replace(/^\w+ >= /, ""));
}

for (const [name, { take, says }] of Object.entries(LACKING)) {
  for (const [size, colorScheme] of [
    [WIDE, "light"],
    [PHONE, "dark"],
  ]) {
    test(`without ${name} there is a notice, and no page (${size.width}, ${colorScheme})`, LIMIT, () =>
      stage.onPage(
        {
          size,
          colorScheme,
          loaded: false,
          before: (page) => page.addInitScript(take),
          expected: /^error: The page does not start: |preloaded using link preload but not used/,
        },
        async (page) => {
          const notice = page.locator("#unsupported");
          await notice.waitFor();
          const text = await notice.innerText();
          assert.match(text, says);
          for (const version of await oldestBrowsers()) assert.ok(text.includes(` ${version}`), text);
          await page.waitForLoadState("load");
          assert.equal(await page.locator("body > :not(noscript)").count(), 1);
          const fits = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return scrollWidth <= clientWidth;
          });
          assert.ok(fits, "it is wider than the screen");
          await mkdir(taken, { recursive: true });
          const picture = `unsupported-${name.replace(/\W+/g, "-")}-${size.width}.png`;
          await takePicture(page, fileURLToPath(new URL(picture, taken)));
        },
      ),
    );
  }
}

test("a browser that has all of it sees no notice", LIMIT, () =>
  stage.onPage({}, async (page) => assert.equal(await page.locator("#unsupported").count(), 0)),
);

test("the notice's script is older than modules, and loads nothing", async () => {
  const script = await readFile(new URL("../../../build/site/unsupported.js", import.meta.url), "utf8");
  assert.ok(!/\b(?:import|export|async|await)\b|\?\?|\?\.|\.\.\./.test(script), script);
});
