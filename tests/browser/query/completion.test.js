// Suggestions in the query box: what is offered, with its counts, and the combobox worked by keys and by a press.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { contextAt } from "../../../web/query/suggestions.js";
import { FIELD_HELP } from "../../../web/query/query_help.js";
import { LIMIT, PHONE, WIDE, useStage, waitForText } from "../browser.js";

let jobs;
let engine;
const stage = useStage({}, async () => {
  engine = await createJobs();
  jobs = await stage.wireJobs();
});
after(() => engine?.close());

const options = (page) =>
  page
    .locator("#completions [role='option']")
    .evaluateAll((all) =>
      all.map((option) => [
        option.querySelector(".completion-label").textContent,
        option.querySelector(".completion-count")?.textContent,
      ]),
    );
const labels = async (page) => (await options(page)).map(([label]) => label);
const isOpen = (page) => page.getAttribute("#query", "aria-expanded").then((value) => value === "true");

test("each field of the engine is told in words, and no other", () => {
  assert.deepEqual(Object.keys(FIELD_HELP).sort(), engine.fields.map(({ name }) => name).sort());
  for (const [name, { examples }] of Object.entries(FIELD_HELP)) {
    for (const example of examples) engine.query(`${name}:${example}`).close();
  }
});

test("the caret's place: the field, what is typed of the value, and the query without the term", () => {
  const at = (marked) => {
    const caret = marked.indexOf("|");
    const text = marked.replace("|", "");
    const place = contextAt(text, engine.tokens(text), caret);
    return place && [place.field, place.prefix, text.slice(place.start, place.end), place.restOfQuery.trim()];
  };
  assert.deepEqual(at("|"), ["", "", "", ""]);
  assert.deepEqual(at("sta|"), ["", "sta", "sta", ""]);
  assert.deepEqual(at("a status:|"), ["status", "", "", "a"]);
  assert.deepEqual(at("status:fai| b"), ["status", "fai", "fai", "b"]);
  assert.deepEqual(at("status:failed,qu| b"), ["status", "qu", "qu", "b"]);
  assert.deepEqual(at('name:="a b|" c'), ["name", "a b", '="a b"', "c"]);
  assert.deepEqual(at("a OR status:fai|"), ["status", "fai", "fai", ""]);
  assert.deepEqual(at("(status:fai|)"), ["status", "fai", "fai", ""]);
  assert.deepEqual(at("-sta|"), ["", "sta", "sta", "-"]);
  assert.equal(at('"a b|"'), null);
  assert.equal(at("colour:re|"), null);
});

for (const [name, size] of [
  ["wide", WIDE],
  ["phone", PHONE],
]) {
  test(`a field and its value are completed by keys, the value with its count (${name})`, LIMIT, () =>
    stage.onPage({ size }, async (page) => {
      await page.focus("#query");
      await page.keyboard.type("cod");
      await page.locator("#completions [role='option']").first().waitFor();
      assert.deepEqual(await labels(page), ["code:"]);
      await page.keyboard.press("ArrowDown");
      assert.equal(await page.getAttribute("#query", "aria-activedescendant"), "completion-0");
      assert.equal(await page.locator("#completion-0").getAttribute("aria-selected"), "true");
      await page.keyboard.press("Enter");
      assert.equal(await page.inputValue("#query"), "code:");

      await waitForText(page.locator("#completions"), "ACCESS_DENIED");
      const counts = (code) => jobs.filter((job) => job.FailureDetails?.Code === code).length;
      for (const [code, count] of await options(page)) assert.equal(Number(count), counts(code), code);
      await page.keyboard.type("deni");
      await page.waitForFunction(() => document.querySelectorAll("#completions li").length === 1);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Tab");
      assert.equal(await page.inputValue("#query"), "code:ACCESS_DENIED ");
      assert.equal(await isOpen(page), false);
      const isAtEnd = (box) => box === document.activeElement && box.selectionStart === box.value.length;
      assert.ok(await page.locator("#query").evaluate(isAtEnd));
      await waitForText(page.locator("#count"), `${counts("ACCESS_DENIED")} of`);
    }),
  );
}

test("letters typed after the list was made are part of what a completion replaces", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.focus("#query");
    await page.keyboard.type("code:de");
    await waitForText(page.locator("#completions"), "ACCESS_DENIED");
    await page.keyboard.press("ArrowDown");
    await page.locator("#query").evaluate((box) => {
      box.value += "ni";
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      box.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab", bubbles: true, cancelable: true }));
    });
    assert.equal(await page.inputValue("#query"), "code:ACCESS_DENIED ");
  }),
);

test("keys pressed before the list is looked up anew work on the list of what is typed", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.focus("#query");
    await page.keyboard.type("status:");
    await waitForText(page.locator("#completions"), "FAILED");
    await page.evaluate(() => {
      const box = document.querySelector("#query");
      const press = (key) => box.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      box.value += "queu";
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      press("ArrowDown");
      press("Enter");
    });
    await page.waitForFunction(() => document.querySelector("#query").value === "status:QUEUED ");
  }),
);

test("Esc pressed before the list is looked up keeps it closed", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.focus("#query");
    await page.evaluate(async () => {
      const box = document.querySelector("#query");
      box.value = "status:f";
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      box.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    assert.equal(await isOpen(page), false);
    await page.keyboard.type("a");
    await waitForText(page.locator("#completions"), "FAILED");
  }),
);

test("the chosen completion stays chosen while more is typed of it", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.focus("#query");
    await page.keyboard.type("status:e");
    await waitForText(page.locator("#completions"), "FAILED");
    await page.keyboard.press("ArrowDown");
    const chosen = await page.locator("#completions [aria-selected='true'] .completion-label").textContent();
    const before = await labels(page);
    await page.keyboard.type(chosen.charAt(chosen.indexOf("E") + 1));
    await page.waitForFunction((count) => document.querySelectorAll("#completions li").length < count, before.length);
    assert.equal(await page.locator("#completions [aria-selected='true'] .completion-label").textContent(), chosen);
  }),
);

test("values are counted where the rest of the query holds", LIMIT, () =>
  stage.onPage({ hash: "#q=code:ACCESS_DENIED+" }, async (page) => {
    await page.focus("#query");
    await page.keyboard.press("End");
    await page.keyboard.type("status:");
    await waitForText(page.locator("#completions"), "FAILED");
    const denied = jobs.filter((job) => job.FailureDetails?.Code === "ACCESS_DENIED").length;
    const [first, ...others] = await options(page);
    assert.deepEqual(first, ["FAILED", `${denied}`]);
    assert.ok(others.length > 0 && others.every(([, count]) => count === "0"));
  }),
);

test("a bare word finds the values that hold it, and a press takes one", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.focus("#query");
    await page.keyboard.type("denied");
    await waitForText(page.locator("#completions"), "code:ACCESS_DENIED");
    await page.locator("#completions li", { hasText: "code:ACCESS_DENIED" }).click();
    assert.equal(await page.inputValue("#query"), "code:ACCESS_DENIED ");
    assert.ok(await page.locator("#query").evaluate((box) => box === document.activeElement));
  }),
);

test("names are completed exactly as they are, quotes where they need them", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.focus("#query");
    await page.keyboard.type("input:Pr");
    await waitForText(page.locator("#completions"), "Prüfung äöü");
    await page.locator("#completions li", { hasText: "Prüfung äöü" }).first().click();
    const query = await page.inputValue("#query");
    assert.match(query, /^input:="s3:.*Prüfung äöü\.jsonl" $/);
    const uri = query.slice(8, -2);
    const same = jobs.filter(({ Input: { S3Object } }) => `s3://${S3Object.Bucket}/${S3Object.Name}` === uri);
    await waitForText(page.locator("#count"), `${same.length} of`);
  }),
);

test("dates, durations and flags are offered, and what is offered can be read", LIMIT, () =>
  stage.onPage({}, async (page) => {
    for (const field of ["created", "completed", "duration", "has", "no", "confidence", "model"]) {
      await page.fill("#query", "");
      await page.focus("#query");
      await page.keyboard.type(`${field}:`);
      await page
        .locator("#completions .completion-label", { hasText: `${field}:` })
        .first()
        .waitFor({ state: "detached" });
      await page.locator("#completions [role='option']").first().waitFor();
      for (const label of await labels(page)) engine.query(`${field}:${label}`).close();
    }
  }),
);

test("Esc closes the list, Ctrl and space opens it, and a value in the middle keeps what follows", LIMIT, () =>
  stage.onPage({ hash: "#q=status:+promo" }, async (page) => {
    await page.locator("#query").evaluate((box) => {
      box.focus();
      box.setSelectionRange(7, 7);
    });
    await page.keyboard.press("Control+Space");
    await waitForText(page.locator("#completions"), "FAILED");
    await page.keyboard.press("Escape");
    assert.equal(await isOpen(page), false);
    await page.locator("#query-error").waitFor();
    await page.keyboard.press("Control+Space");
    await waitForText(page.locator("#completions"), "FAILED");
    const wanted = (await labels(page)).indexOf("FAILED");
    for (let step = 0; step <= wanted; step += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue("#query"), "status:FAILED promo");
  }),
);

test("all fields are offered in an empty box that is pressed, and none where a term has ended", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.click("#query");
    assert.deepEqual(
      await labels(page),
      engine.fields.map(({ name }) => `${name}:`),
    );
    await page.keyboard.type("promo ");
    await waitForText(page.locator("#count"), /^(?!2,500)/);
    assert.equal(await isOpen(page), false);
    await page.keyboard.press("ArrowDown");
    assert.ok(await page.evaluate(() => document.activeElement.matches("#jobs tbody tr")));
  }),
);

test("the coloured text lies on the box's own, also when it is longer than the box", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const query = `${"name:abcdefgh ".repeat(20)}(\u05D0\u05D1 OR "\u{1F600}") \u202Eend`;
    await page.fill("#query", query);
    assert.equal(await page.locator(".query-text").textContent(), query);
    await page.focus("#query");
    for (const key of ["Home", "End"]) {
      await page.keyboard.press(key);
      await page.waitForFunction(() => {
        const moved = new DOMMatrix(getComputedStyle(document.querySelector(".query-text")).transform).m41;
        return Math.abs(moved + document.querySelector("#query").scrollLeft) < 1;
      });
    }
    assert.ok(await page.locator("#query").evaluate((box) => box.scrollLeft > 100));
    const kinds = await page
      .locator(".query-text > *")
      .evaluateAll((pieces) => new Set(pieces.map((piece) => getComputedStyle(piece).color)).size);
    assert.ok(kinds >= 4, "fields, values, operators and words differ");
  }),
);
