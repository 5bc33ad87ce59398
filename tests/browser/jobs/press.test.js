// A press on a row right after the list has moved: the row's element must stay until the button is released.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, useStage } from "../browser.js";

const HELD = 300; // milliseconds, longer than the list takes to come to rest

const stage = useStage();

test("opens the row, however long it is held", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const { x, y } = await page.evaluate(async () => {
      const list = document.querySelector("#list");
      list.scrollTop += 5 * list.clientHeight;
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
      const { left, top, width, height } = list.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    });
    await page.mouse.move(x, y);
    await page.mouse.down();
    const pressed = await page.evaluate((at) => document.elementFromPoint(at.x, at.y).closest("tr").dataset.job, { x, y });
    await page.waitForTimeout(HELD);
    await page.mouse.up();
    await page.locator("#inspector-title").waitFor();
    assert.ok((await page.locator(".inspector").textContent()).includes(pressed));
  }));
