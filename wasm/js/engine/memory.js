// Throws an OutOfMemoryError when the engine's memory, which ends at 2 GB or where the browser ends it, is full.
import { OutOfMemoryError } from "../util/errors.js";

/** Bytes that a call allocates at most without a text, and for each UTF-16 unit of one: as UTF-8, copied and parsed. */
const bytesOfACall = 2 ** 18;
const bytesOfACharacter = 24;

/**
 * @param {{ _canAllocate(bytes: number): boolean }} module the engine's
 * @returns {(...texts: (string | undefined)[]) => void} throws unless a call with these texts can allocate what it needs
 */
export function createMemoryCheck(module) {
  return (...texts) => {
    let bytes = bytesOfACall;
    for (const text of texts) if (text) bytes += bytesOfACharacter * text.length;
    if (!module._canAllocate(bytes)) throw outOfMemory();
  };
}

/**
 * Returns the engine's answer, or throws when there is none because its memory is full.
 * @template T
 * @param {T | null | undefined} answer
 * @returns {T}
 */
export function orOutOfMemory(answer) {
  if (answer === undefined || answer === null) throw outOfMemory();
  return answer;
}

/**
 * Copies a part of the source into the engine and reads it.
 * @param {import("../../glue/embind.js").Reader} reader
 * @param {Uint8Array} part
 */
export function take(reader, part) {
  orOutOfMemory(reader.reserve(part.byteLength)).set(part);
  if (!reader.commit(part.byteLength)) throw outOfMemory();
}

/** @param {string} [hint] appended to the message: how much would fit */
export function outOfMemory(hint = "") {
  return new OutOfMemoryError(`the engine's memory is too full for this; existing data is unchanged${hint}`);
}
