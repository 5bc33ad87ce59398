// Queries between JavaScript, which counts UTF-16 units, and the engine, which counts bytes of UTF-8.
import { QueryError } from "./errors.js";
import { outOfMemory } from "./memory.js";

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
 * Why a query has no answer.
 * @param {import("../glue/embind.js").QueryFault | null | undefined} fault the engine's: in bytes; null if the records
 *   have nothing to be sorted by that is called so; undefined if its memory is full
 * @param {string} text
 * @param {string | undefined} sort
 * @param {string} sortable what it should be the name of
 */
export function queryError(fault, text, sort, sortable) {
  if (fault === undefined) return outOfMemory(sort ? "sort" : "ask");
  if (fault === null) return new RangeError(`there is no ${sortable} "${sort}" to sort by`);
  const { message, start, end, expected } = fault;
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
