// Opaque page tokens: a place in the list, sealed so that it neither reads nor forges by hand. It is not secrecy.

import { mix32, mulberry32 } from "../account/random.js";

const CHECK = 8;
const CONTENT = 16;
const FORM = /^[A-Za-z0-9_-]{32}$/;
const LENGTHENED = /^([A-Za-z0-9_-]{32})~+$/;
/** More characters than the service documents. */
const LENGTH = 1500;

/**
 * @typedef {object} Position the last job of a page; the next page begins with the one created before it
 * @property {number} created milliseconds since 1970
 * @property {string} idStart the first 16 digits of its JobId
 */

/**
 * @param {Position} position
 * @param {number} key
 * @returns {string}
 */
export function sealPosition({ created, idStart }, key) {
  const bytes = new Uint8Array(CHECK + CONTENT);
  const view = new DataView(bytes.buffer);
  view.setFloat64(CHECK, created);
  view.setUint32(CHECK + 8, parseInt(idStart.slice(0, 8), 16));
  view.setUint32(CHECK + 12, parseInt(idStart.slice(8, 16), 16));
  const check = checkOf(view, key);
  cover(bytes, check, key);
  view.setUint32(0, check[0]);
  view.setUint32(4, check[1]);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

/**
 * @param {string} token
 * @param {number} key
 * @returns {Position | undefined} undefined when `sealPosition` did not make this token with this key
 */
export function openPosition(token, key) {
  if (!FORM.test(token)) return undefined;
  const binary = atob(token.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const check = [view.getUint32(0), view.getUint32(4)];
  cover(bytes, check, key);
  const expected = checkOf(view, key);
  if (check[0] !== expected[0] || check[1] !== expected[1]) return undefined;
  const digits = (offset) => view.getUint32(offset).toString(16).padStart(8, "0");
  return { created: view.getFloat64(CHECK), idStart: digits(CHECK + 8) + digits(CHECK + 12) };
}

/** The token in a form that is far longer. @param {string} token */
export const lengthenedToken = (token) => token.padEnd(LENGTH, "~");

/** The token that lengthenedToken() was given. @param {string} token */
export const shortenedToken = (token) => token.replace(LENGTHENED, "$1");

function checkOf(view, key) {
  let first = mix32(key ^ 0x70c3);
  let second = mix32(first ^ key);
  for (let offset = CHECK; offset < CHECK + CONTENT; offset += 4) {
    first = mix32(first ^ view.getUint32(offset));
    second = mix32((second + first) ^ view.getUint32(offset));
  }
  return [first, second];
}

function cover(bytes, check, key) {
  const stream = mulberry32(mix32(check[0] ^ key) ^ check[1]);
  for (let index = CHECK; index < bytes.length; index++) bytes[index] ^= Math.floor(stream() * 256);
}
