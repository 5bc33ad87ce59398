// The browsers in which the tests of the page run, and where they differ: BROWSER=firefox chooses Firefox.
import assert from "node:assert/strict";
import { chromium, firefox } from "playwright-core";

const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const FIREFOX_PREFERENCES = {
  // A test reads the clipboard without the question that a person is asked.
  "dom.events.testing.asyncClipboard": true,
};

/** What a test may need that a browser lacks, and why: see `needs`. */
const LACKING = {
  chromium: {},
  firefox: {
    changedFiles: "Firefox reads a file also when it has changed since it was chosen",
    refusedFrames: "BiDi does not tell what Firefox shows in place of a frame that is refused",
    anExplanation: "it fails in Firefox for a reason that is not known yet",
    scrollByTouch: "what BiDi's fingers do goes past the part of Firefox that scrolls and zooms",
  },
};

/** The files of tests that say nothing of another browser than Chromium, and why: see together.js. */
export const CHROMIUM_ONLY = {
  "app/accessibility.test.js": "axe-core judges the same elements and rules in each browser",
  "app/pictures.test.js": "the pictures of the README are made in Chromium",
  "jobs/million.test.js": "frames are measured by Chromium's tracing",
  "jobs/scroll_moves.test.js": "what a scroll moves is counted between two frames of Chromium",
  "module/bundlers.test.js": "what bundlers make of the package is the same for each browser",
  "module/jobs_in_worker.test.js": "only Chromium tells of long tasks",
  "module/memory.test.js": "the page's memory is measured by Chromium's DevTools protocol",
  "query/query_costs.test.js": "times are measured in Chromium",
  "state/reactive.test.js": "the page's state needs no browser",
  "ui/format.test.js": "the page's formats need no browser",
};

/** @type {keyof typeof LACKING} */
export const BROWSER = /** @type {any} */ (process.env.BROWSER ?? "chromium");
assert.ok(BROWSER in LACKING, `BROWSER=${BROWSER} is none of ${Object.keys(LACKING).join(", ")}`);

/**
 * The options of a test that needs something which not every browser has.
 * @param {string} what  a key of LACKING
 */
export function needs(what) {
  return { skip: LACKING[BROWSER][what] ?? false };
}

/**
 * Commands of WebDriver BiDi that Firefox 153 does not know though Playwright sends them, and what is done instead.
 * @type {Record<string, (send: (method: string, parameters: object) => Promise<any>, parameters: any) => Promise<void>>}
 */
const SUBSTITUTES = {
  async "emulation.setMediaFeaturesOverride"(send, { features }) {
    const scheme = ["dark", "light"].indexOf(features["prefers-color-scheme"]);
    const { contexts } = await send("browsingContext.getTree", { "moz:scope": "chrome" });
    await send("script.evaluate", {
      expression: `Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", ${scheme})`,
      target: { context: contexts[0].context },
      awaitPromise: false,
    });
  },
};

/** Fails when Firefox has come to know a command, since its substitute is to go then. */
async function substitute(send, method, parameters) {
  const isKnown = await send(method, parameters).then(
    () => true,
    (error) => !error.message.includes("unknown command"),
  );
  assert.ok(!isKnown, `Firefox knows ${method} now: remove its substitute from tests/browser/browsers.js`);
  await SUBSTITUTES[method](send, parameters);
  return {};
}

/** What stands behind an object of Playwright's interface. */
const implementation = (object) => object._connection.toImpl(object);

/** Changes the commands that Playwright sends to a Firefox. */
function adaptCommands(session) {
  if (session.sendUnchanged) return;
  session.sendUnchanged = session.send;
  session.send = function (method, parameters) {
    const send = session.sendUnchanged.bind(this);
    if (method in SUBSTITUTES) return substitute(send, method, parameters);
    // A new tab takes half the time of a new window.
    return send(method, method === "browsingContext.create" ? { ...parameters, type: "tab" } : parameters);
  };
}

/** Names the downloads of links, which Playwright would ignore: Firefox 153 gives them no id. */
function adaptEvents(transport) {
  const receive = transport.onmessage;
  transport.onmessage = (message) => {
    const { method, params } = message;
    if (method === "browsingContext.downloadWillBegin" || method === "browsingContext.downloadEnd") {
      assert.ok(!params.download, "Firefox names downloads now: remove their names from tests/browser/browsers.js");
      params.download = params.navigation ?? params.url;
    }
    receive(message);
  };
}

const LAUNCH = {
  chromium: (timeout) =>
    chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
      args: CHROMIUM_ARGUMENTS,
      timeout,
    }),
  async firefox() {
    const browser = await firefox.launch({
      channel: "moz-firefox",
      executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
      // For the substitutes, which set preferences.
      args: ["--remote-allow-system-access"],
      firefoxUserPrefs: FIREFOX_PREFERENCES,
      timeout: 60_000,
    });
    const session = implementation(browser)._browserSession;
    adaptCommands(Object.getPrototypeOf(session));
    adaptEvents(session.connection._transport);
    return browser;
  },
};

/** @param {keyof typeof LAUNCH} name */
export const openBrowserNamed = (name) => LAUNCH[name](60_000);

/** @type {Promise<import("playwright-core").Browser> | undefined} */
let shared;
let isSharing = false;

/** Lets all stages of this process have one browser, which `closeSharedBrowser` closes. */
export function shareBrowser() {
  isSharing = true;
}

export async function closeSharedBrowser() {
  await (await shared)?.close();
}

/**
 * @param {number} timeout  milliseconds
 * @returns {Promise<{ browser: import("playwright-core").Browser, close: () => Promise<void> }>}
 */
export async function openBrowser(timeout) {
  if (!isSharing) {
    const browser = await LAUNCH[BROWSER](timeout);
    return { browser, close: () => browser.close() };
  }
  // One that crashed does so for its file alone.
  if (!(await shared)?.isConnected()) shared = LAUNCH[BROWSER](timeout);
  return { browser: await shared, close: async () => {} };
}

/**
 * Takes a picture of the page as it stands. For Firefox, Playwright would put a style on the page first, which the page's
 * policy refuses.
 * @param {import("playwright-core").Page} page
 * @param {string} path
 */
export async function takePicture(page, path) {
  if (BROWSER === "firefox") implementation(page).delegate.shouldToggleStyleSheetToSyncAnimations = () => false;
  await page.screenshot({ path });
}

async function touchInChromium(page, moments) {
  const session = await page.context().newCDPSession(page);
  const send = (type, places) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: places.map(([x, y], id) => ({ x, y, id })),
    });
  await send("touchStart", moments[0]);
  for (const [index, places] of moments.entries()) {
    if (index > 0) await send(places.length > moments[index - 1].length ? "touchStart" : "touchMove", places);
  }
  await send("touchEnd", []);
  await session.detach();
}

async function touchInFirefox(page, moments) {
  const { _session: session } = implementation(page).delegate;
  const finger = (id) => {
    const actions = moments.flatMap((places, moment) => {
      if (!places[id]) return [{ type: "pause" }, { type: "pause" }];
      const [x, y] = places[id].map(Math.round);
      const isNew = !moments[moment - 1]?.[id];
      return [
        { type: "pointerMove", x, y },
        isNew ? { type: "pointerDown", button: 0 } : { type: "pause", duration: 16 },
      ];
    });
    actions.push({ type: "pointerUp", button: 0 });
    return { type: "pointer", id: `finger ${id}`, parameters: { pointerType: "touch" }, actions };
  };
  const fingers = Array.from({ length: Math.max(...moments.map((places) => places.length)) }, (_, id) => finger(id));
  await session.send("input.performActions", { context: session.sessionId, actions: fingers });
  await session.send("input.releaseActions", { context: session.sessionId });
}

/**
 * Moves fingers from place to place.
 * @param {import("playwright-core").Page} page
 * @param {[number, number][][]} moments  of each the places of all fingers that touch the screen
 */
export function touch(page, moments) {
  return (BROWSER === "firefox" ? touchInFirefox : touchInChromium)(page, moments);
}

/**
 * Presses twice, also on a slow machine: Playwright sends two presses to Firefox, which may take longer than a person's.
 * @param {import("playwright-core").Locator} locator
 */
export async function doubleClick(locator) {
  if (BROWSER !== "firefox") return locator.dblclick();
  const { x, y, width, height } = await locator.boundingBox();
  const { _session: session } = implementation(locator.page()).delegate;
  const press = [
    { type: "pointerDown", button: 0 },
    { type: "pointerUp", button: 0 },
  ];
  const actions = [
    { type: "pointerMove", x: Math.round(x + width / 2), y: Math.round(y + height / 2) },
    ...press,
    ...press,
  ];
  await session.send("input.performActions", {
    context: session.sessionId,
    actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }],
  });
}

/**
 * Goes back or on in the page's history. In Firefox, Playwright waits for a navigation that a page's own entry need not make.
 * @param {import("playwright-core").Page} page
 * @param {-1 | 1} [by]
 */
export async function travel(page, by = -1) {
  if (BROWSER !== "firefox") return by < 0 ? page.goBack() : page.goForward();
  await page.evaluate((delta) => {
    const travelled = new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
    history.go(delta);
    return travelled.then(() => {});
  }, by);
}
