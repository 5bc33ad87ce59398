// The coloured text of the query is letter on letter over the query box's own, however that is scrolled.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, PHONE, WIDE, useStage } from "../browser.js";

const stage = useStage({ jobs: 60 });

/** Waits until both stand still, and tells how far each is scrolled. */
const placed = (page) =>
  page.evaluate(async () => {
    for (let frames = 0; frames < 12; frames += 1) await new Promise(requestAnimationFrame);
    const box = document.querySelector("#query");
    const text = document.querySelector(".query-text");
    const { e } = new DOMMatrix(getComputedStyle(text).transform);
    return { box: box.scrollLeft, text: -e, most: box.scrollWidth - box.clientWidth };
  });

/** @param {(box: number, most: number) => boolean} isRight */
async function aligned(page, isRight, move) {
  const seen = await placed(page);
  assert.ok(Math.abs(seen.box - seen.text) < 1 && isRight(seen.box, seen.most), `${move}: ${JSON.stringify(seen)}`);
}

test("keys, wheel, drags, set values and another width move both alike", LIMIT, () =>
  stage.onPage({ size: PHONE }, async (page) => {
    const box = page.locator("#query");
    await box.click();
    await page.keyboard.type("status:failed created:>=now-7d promo AND NOT images");
    await aligned(page, (left, most) => most > 40 && left > most - 40, "typed past the end");
    await page.keyboard.press("Home");
    await aligned(page, (left) => left === 0, "Home");
    await page.keyboard.press("End");
    await aligned(page, (left, most) => left > most - 40, "End");
    await page.keyboard.press("Home");
    for (let presses = 0; presses < 45; presses += 1) await page.keyboard.press("ArrowRight");
    await aligned(page, (left) => left > 0, "arrows");
    await page.keyboard.press("Home");
    const { x, y, width, height } = await box.boundingBox();
    await page.mouse.move(x + 80, y + height / 2);
    await page.mouse.wheel(60, 0);
    await aligned(page, () => true, "a wheel");
    await page.mouse.down();
    await page.mouse.move(x + width - 4, y + height + 90, { steps: 4 });
    await aligned(page, () => true, "a drag");
    await page.mouse.up();
    await box.evaluate((input) => (input.scrollLeft = 21));
    await aligned(page, (left) => left === 21, "set by a script");
    await page.setViewportSize(WIDE);
    await aligned(page, (left) => left === 0, "a wider window");
    await page.setViewportSize(PHONE);
    await aligned(page, () => true, "a narrower window");
    await page.keyboard.press("End");
    await page.keyboard.press("ControlOrMeta+z");
    await aligned(page, () => true, "undo");
    await box.fill(`has:error ${"promo ".repeat(20)}`);
    await aligned(page, () => true, "another query");
    await box.blur();
    await aligned(page, () => true, "without the focus");
  }),
);
