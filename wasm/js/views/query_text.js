// Queries between JavaScript, which counts UTF-16 units, and the engine, which counts bytes of UTF-8.
import { QueryError } from "../util/errors.js";
import { parseView } from "../engine/decode.js";

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
 * @param {import("../../glue/embind.js").Asked} asked what the engine cuts it for
 * @param {string} text
 * @returns {import("../../index.d.ts").QueryToken[]}
 */
export function tokensOf(asked, text) {
  const whole = wellFormed(text);
  const unitsIn = unitCounter(whole);
  /** @type {import("../../index.d.ts").QueryToken[]} in bytes */
  asked.requireRoom(whole);
  const tokens = parseView(asked.tokens(whole));
  for (const token of tokens) {
    token.start = unitsIn(token.start);
    token.end = unitsIn(token.end);
  }
  return tokens;
}

/**
 * Why a query has no answer.
 * @param {import("../../glue/embind.js").QueryFault | null} fault the engine's: in bytes; null if the records have nothing
 *   to be sorted by that is called so
 * @param {string} text
 * @param {string | undefined} sort
 * @param {string} sortable what it should be the name of
 * @param {Pick<import("../client/secrets.js").Secrets, "areIn">} [secrets] that a person may have pasted into it
 */
export function queryError(fault, text, sort, sortable, secrets) {
  const shown = (/** @type {string} */ words) => (secrets?.areIn(words) ? "a part of a secret stands in it" : words);
  if (fault === null) return new RangeError(shown(`there is no ${sortable} "${sort}" to sort by`));
  const { start, end, expected } = fault;
  const message = shown(fault.message);
  const unitsIn = unitCounter(wellFormed(text));
  return new QueryError({ message, start: unitsIn(start), end: unitsIn(end), expected });
}

/**
 * What `size` bytes are in units, for growing sizes. Linear in the text for all of them.
 * @param {string} text well-formed
 * @returns {(size: number) => number}
 */
function unitCounter(text) {
  let bytes = 0;
  let units = 0;
  return (size) => {
    for (; bytes < size; units++) {
      const unit = text.charCodeAt(units);
      const isOfPair = (unit & 0xf800) === 0xd800;
      bytes += unit < 0x80 ? 1 : unit < 0x800 || isOfPair ? 2 : 3;
    }
    return units;
  };
}
