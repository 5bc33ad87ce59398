// The page without a mouse.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { LIMIT, rows, useStage, waitForText } from "../browser.js";

const stage = useStage({ jobs: 600 });

/** What has the focus: the number of a row in the whole list, or an id. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element.matches("#jobs tbody tr") ? Number(element.getAttribute("aria-rowindex")) - 2 : element.id;
  });
}

/** Waits until the focus is there: a row that was not in sight is asked of the engine first. */
async function hasFocus(page, place) {
  const until = performance.now() + 5000;
  while ((await focused(page)) !== place && performance.now() < until) await sleep(10);
  assert.equal(await focused(page), place);
}

async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

test("a job is found, opened, read and closed by keys alone", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await press(page, "/");
    await hasFocus(page, "query");
    await page.keyboard.type("status:failed");
    await waitForText(page.locator("#count"), /^(?!600 )\d+ of 600$/);
    await press(page, "ArrowDown");
    await hasFocus(page, 0);
    await press(page, "ArrowDown", "j", "k", "j");
    await hasFocus(page, 2);
    await press(page, "Enter");
    await hasFocus(page, "inspector-title");
    await page.locator(".failure-code").waitFor();
    await press(page, "Tab");
    await hasFocus(page, "previous-job");
    await press(page, "Escape");
    await hasFocus(page, 2);
    assert.equal(await page.locator("#inspector").count(), 0);
  }),
);

test("the page's keys work wherever the focus is, but where a letter is text", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.locator("#facets input").first().waitFor();
    const controls = page.locator("button, a[href], input, select, textarea, summary, [tabindex]");
    const texts = "select, textarea, #query, [type=text], [type=search], [type=password]";
    let tried = 0;
    for (const control of await controls.all()) {
      await control.focus({ timeout: 500 }).catch(() => {});
      const isTried = await control.evaluate(
        (element, selector) => document.activeElement === element && !element.matches(selector),
        texts,
      );
      if (!isTried) continue;
      tried += 1;
      await press(page, "/");
      await hasFocus(page, "query");
    }
    assert.ok(tried > 20, `${tried} controls`);
  }),
);

test("a key after a click on a facet or a column's box is the page's", LIMIT, () =>
  stage.onPage({}, async (page) => {
    const facet = page.locator("#facets input").first();
    await facet.click();
    const term = await page.inputValue("#query");
    assert.notEqual(term, "");
    await press(page, "/");
    await hasFocus(page, "query");
    await press(page, "End");
    await page.keyboard.type(" bucket");
    assert.equal(await page.inputValue("#query"), `${term} bucket`, "a space typed then is text");

    await page.fill("#query", "");
    await waitForText(page.locator("#count"), /^600 of 600$/);
    await facet.focus();
    await press(page, "j");
    await hasFocus(page, 0);
    await facet.focus();
    await press(page, "?");
    await page.getByRole("dialog").waitFor();
  }),
);

test("the arrows walk the rows, one of which is in the tab order, and an open panel follows", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await press(page, "j");
    await hasFocus(page, 0);
    await press(page, "ArrowUp", "End");
    await hasFocus(page, 599);
    await press(page, "ArrowDown", "Home", "ArrowDown");
    await hasFocus(page, 1);
    assert.equal(await page.locator("#jobs tbody tr[tabindex='0']").count(), 1);

    await press(page, "Enter", "j");
    await hasFocus(page, 2);
    const id = await rows(page).nth(2).getAttribute("data-job");
    assert.equal(await page.locator("#inspector .member .value").first().innerText(), id);
    assert.equal(await rows(page).nth(2).getAttribute("aria-selected"), "true");
  }),
);

test("heads, pages and the file button are reached and worked by keys", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.locator("th.column-name button").focus();
    await press(page, "Enter");
    assert.equal(await page.locator("th.column-name").getAttribute("aria-sort"), "ascending");
    await page.selectOption("#size", "50");
    await page.locator("#next-page").focus();
    await press(page, "Enter");
    await waitForText(page.locator(".rows-shown"), "51–100 of 600");
    await page.locator("#file").focus();
    await hasFocus(page, "file");
  }),
);

test("a slash or a letter typed into the query is only text", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await page.focus("#query");
    await page.keyboard.type("s3://j/k");
    assert.equal(await page.inputValue("#query"), "s3://j/k");
  }),
);

test("? shows the help, which closes to where the focus was", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await press(page, "j", "j");
    const before = await focused(page);
    await press(page, "?");
    await waitForText(page.locator("#help"), "Keys and queries");
    for (const text of ["status:", "PgDn", "a OR b"]) await waitForText(page.locator("#help"), text);
    await press(page, "j");
    assert.equal(await page.locator("#help").count(), 1, "keys behind the help do nothing");
    await press(page, "Escape");
    await page.locator("#help").waitFor({ state: "detached" });
    await hasFocus(page, before);
    await page.click("#help-button");
    await page.getByRole("button", { name: "Close" }).click();
    await hasFocus(page, "help-button");
  }),
);

test("the export menu is opened by a key, and its formats are reached from there", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await press(page, "e");
    assert.ok(await page.locator("#export .menu-body").isVisible());
    await press(page, "Tab");
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    assert.match(download.suggestedFilename(), /\.csv$/);
    await page.locator("#export").waitFor();
    await press(page, "e", "Escape");
    assert.ok(await page.locator("#export .menu-body").isHidden());
    await page.focus("#query");
    await press(page, "e");
    assert.ok(await page.locator("#export .menu-body").isHidden());
    assert.equal(await page.inputValue("#query"), "e");
  }),
);

test("facets and chart fold away by keys, and the focus is kept when its row is scrolled away", LIMIT, () =>
  stage.onPage({}, async (page) => {
    await press(page, "f", "t");
    assert.ok(await page.locator("#facets").isHidden());
    assert.ok(await page.locator("#chart").isHidden());
    await press(page, "f", "t", "j", "j");
    assert.ok(await page.locator("#facets").isVisible());
    await hasFocus(page, 1);
    await page.locator("#list").evaluate((list) => (list.scrollTop = 9000));
    await page.locator('#jobs tr[aria-rowindex="330"]').waitFor();
    await hasFocus(page, "jobs");
    await press(page, "ArrowDown");
    await hasFocus(page, 2);
    await press(page, "PageDown");
    await page.waitForFunction(() => Number(document.activeElement.getAttribute("aria-rowindex")) - 2 > 10);
    assert.ok(
      await page.evaluate(() => {
        const [row, list] = [document.activeElement, document.querySelector("#list")].map((each) =>
          each.getBoundingClientRect(),
        );
        return row.top >= list.top && row.bottom <= list.bottom;
      }),
    );
  }),
);

/** Lets the page find itself on a Mac, or elsewhere. */
const on = (platform) => (page) =>
  page.addInitScript((name) => Object.defineProperty(navigator, "platform", { get: () => name }), platform);

for (const [platform, keys] of Object.entries({
  MacIntel: { command: "⌘", pressed: "Meta", suggest: "⌥ ↓", pressedTogether: "Alt+ArrowDown" },
  iPad: { command: "⌘", pressed: "Meta", suggest: "⌥ ↓", pressedTogether: "Alt+ArrowDown" },
  "Linux x86_64": { command: "Ctrl", pressed: "Control", suggest: "Ctrl Space", pressedTogether: "Control+Space" },
})) {
  test(`the help names the keys that do it on ${platform}`, LIMIT, () =>
    stage.onPage({ before: on(platform) }, async (page) => {
      await page.keyboard.press("?");
      const line = (meaning) =>
        page.locator("#help .key-list div", { hasText: meaning }).locator("kbd").allInnerTexts();
      assert.deepEqual(await line("compare with the open job"), [keys.command, "click"]);
      assert.deepEqual(await line("show suggestions"), [keys.suggest]);
      await page.keyboard.press("Escape");

      await rows(page).nth(0).click();
      await rows(page)
        .nth(2)
        .click({ modifiers: [keys.pressed] });
      await page.locator(".comparison").waitFor();
      await page.focus("#query");
      await page.keyboard.press(keys.pressedTogether);
      await page.locator("#completions").waitFor();
    }),
  );
}

test("no other text of the page names a key that a Mac has otherwise", async () => {
  const web = new URL("../../../web/", import.meta.url);
  const files = (await readdir(web, { recursive: true })).filter((name) => name.endsWith(".js"));
  const naming = [];
  for (const name of files) if (/Ctrl|⌘/.test(await readFile(new URL(name, web), "utf8"))) naming.push(name);
  assert.deepEqual(naming, ["ui/key_names.js"]);
});
