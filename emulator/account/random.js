// Seeded random numbers: small, quick, and the same in every JavaScript engine.

/**
 * A reversible scramble of 32 bits (MurmurHash3's finalizer).
 * @param {number} value
 * @returns {number} from 0 to 2^32 - 1
 */
export function mix32(value) {
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  value ^= value >>> 16;
  return value >>> 0;
}

/**
 * The value that `mix32` made `mixed` of.
 * @param {number} mixed
 * @returns {number} from 0 to 2^32 - 1
 */
export function unmix32(mixed) {
  mixed ^= mixed >>> 16;
  mixed = Math.imul(mixed, 0x7ed1b41d);
  mixed ^= (mixed >>> 13) ^ (mixed >>> 26);
  mixed = Math.imul(mixed, 0xa5cb9243);
  mixed ^= mixed >>> 16;
  return mixed >>> 0;
}

/**
 * FNV-1a of the text's UTF-16 units.
 * @param {string} text
 * @returns {number} from 0 to 2^32 - 1
 */
export function hash32(text) {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

/**
 * The mulberry32 generator.
 * @param {number} seed
 * @returns {() => number} each call gives a number from 0 to just under 1
 */
export function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * @param {() => number} random
 * @param {number} from
 * @param {number} to
 * @returns {number} a whole number, `from` and `to` included
 */
export function between(random, from, to) {
  return from + Math.floor(random() * (to - from + 1));
}

/**
 * @template T
 * @param {() => number} random
 * @param {readonly T[]} choices
 * @returns {T}
 */
export function pick(random, choices) {
  return choices[Math.floor(random() * choices.length)];
}

/**
 * @param {() => number} random
 * @param {readonly number[]} weights
 * @returns {number} an index into `weights`, each as likely as its weight is heavy
 */
export function pickWeighted(random, weights) {
  let total = 0;
  for (const weight of weights) total += weight;
  let left = random() * total;
  for (let index = 0; index < weights.length; index++) {
    left -= weights[index];
    if (left < 0) return index;
  }
  return weights.length - 1;
}
