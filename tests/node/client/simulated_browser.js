// Runs the check in a simulated browser, which it installs as Vitest or Jest does: node simulated_browser.js BROWSER RUNNER
// GIVEN.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import vm from "node:vm";

const require = createRequire(import.meta.url);
const [, , browser, runner, text] = process.argv;
const given = JSON.parse(text);
const url = "http://localhost:3000/";

function open() {
  if (browser === "happy-dom") {
    const { Window, GlobalWindow } = require("happy-dom");
    return new (runner === "vitest" ? GlobalWindow : Window)({ url });
  }
  const { JSDOM } = require(browser);
  return new JSDOM("", { url, pretendToBeVisual: true, runScripts: "dangerously" });
}

/** Classes of the window that Vitest puts in the place of Node's (its LIVING_KEYS), as far as a page's data goes. */
const replaced =
  "AbortController AbortSignal Blob CustomEvent DOMException Event EventTarget File FileList FileReader FormData Headers MessageEvent";

/** What Vitest 3 does (populateGlobal): everything else of the window comes only where Node has nothing of that name. */
function installAsVitest(window) {
  const names = replaced.split(" ");
  if (browser === "happy-dom") names.push("Request", "Response", "MessagePort", "fetch");
  const more = Object.getOwnPropertyNames(window).filter((name) => !(name in globalThis) && !name.startsWith("_"));
  for (const name of [...names, ...more]) {
    const value = typeof window[name] === "function" && !/^[A-Z]/.test(name) ? window[name].bind(window) : window[name];
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  Object.assign(globalThis, { window: globalThis, self: globalThis, Buffer });
}

async function runInVitest() {
  const { fetch: strictFetch } = require("undici");
  const opened = open();
  installAsVitest(opened.window ?? opened);
  const { check } = await import("./simulated_browser_check.js");
  await check(given);
  // Newer Node's `fetch`, which refuses the window's signals.
  await check({ ...given, options: { fetch: strictFetch } });
}

/** Jest runs everything in the window's own realm, with `process` and Buffer; jsdom's has no `fetch`. */
async function runInJest() {
  const opened = open();
  const window = browser === "happy-dom" ? opened : opened.window;
  Object.assign(window, { global: window, process, Buffer });
  const script = new vm.Script(`${await readFile(given.bundle, "utf8")}\n;simulatedCheck`, { filename: "check.js" });
  const context = browser === "happy-dom" ? window : opened.getInternalVMContext();
  const { check } = script.runInContext(context);
  const wasmOf = (name) => readFile(new URL(`../../../dist/rekognition_${name}.wasm`, import.meta.url));
  const [wasm, resultsWasm, formatsWasm] = await Promise.all(["jobs", "results", "formats"].map(wasmOf));
  // What tests with jsdom pass in: Node's own, of the other realm.
  const fetchGiven = window.fetch ? {} : { fetch };
  await check({ ...given, options: { wasm, formatsWasm, resultsWasm, ...fetchGiven } });
}

await (runner === "vitest" ? runInVitest() : runInJest());
process.stdout.write(JSON.stringify({ browser, runner, passed: true }));
process.exit();
