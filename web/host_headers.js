// The headers that a host of the page should send: the page's own policy, and what a meta element cannot say.
//
// The one table of them: the built-in server sends it, and docs/hosting.md is written by it.

import { readFileSync } from "node:fs";

const INDEX = new URL("index.html", import.meta.url);
const POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/;

/** The policy that the page brings along. */
const ownPolicy = POLICY.exec(readFileSync(INDEX, "utf8"))?.[1];
if (!ownPolicy) throw new Error(`${INDEX.pathname} must have a Content-Security-Policy.`);

/** @type {Readonly<Record<string, string>>} */
export const HOST_HEADERS = Object.freeze({
  "Content-Security-Policy": `${ownPolicy}; frame-ancestors 'none'`,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
});

/** Of the built page's files, by their last extension. @type {Readonly<Record<string, string>>} */
export const CONTENT_TYPES = Object.freeze({
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
});
