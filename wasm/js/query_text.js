// Queries between JavaScript, which counts UTF-16 units, and the engine, which counts bytes of UTF-8.
import { QueryError } from "./errors.js";

/** @param {string} text */
export function requireQuery(text) {
  if (typeof text !== "string") throw new TypeError("a query is a string");
}

/**
 * Half a surrogate pair is no character, and UTF-8 cannot hold it.
 * @param {string} text
 */
export function wellFormed(text) {
  return text.toWellFormed?.() ?? text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/**
 * @param {(text: string) => string} cut the engine's, which gives JSON
 * @param {string} text
 * @returns {import("../index.d.ts").QueryToken[]}
 */
export function tokensOf(cut, text) {
  const unitsIn = unitCounter(text);
  /** @type {import("../index.d.ts").QueryToken[]} in bytes */
  const tokens = JSON.parse(cut(wellFormed(text)));
  return tokens.map(({ start, end, ...token }) => ({
    start: unitsIn(start), end: unitsIn(end), ...token,
  }));
}

/**
 * Makes the error of the engine's fields.
 * @param {import("../glue/embind.js").QueryFault} fault in bytes
 * @param {string} text
 */
export function queryError({ message, start, end, expected }, text) {
  const unitsIn = unitCounter(text);
  return new QueryError({ message, start: unitsIn(start), end: unitsIn(end), expected });
}

/**
 * What `size` bytes are in units, for growing sizes.
 * @param {string} text
 * @returns {(size: number) => number}
 */
function unitCounter(text) {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let counted = 0;
  let units = 0;
  return (size) => {
    units += decoder.decode(bytes.subarray(counted, size)).length;
    counted = size;
    return units;
  };
}
