// A press on a row while the list comes to rest: the row's element must stay until the button is released.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createElementPool } from "../../../web/ui/element_pool.js";
import { seeded } from "../../seeded.js";
import { LIMIT, useStage } from "../browser.js";

const HELD = 300; // milliseconds, longer than the list takes to come to rest

const stage = useStage();

for (const leaps of [1, 2, 5]) {
  test(`opens the row, however long it is held (${leaps} leaps before)`, LIMIT, () =>
    stage.onPage({}, async (page) => {
      const { x, y } = await page.evaluate(async (times) => {
        const list = document.querySelector("#list");
        for (let time = 0; time < times; time += 1) {
          list.scrollTop += 5 * list.clientHeight;
          for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
        }
        const { left, top, width, height } = list.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      }, leaps);
      await page.mouse.move(x, y);
      await page.mouse.down();
      const pressed = await page.evaluate((at) => document.elementFromPoint(at.x, at.y).closest("tr").dataset.job, {
        x,
        y,
      });
      await page.waitForTimeout(HELD);
      await page.mouse.up();
      await page.locator("#inspector-title").waitFor();
      assert.ok((await page.locator(".inspector").textContent()).includes(pressed));
    }),
  );
}

test("a row keeps its element while it is rendered, no two share one, and a leap makes none anew", () => {
  const random = seeded(5);
  const elementsOf = createElementPool();
  let before = new Map();
  let most = 0;
  for (let time = 0; time < 2000; time += 1) {
    const first =
      random() < 0.5 ? Math.floor(random() * 1000) : ([...before.keys()][0] ?? 0) + Math.floor(random() * 9);
    const count = Math.floor(random() * 40);
    const now = new Map(elementsOf(first, count).map((element, index) => [first + index, element]));
    assert.equal(new Set(now.values()).size, count);
    const kept = [...now.keys()].filter((row) => before.has(row));
    for (const row of kept) assert.equal(now.get(row), before.get(row));
    const anew = [...now.values()].filter((element) => ![...before.values()].includes(element)).length;
    assert.equal(anew, Math.max(0, count - before.size), "made anew");
    most = Math.max(most, kept.length);
    before = now;
  }
  assert.ok(most > 20);
});
