// Redacts errors: replaces each part of a secret by "[redacted]", in any encoding that hosts use for text.
import { run } from "./secrets.js";

/** Longer texts are cut, and further objects are left out, so that no error takes long to search. */
const longestText = 2 ** 15;
const mostObjects = 500;

/**
 * The escapes that hosts use: of URLs; of JSON and programs; of XML and HTML (tags are skipped); numbers of characters.
 */
const escapes = [
  /%(?<hex>[\da-f]{2})/gi,
  /\\(?:(?:u00|x)(?<hex>[\da-f]{2})|[bfnrt]|(?<char>\W))/gi,
  /&#x0*(?<hex>[\da-f]{2});|&#0*(?<decimal>\d+);|&(?<name>\w+);|<[^<>]*>/gi,
  /(?<decimal>\d{2,3})(?:,|\b)/g,
];
/** @type {Record<string, string>} */
const named = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", plus: "+", sol: "/", equals: "=" };

/**
 * The encodings of bytes: hexadecimal in both cases, base64 in the standard and the URL alphabet. `bits` is per digit.
 */
const hexadecimal = { bits: 4, values: valuesOf("0123456789abcdef", "0123456789ABCDEF") };
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const base64 = { bits: 6, values: valuesOf(`${letters}+/`, `${letters}-_`) };

/** @param {string[]} alphabets */
function valuesOf(...alphabets) {
  const values = new Int8Array(128).fill(-1);
  for (const digits of alphabets) for (let i = 0; i < digits.length; i++) values[digits.charCodeAt(i)] = i;
  return values;
}

/**
 * One decoding of a text: its characters, and where in the original text each begins and ends. A secret consists of
 * visible ASCII, so all other characters are skipped.
 */
class Reading {
  text = "";
  /** @type {number[]} */
  begins = [];
  /** @type {number[]} */
  ends = [];

  /**
   * @param {string} char
   * @param {number} begin
   * @param {number} end
   */
  add(char, begin, end) {
    if (char <= " " || char >= "\x7f") return;
    this.text += char;
    this.begins.push(begin);
    this.ends.push(end);
  }
}

/**
 * The text itself, without decoding.
 * @param {string} text
 */
function literal(text) {
  const reading = new Reading();
  for (let i = 0; i < text.length; i++) reading.add(text[i], i, i + 1);
  return reading;
}

/**
 * The text with one kind of escapes decoded.
 * @param {Reading} source
 * @param {RegExp} form
 */
function unescaped({ text, begins, ends }, form) {
  const reading = new Reading();
  let at = 0;
  const copyTo = (/** @type {number} */ end) => {
    for (; at < end; at++) reading.add(text[at], begins[at], ends[at]);
  };
  for (const {
    0: { length },
    index,
    groups,
  } of text.matchAll(form)) {
    copyTo(index);
    at += length;
    const { hex, decimal, name, char } = groups ?? {};
    const code = Number(hex ? `0x${hex}` : decimal);
    reading.add(code ? String.fromCharCode(code) : (named[name] ?? char ?? ""), begins[index], ends[at - 1]);
  }
  copyTo(text.length);
  return reading;
}

/**
 * The text in each way that it may be escaped.
 * @param {Reading} reading
 * @param {number} [depth] of escapes within escapes
 * @returns {Iterable<Reading>}
 */
function* readings(reading, depth = 2) {
  yield reading;
  for (const form of depth > 0 ? escapes : []) {
    const meant = unescaped(reading, form);
    if (meant.text.length < reading.text.length) yield* readings(meant, depth - 1);
  }
}

/** The runs of characters that identify secrets, forwards and backwards, in any case. */
class Runs {
  /** @type {Set<string>} */
  #known = new Set();
  /** By 16 bits of a run's hash: whether there may be such a run. */
  #filter = new Uint8Array(2 ** 16);

  /** @param {Iterable<string>} secrets */
  constructor(secrets) {
    for (const secret of secrets) {
      const forwards = secret.toLowerCase();
      for (const text of [forwards, [...forwards].reverse().join("")]) {
        for (let end = run; end <= text.length; end++) this.#known.add(text.slice(end - run, end));
      }
    }
    for (const text of this.#known) {
      let hash = 0;
      for (let i = 0; i < run; i++) hash = pushed(hash, text.charCodeAt(i));
      this.#filter[hash >>> 16] = 1;
    }
  }

  /**
   * Returns a function that takes characters one by one and calls `found` with the range of each run in the original
   * text.
   * @param {(begin: number, end: number) => void} found
   * @returns {(code: number, begin: number, end: number) => void}
   */
  finder(found) {
    const [codes, begins] = [new Uint8Array(run), new Int32Array(run)];
    let [hash, count] = [0, 0];
    return (code, begin, end) => {
      const lower = code > 64 && code < 91 ? code + 32 : code;
      if (lower <= 32 || lower >= 127) return;
      codes[count % run] = lower;
      begins[count % run] = begin;
      count++;
      hash = pushed(hash, lower);
      if (count < run || this.#filter[hash >>> 16] === 0) return;
      const text = String.fromCharCode(...Array.from(codes, (_, i) => codes[(count + i) % run]));
      if (this.#known.has(text)) found(begins[count % run], end);
    };
  }
}

/**
 * The hash of the last eight characters.
 * @param {number} hash
 * @param {number} code
 */
function pushed(hash, code) {
  return (hash << 4) ^ Math.imul(code, 0x9e3779b1);
}

/**
 * Decodes digits to bytes and passes them to `take`. Other characters separate groups of digits.
 * @param {Reading} source
 * @param {typeof hexadecimal} form
 * @param {number} phase digits to skip before the first byte
 * @param {ReturnType<Runs["finder"]>} take
 */
function unpack({ text, begins, ends }, { bits, values }, phase, take) {
  let [skipped, held, value, begin] = [0, 0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const digit = values[text.charCodeAt(i)];
    if (digit < 0) skipped = held = 0;
    else if (skipped < phase) skipped++;
    else {
      if (held === 0) begin = begins[i];
      value = (value << bits) | digit;
      held += bits;
      if (held < 8) continue;
      held -= 8;
      take((value >> held) & 255, begin, ends[i]);
      begin = begins[i];
    }
  }
}

/**
 * The text with its parts of secrets replaced.
 * @param {string} whole
 * @param {Runs} runs
 */
function redact(whole, runs) {
  const text = whole.length > longestText ? `${whole.slice(0, longestText)}…` : whole;
  const isSecret = new Uint8Array(text.length);
  const found = (/** @type {number} */ begin, /** @type {number} */ end) => isSecret.fill(1, begin, end);
  for (const reading of readings(literal(text))) {
    const take = runs.finder(found);
    for (let i = 0; i < reading.text.length; i++) take(reading.text.charCodeAt(i), reading.begins[i], reading.ends[i]);
    for (const phase of [0, 1]) unpack(reading, hexadecimal, phase, runs.finder(found));
    for (const phase of [0, 1, 2, 3]) unpack(reading, base64, phase, runs.finder(found));
  }
  return text.replace(/[^]/g, (char, i) => (isSecret[i] ? (isSecret[i - 1] ? "" : "[redacted]") : char));
}

/**
 * @param {any} object
 * @param {string | symbol} key
 */
function read(object, key) {
  try {
    return object[key];
  } catch {
    return undefined;
  }
}

/**
 * Returns the thrown value; or, if it contains a part of a secret anywhere (message, name, causes, other properties), a
 * copy of it without the secret.
 * @param {any} reason
 * @param {Iterable<string>} secrets
 */
export function withoutSecrets(reason, secrets) {
  const runs = new Runs(secrets);
  const copies = new Map();
  let isClean = true;
  /** @param {any} value */
  const cleaned = (value) => {
    if (typeof value === "string") {
      const redacted = redact(value, runs);
      isClean &&= redacted === value;
      return redacted;
    }
    if (typeof value !== "object" || value === null) return value;
    if (copies.has(value)) return copies.get(value);
    if (copies.size === mostObjects) {
      isClean = false;
      return undefined;
    }
    const copy = Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value));
    copies.set(value, copy);
    const keys = Array.isArray(value) ? Object.keys(value) : Reflect.ownKeys(value);
    for (const key of new Set(isError(value) ? [...keys, "name", "message", "stack"] : keys)) {
      const { enumerable = false } = Object.getOwnPropertyDescriptor(value, key) ?? {};
      const property = { value: cleaned(read(value, key)), enumerable, writable: true, configurable: true };
      Object.defineProperty(copy, typeof key === "string" ? cleaned(key) : key, property);
    }
    return copy;
  };
  try {
    const copy = cleaned(reason);
    return isClean ? reason : copy;
  } catch {
    return reason; // It cannot be searched.
  }
}

/**
 * Whether a value is an error, of any realm: what a DOMException of jsdom says is no member of its own.
 * @param {object} value
 */
function isError(value) {
  return value instanceof Error || typeof read(value, "message") === "string";
}
