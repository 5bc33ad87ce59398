// Long queries, pasted and linked to: what is asked is found at once, and the box takes the next key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pastedQuery } from "../../../web/query/pasted_job_ids.js";
import { LIMIT, useStage, waitForText } from "../browser.js";

const stage = useStage();
const idOf = (number) => number.toString(16).padStart(8, "0").repeat(8);
const many = Array.from({ length: 20_000 }, (_, number) => idOf(number));

/** Milliseconds from the text's coming into the box, pasted or typed at its end, to the end of the drawing after it. */
const timed = (page, how, text) =>
  page.evaluate(
    async ([event, given]) => {
      const box = /** @type {HTMLInputElement} */ (document.querySelector("#query"));
      box.focus();
      const begun = performance.now();
      if (event === "paste") {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", given);
        box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      } else {
        box.setRangeText(given, box.value.length, box.value.length, "end");
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now() - begun;
    },
    [how, text],
  );

test("pasted JobIds become one term, and other text stays as it is", () => {
  const [a, b] = many;
  assert.equal(pastedQuery(`${a}\n${b}\n`, ""), `id:${a},${b}`);
  assert.equal(pastedQuery(`["${a}", "${b}"]`, "status:failed"), ` id:${a},${b}`);
  assert.equal(pastedQuery(`${a} ${b}`, "x id:"), `${a},${b}`);
  assert.equal(pastedQuery(`${a} ${b}`, `id:${a},`), `${a},${b}`);
  for (const text of [a, `${a} ${b} promo`, "promo nightly", `id:${a},${b}`]) assert.equal(pastedQuery(text, ""), text);
});

test("20,000 pasted JobIds are found within a few frames, and the box stays quick", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const known = (await stage.wireJobs()).slice(0, 300).map(({ JobId }) => JobId);
    const pasted = [...many.slice(300), ...known].join("\n");
    const first = await timed(page, "paste", pasted);
    await waitForText(page.locator("#count"), "300 of 2,500");
    const keys = [];
    for (const key of [",", "a", "b"]) keys.push(await timed(page, "type", key));
    await page.waitForTimeout(400);
    console.log(`pasting: ${first.toFixed(0)} ms; keys: ${keys.map((key) => key.toFixed(0)).join(", ")} ms`);
    assert.ok(first < 8_000, `${first} ms`);
    assert.ok(Math.max(...keys) < 8_000, `${keys} ms`);
  }),
);

test("a link of 60 kB opens at once", LIMIT, async () => {
  for (const [query, count] of [
    [`id:${"a,".repeat(30_000)}a`, /of 2,500/],
    ["a ".repeat(30_000), /of 2,500/],
  ]) {
    const begun = performance.now();
    await stage.onPage({ hash: `#q=${encodeURIComponent(query)}` }, async (page) => {
      await waitForText(page.locator("#count"), count);
      const took = performance.now() - begun;
      const key = await timed(page, "type", "b");
      console.log(`${query.slice(0, 8)}…: opened in ${took.toFixed(0)} ms, a key in ${key.toFixed(0)} ms`);
      assert.ok(took < 20_000, `${took} ms`);
      assert.ok(key < 5_000, `${key} ms`);
    });
  }
});
