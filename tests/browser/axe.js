// axe-core's judgement of a page.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { waitForAnswer } from "./browser.js";
import { BROWSER } from "./browsers.js";

const SHOWN = 4;
const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe objects to on the page as it stands, each with the elements it is about. It is asked in Chromium alone: in
 * Firefox 153 a process with the page ends when a script reads the elements that label another.
 * @param {import("playwright-core").Page} page
 */
export async function objections(page) {
  if (BROWSER === "firefox") return [];
  // What is shown meanwhile is dimmed for a moment.
  await waitForAnswer(page);
  await page.evaluate(await source);
  const violations = await page.evaluate(async () => {
    const { violations: found } = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    });
    return found;
  });
  return violations.map(({ id, nodes }) => {
    const some = nodes.slice(0, SHOWN).map(({ target, any }) => `${target} ${any[0]?.message ?? ""}`);
    return `${id} (${nodes.length}): ${some.join("; ")}`;
  });
}
