// The oldest browsers that the module and the page are made for, from the one statement of them: package.json's browserslist.

import { readFileSync } from "node:fs";

/**
 * @typedef {object} Browser
 * @property {string} id  browserslist's name of it
 * @property {string} version  the oldest
 */

/** By browserslist's names: esbuild's name, and the one that people read. @type {Record<string, { esbuild: string, name: string }>} */
const KNOWN = {
  chrome: { esbuild: "chrome", name: "Chrome" },
  edge: { esbuild: "edge", name: "Edge" },
  firefox: { esbuild: "firefox", name: "Firefox" },
  safari: { esbuild: "safari", name: "Safari" },
  ios_saf: { esbuild: "ios", name: "Safari on iOS" },
};

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** @param {string} line  such as "firefox >= 120": only this form names one version @returns {Browser} */
function parse(line) {
  const [, id, version] = /^(\w+) >= (\d+(?:\.\d+)?)$/.exec(line) ?? [];
  if (!Object.hasOwn(KNOWN, id)) throw new Error(`package.json's browserslist: cannot read "${line}"`);
  return { id, version };
}

/** @type {readonly Browser[]} */
export const BROWSERS = Object.freeze(manifest.browserslist.map(parse));

/**
 * How esbuild is told. Of \p{...} it does not know that these browsers have it: Unicode adds values with each version.
 * @type {{ target: string[], supported: Record<string, boolean> }}
 */
export const TARGET = {
  target: BROWSERS.map(({ id, version }) => KNOWN[id].esbuild + version),
  supported: { "regexp-unicode-property-escapes": true },
};

/** For people: "Chrome 123, Edge 123, Firefox 120, Safari 17.5 or Safari on iOS 17.5". */
export const IN_WORDS = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(
  BROWSERS.map(({ id, version }) => `${KNOWN[id].name} ${version}`),
);
