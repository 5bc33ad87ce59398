// The list is scrolled by a few rows: only the elements of the rows that went move, to the rows that came.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMIT, useStage } from "../browser.js";

const stage = useStage();

test("a scroll by some rows moves as many elements, and adds and removes none besides", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const scrolls = await page.evaluate(async () => {
      const list = document.querySelector("#list");
      const body = document.querySelector("#jobs tbody");
      const { height } = body.querySelector("tr[data-job]").getBoundingClientRect();
      const frame = () => new Promise(requestAnimationFrame);
      const firstRow = () => Number(body.querySelector("tr[data-job]").getAttribute("aria-rowindex"));
      list.scrollTop = Math.round(40 * height);
      await new Promise((resolve) => setTimeout(resolve, 500));
      let moved = 0;
      const observer = new MutationObserver((records) => {
        for (const { addedNodes } of records) moved += [...addedNodes].filter(({ nodeType }) => nodeType === 1).length;
      });
      observer.observe(body, { childList: true });
      const seen = [];
      for (const rows of [8, 8, -8, -8, 16, -16, 8, -16]) {
        const before = firstRow();
        moved = 0;
        list.scrollTop += rows * height;
        // The engine gives the rows, and the next frame shows them.
        for (let frames = 0; frames < 200 && firstRow() === before; frames += 1) await frame();
        await frame();
        seen.push({ rows, came: Math.abs(firstRow() - before), moved });
      }
      return seen;
    });
    for (const { rows, came, moved } of scrolls) {
      assert.ok(came > 0, `the list moved by ${rows} rows`);
      assert.ok(moved <= came, `${rows} rows: ${moved} elements moved for ${came} rows`);
    }
  }),
);
