// Who makes the web's objects besides this realm: another realm, simulated browsers, other fetches.

import { createRequire } from "node:module";
import vm from "node:vm";
import { Window } from "happy-dom";
import { JSDOM } from "jsdom";
import * as nodeFetch from "node-fetch";
import * as undici from "undici";

const require = createRequire(import.meta.url);
const LANGUAGE = "({ ArrayBuffer, Uint8Array, DataView, Date, Error, Map, Object, Proxy, String, SharedArrayBuffer })";

/** A window of jsdom, whose scripts have a realm of their own. */
function jsdomWindow(Maker) {
  const { window } = new Maker("", { url: "http://localhost:3000/", runScripts: "outside-only" });
  const { Blob, File, Headers, URL, AbortController, FormData } = window;
  return { ...window.eval(LANGUAGE), Blob, File, Headers, URL, AbortController, FormData };
}

function happyWindow() {
  const window = new Window({ url: "http://localhost:3000/", settings: { fetch: { disableSameOriginPolicy: true } } });
  const { Blob, File, Headers, URL, AbortController, FormData, Response, Request, ReadableStream } = window;
  const fetch = window.fetch.bind(window);
  return { Blob, File, Headers, URL, AbortController, FormData, Response, Request, ReadableStream, fetch };
}

/** Their classes by name: those that they have. */
export const MAKERS = {
  "this realm": globalThis,
  "a context of node:vm": vm.runInNewContext(LANGUAGE),
  "jsdom 26": jsdomWindow(JSDOM),
  "jsdom 20": jsdomWindow(require("jsdom-20").JSDOM),
  "happy-dom": happyWindow(),
  undici,
  "node-fetch 3": { ...nodeFetch, fetch: nodeFetch.default },
  "node-fetch 2": { ...require("node-fetch-2"), fetch: require("node-fetch-2") },
  "@edge-runtime/primitives": require("@edge-runtime/primitives"),
};
