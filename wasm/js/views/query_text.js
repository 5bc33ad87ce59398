// Converts queries and their positions between JavaScript (UTF-16 units) and the engine (bytes of UTF-8).
import { QueryError } from "../util/errors.js";
import { parseView } from "../engine/decode.js";
import { outOfMemory } from "../engine/memory.js";

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
 * @param {import("../../glue/embind.js").QueryTarget} target the engine or view that it is for
 * @param {string} text
 * @returns {import("../../index.d.ts").QueryToken[]}
 */
export function tokensOf(target, text) {
  const whole = wellFormed(text);
  const unitsIn = unitCounter(whole);
  /** @type {import("../../index.d.ts").QueryToken[]} in bytes */
  target.requireRoom(whole);
  const tokens = parseView(target.tokens(whole));
  for (const token of tokens) {
    token.start = unitsIn(token.start);
    token.end = unitsIn(token.end);
  }
  return tokens;
}

/**
 * Returns the view that the engine answers with.
 * @template {import("../../glue/embind.js").Handle} View
 * @param {import("../../glue/embind.js").Answer<View>} answer
 * @param {string} text of the query
 * @param {string} sort
 * @param {string} sortable what it should be the name of
 * @param {Pick<import("../client/secrets.js").Secrets, "areIn">} [secrets] that a person may have pasted into the text
 * @returns {View}
 * @throws {QueryError | RangeError} for the text; for the sort or a full memory
 */
export function viewOf(answer, text, sort, sortable, secrets) {
  if (answer === undefined) throw outOfMemory();
  if (answer !== null && !("message" in answer)) return answer;
  const shown = (/** @type {string} */ words) => (secrets?.areIn(words) ? "a part of a secret stands in it" : words);
  if (answer === null) throw new RangeError(shown(`there is no ${sortable} "${sort}" to sort by`));
  const unitsIn = unitCounter(wellFormed(text));
  const { message, start, end, expected } = answer;
  throw new QueryError({ message: shown(message), start: unitsIn(start), end: unitsIn(end), expected });
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
