// The page in WebKit, which is Safari's engine: what people do, and what WebKit does otherwise than Chromium.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startServer } from "../../../emulator/server.js";
import { NOW } from "../browser.js";
import { startStaticHost } from "../site/static_host.js";
import { KEYS, startWebKit, until } from "./webkit.js";

const LIMIT = { timeout: 120_000 };
const ALL = 400;
/** The narrowest window that MiniBrowser has is some 450 pixels wide. */
const NARROW = [390, 844];
const WIDE = [1280, 900];
const EVERY = new RegExp(`^${ALL} of ${ALL}`);
const LONG = "status:failed created:>=now-7d promo AND NOT images";
const CREDENTIALS = { access: "ASIDEXAMPLE1", secret: "secret-of-one", token: "token-of-one" };

let server;
let strict;
let webkit;
/** @type {Awaited<ReturnType<typeof startWebKit>>["page"]} */
let page;

before(async () => {
  const [accessKeyId, secretAccessKey, sessionToken] = Object.values(CREDENTIALS);
  const sessions = [{ accessKeyId, secretAccessKey, sessionToken }];
  server = await startServer({ port: 0, jobs: ALL, seed: 7, now: () => NOW });
  strict = await startServer({ port: 0, jobs: 70, now: () => NOW, clock: Date.now, strict: true, sessions });
  webkit = await startWebKit();
  ({ page } = webkit);
  await page.resize(...WIDE);
  await open(server.url);
}, LIMIT);
after(async () => {
  await webkit?.close();
  await server?.close();
  await strict?.close();
}, LIMIT);

async function open(url) {
  await page.open(url);
  await page.waitForText("#load-status", /jobs? loaded/);
}

/** Shows the list at once with this query, of the page that is open. */
async function show(query = "") {
  await page.evaluate((text) => {
    document.activeElement.blur();
    location.hash = text && `#q=${text}`;
  }, query);
  await countSays(query ? /^\d{1,2} of/ : EVERY);
}

/** The middle of an element, or what lies at another share of its width. */
async function pointOf(selector, share = 0.5) {
  const point = await page.evaluate(
    (wanted, part) => {
      const box = document.querySelector(wanted).getBoundingClientRect();
      return [box.x + box.width * part, box.y + box.height / 2];
    },
    selector,
    share,
  );
  const [x, y] = point.map(Math.round);
  return { x, y, origin: "viewport" };
}

const countSays = (pattern) => page.waitForText("#count", pattern);
const queryText = () => page.evaluate(() => document.querySelector("#query").value);
const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);

/**
 * Waits until the coloured text is where the box's own is, and that for two looks.
 * @param {(left: number, most: number) => boolean} isRight  how far the box is scrolled, and may be
 */
async function aligned(isRight, message) {
  const look = () =>
    page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const box = document.querySelector("#query");
      const text = document.querySelector(".query-text");
      const shift = new DOMMatrix(getComputedStyle(text).transform).e;
      return { left: box.scrollLeft, most: box.scrollWidth - box.clientWidth, shift };
    });
  let seen;
  await until(async () => {
    seen = await look();
    const { left, most, shift } = seen;
    return Math.abs(left + shift) < 1 && isRight(left, most);
  }).catch(() => assert.fail(`${message}: ${JSON.stringify(seen)}`));
}

test("the page shows every job of the account", LIMIT, async () => {
  await countSays(EVERY);
  assert.ok((await page.evaluate(() => document.querySelectorAll("#jobs tbody tr").length)) > 10);
  assert.equal(await page.evaluate(() => document.querySelectorAll("[role=alert]").length), 0);
});

test("the coloured text of a long query is where the query is, however it moves", LIMIT, async () => {
  await page.resize(...NARROW);
  await page.click("#query");
  await page.type(LONG);
  assert.equal(await queryText(), LONG);
  const atEnd = (left, most) => most > 40 && left > most - 40;
  await aligned(atEnd, "typed past the end");
  await page.type(KEYS.home);
  await aligned((left) => left === 0, "Home");
  await page.type(KEYS.end);
  await aligned(atEnd, "End");
  await page.type(KEYS.home + KEYS.right.repeat(3));
  await aligned((left) => left === 0, "arrows");
  const [middle, beyond] = [await pointOf("#query"), await pointOf("#query", 1)];
  await page.drag([middle, beyond, { ...beyond, x: beyond.x + 5, y: beyond.y + 200 }]);
  await aligned(() => true, "a drag that leaves the box");
  await page.evaluate(() => {
    document.querySelector("#query").scrollLeft = 33;
    document.querySelector("#query").dispatchEvent(new WheelEvent("wheel", { deltaX: 33 }));
  });
  await aligned((left) => left === 33, "a wheel");
  await page.evaluate(() => document.querySelector("#query").setSelectionRange(999, 999));
  await page.type(KEYS.left);
  await aligned(() => true, "a caret that was set");
  await page.resize(...WIDE);
  await aligned((left, most) => left === 0 && most === 0, "a wider window");
  await page.resize(...NARROW);
  await aligned((left, most) => most > 40, "a narrower window");
  await page.evaluate(() => document.querySelector("#query").blur());
  await aligned((left) => left === 0, "without the focus, where WebKit shows the start");
  await page.resize(...WIDE);
});

test("? shows the help, and Escape gives the focus back", LIMIT, async () => {
  await show();
  await page.type("?");
  await page.waitForText("#help", /Keys and queries/);
  await page.type(KEYS.escape);
  await until(() => page.evaluate(() => !document.querySelector("#help")), "the help closes");
  await page.type("/");
  assert.equal(await focused(), "query");
});

test("keys choose a completion, and open a job and close it", LIMIT, async () => {
  await show();
  await page.type("/");
  await page.type("status:fai");
  await page.waitForText("#completions", /failed/i);
  await page.type(KEYS.down + KEYS.enter);
  await countSays(/^\d{1,2} of/);
  assert.match(await queryText(), /^status:failed/i);
  await page.type(KEYS.escape + KEYS.down + KEYS.enter);
  await page.waitForText(".inspector", /FAILED/);
  await page.type(KEYS.escape);
  await until(() => page.evaluate(() => !document.querySelector(".inspector")?.innerText), "the job closes");
});

test("a facet and a drag over the chart narrow the list", LIMIT, async () => {
  await show();
  await page.click('.facet[data-field="status"] label');
  await countSays(new RegExp(`^(?!${ALL} of)\\d+ of`));
  const before = await queryText();
  assert.match(before, /status:/);
  await page.drag([
    await pointOf("#plot .u-over", 0.3),
    await pointOf("#plot .u-over", 0.5),
    await pointOf("#plot .u-over", 0.7),
  ]);
  await until(async () => /created:/.test(await queryText()), "the chart's range is in the query");
});

test("a double click presses a control, and selects none of its text", LIMIT, async () => {
  await show();
  for (const control of [
    "#export > summary",
    "#refresh",
    "#jobs th button",
    '.facet[data-field="status"] label',
    "footer summary",
  ]) {
    await page.doubleClick(await pointOf(control));
    assert.equal(await page.evaluate(() => String(getSelection())), "", control);
  }
  await page.click("#query");
  await page.type("promo");
  assert.equal(await queryText(), "promo");
});

test("an export is a file that holds what the query shows", LIMIT, async () => {
  await show("status:failed");
  const shown = Number((await page.text("#count")).split(" ")[0]);
  await page.click("#export > summary");
  await page.click('#export [data-format="csv"]');
  const file = await until(() => webkit.downloaded(/^media-analysis-jobs-.*Z\.csv$/), "the file is there");
  assert.equal(file.trimEnd().split(/\r?\n/).length, shown + 1);
});

test("an endpoint that wants signatures gets them", LIMIT, async () => {
  await show();
  await page.click("#sources-button");
  await until(() => page.evaluate(() => document.querySelector("#account-accessKeyId")), "the form is there");
  await page.evaluate(
    (values) => {
      for (const summary of document.querySelectorAll("#sources summary")) summary.parentElement.open = true;
      for (const [name, value] of Object.entries(values)) {
        const input = document.querySelector(`#account-${name}`);
        input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
    },
    {
      accessKeyId: CREDENTIALS.access,
      secretAccessKey: CREDENTIALS.secret,
      sessionToken: CREDENTIALS.token,
      endpoint: strict.url,
    },
  );
  await page.click("#connect");
  await countSays(/^70 of 70/);
});

test("a listing that is kept is there after a reload, and asks only for what came since", LIMIT, async () => {
  await open(server.url);
  await countSays(EVERY);
  await page.click("#sources-button");
  await until(() => page.evaluate(() => document.querySelector("#store-listing")), "the dialog is there");
  await page.click("#store-listing");
  await page.waitForText("#stored-listings", /\d\s*[kM]?B/);
  assert.equal(await page.evaluate(() => document.querySelector("#error")?.innerText ?? ""), "");
  server.traffic.reset();
  await page.reload();
  await countSays(EVERY);
  await page.click("#sources-button");
  await page.waitForText("#stored-listings", /\d\s*[kM]?B/);
  assert.ok((server.traffic.counters.requests.ListMediaAnalysisJobs ?? 0) <= 3);
});

test("each file that the page asks for ahead is asked for once", LIMIT, async () => {
  const host = await startStaticHost("/jobs/");
  try {
    await open(host.url);
    for (const name of ["settings.json", "rekognition_jobs.wasm", "page.js", "page.css"]) {
      assert.equal(host.asked.filter((each) => each.endsWith(`/${name}`)).length, 1, name);
    }
  } finally {
    await host.close();
  }
});
