// Which of our oldest browsers, and whether our oldest Node, lack a feature, by MDN's browser-compat-data.

import { readFileSync } from "node:fs";
import bcd from "@mdn/browser-compat-data/forLegacyNode";
import { BROWSERS } from "../../wasm/browsers.js";

/** @typedef {import("@mdn/browser-compat-data").CompatStatement} Compat */

/** The data's names of what browserslist names: of Android there is one version, the newest. */
const NAMES = {
  chrome: ["chrome", "chrome_android"],
  edge: ["edge"],
  firefox: ["firefox", "firefox_android"],
  safari: ["safari"],
  ios_saf: ["safari_ios"],
};
const { engines } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

export const OLDEST_NODE = engines.node.replace(/^>=/, "");
/** Of each that the data has, the oldest version. @type {[string, string][]} */
const OLDEST = BROWSERS.flatMap(({ id, version }) => NAMES[id].map((name) => [name, version]));

/** @param {string} version @param {string} other */
function isNewer(version, other) {
  const numbers = other.split(".").map(Number);
  const difference = version.split(".").map((part, index) => Number(part) - (numbers[index] ?? 0));
  return difference.find((each) => each !== 0) > 0;
}

/**
 * Of Node, a part is enough: it has the web's functions with a few of its own ways.
 * @param {Compat} compat
 * @param {string} name
 * @param {string} version
 * @param {string | undefined} prefix  that stands beside
 */
function hasIt(compat, name, version, prefix) {
  return [compat.support[name]].flat().some((support) => {
    const { version_added: added, version_removed: removed, partial_implementation: isPart } = support ?? {};
    if (typeof added !== "string" || added === "preview" || removed || (isPart && name !== "nodejs")) return false;
    if (support.flags || support.alternative_name || (support.prefix && support.prefix !== prefix)) return false;
    return !isNewer(added.replace("≤", ""), version);
  });
}

/**
 * @param {readonly Compat[]} candidates  what it may be: a browser that has one of them is trusted to have it
 * @param {{ prefix?: string, node?: boolean }} [options]  node: it runs in Node too. Of much of the web's the data does
 *   not know Node's version.
 * @returns {string} who lacks it, as "firefox 120, safari 17.5"
 */
export function lacking(candidates, { prefix, node } = {}) {
  if (candidates.length === 0) return "";
  const runtimes =
    node && candidates.every(({ support }) => support.nodejs) ? [...OLDEST, ["nodejs", OLDEST_NODE]] : OLDEST;
  return runtimes
    .filter(([name, version]) => !candidates.some((compat) => hasIt(compat, name, version, prefix)))
    .map((runtime) => runtime.join(" "))
    .join(", ");
}

export { bcd };
