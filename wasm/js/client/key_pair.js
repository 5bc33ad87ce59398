// Brings credentials to one form, in whichever a caller has them, and says what is wrong with those that are none.
import { plainText } from "../util/plain_text.js";

/** Numbers below are seconds since the epoch, up to the year 5138, and those above milliseconds, from 1973. */
const leastMilliseconds = 1e11;

/** The method that brings credentials up to date before they are read, if their members come from another thread. */
export const readFirst = Symbol("read first");

/** Its message says what is wrong with which member. */
export class RefusedKeys extends TypeError {}

/**
 * @typedef {object} KeyPair
 * @property {string} accessKeyId
 * @property {string} secretAccessKey
 * @property {string | undefined} sessionToken
 * @property {number} expiresAt milliseconds since the epoch; Infinity if they do not expire
 */

/**
 * Reads each member once.
 * @param {any} given
 * @param {import("./secrets.js").Secrets} secrets learns the texts, also of what is refused
 * @returns {KeyPair}
 * @throws {RefusedKeys} that names the member, but not its value
 */
export function readKeyPair(given, secrets) {
  if (typeof given !== "object" || given === null) {
    throw new RefusedKeys("the credentials are no object with an accessKeyId and a secretAccessKey");
  }
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = given;
  const texts = { accessKeyId, secretAccessKey, sessionToken };
  for (const text of Object.values(texts)) {
    if (typeof text === "string") secrets.add(text.replace(/[^\x21-\x7e]/g, ""));
  }
  const [id, secret, token] = Object.entries(texts).map(([name, value]) => readMember(name, value));
  if (id === undefined) throw new RefusedKeys("the credentials have no accessKeyId");
  if (secret === undefined) throw new RefusedKeys("the credentials have no secretAccessKey");
  secrets.add(id, secret, token);
  return { accessKeyId: id, secretAccessKey: secret, sessionToken: token, expiresAt: timeOf(expiration) };
}

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {string | undefined} undefined if it is absent or empty
 */
function readMember(name, value) {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new RefusedKeys(`the credentials' ${name} is not a text`);
  const text = plainText(value);
  const [odd] = /[^\x21-\x7e]/.exec(text) ?? [];
  if (odd === undefined) return text || undefined;
  const what = /[\r\n]/.test(odd) ? "a line break" : /\s/.test(odd) ? "a blank" : "a character that none can have";
  throw new RefusedKeys(`the credentials' ${name} has ${what} within it: copy it in one piece`);
}

/**
 * The time of an expiration: a Date of any kind, a text by ISO 8601, or seconds or milliseconds since the epoch.
 * @param {any} expiration
 */
function timeOf(expiration) {
  if (expiration === undefined || expiration === null) return Number.POSITIVE_INFINITY;
  const value = typeof expiration === "string" ? plainText(expiration) : expiration.valueOf?.();
  if (value === "") return Number.POSITIVE_INFINITY;
  const isDate = typeof expiration === "object";
  const isNumber = typeof value === "number" || /^\d+(\.\d+)?$/.test(String(value));
  const time = !isNumber ? parseTime(String(value)) : isDate ? value : inMilliseconds(Number(value));
  if (time === Number.POSITIVE_INFINITY || !Number.isNaN(new Date(time).getTime())) return time;
  throw new RefusedKeys("the credentials' expiration is not a time");
}

/** @param {string} text by ISO 8601, or with a blank for its "T" */
function parseTime(text) {
  return /^\d{4}-/.test(text) ? Date.parse(text.replace(" ", "T")) : Number.NaN;
}

/** @param {number} number */
function inMilliseconds(number) {
  return Math.abs(number) < leastMilliseconds ? number * 1000 : number;
}
