// Identifies a source by where its requests go and who they are sent for. Neither holds a secret.

/**
 * @typedef {object} Place  where an account is asked
 * @property {string} [region]
 * @property {string} [endpoint]        instead of the region's
 * @property {string} [s3Endpoint]      instead of S3 in the region
 * @property {boolean} [useFipsEndpoint]
 * @property {boolean} [useDualstackEndpoint]
 *
 * @typedef {{ how: "none" }} Nobody  requests are not signed
 * @typedef {{ how: "pool", identityPoolId: string, login?: string }} PoolCaller  login: the identity provider; guests have
 *   none
 * @typedef {{ how: "keys", keys: string[], account?: string }} KeyCaller  keys: fingerprints of the access keys that were
 *   said to be of this account; account: its id, where the access key tells it
 * @typedef {Nobody | PoolCaller | KeyCaller} Caller  who requests are sent for
 *
 * @typedef {{ place: Place, caller: Caller }} Identity
 */

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** Keys of before 2019, whose first character after the prefix is less, tell no account. */
const TELLING_KEY = /^A[KS]IA([Q-Z2-7][A-Z2-7]{9})[A-Z2-7]{6}$/;
const KEYS_KEPT = 20;

/**
 * The account's id, which is the 40 bits after the first one of an access key.
 * @param {string} accessKeyId
 */
export function accountOf(accessKeyId) {
  const [, head] = accessKeyId.match(TELLING_KEY) ?? [];
  if (!head) return undefined;
  const bits = [...head].reduce((number, character) => number * 32 + BASE32.indexOf(character), 0);
  const id = String(Math.floor(bits / 2 ** 9) % 2 ** 40).padStart(12, "0");
  return id.length === 12 ? id : undefined;
}

/**
 * @param {string} accessKeyId
 * @returns {Promise<KeyCaller>}
 */
export async function callerOfKey(accessKeyId) {
  if (!crypto.subtle) throw new Error("Keys cannot be used here: open this page by https, or from this computer.");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`rekognition-jobs ${accessKeyId}`));
  const fingerprint = [...new Uint8Array(digest, 0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const account = accountOf(accessKeyId);
  return { how: "keys", keys: [fingerprint], ...(account ? { account } : {}) };
}

/** @param {Place} place */
function partsOf({ region = "", endpoint, s3Endpoint, useFipsEndpoint = false, useDualstackEndpoint = false }) {
  const whole = (url) => (url ? new URL(url).href : "");
  return [whole(endpoint), region, whole(s3Endpoint), useFipsEndpoint, useDualstackEndpoint];
}

/**
 * @param {Place} one
 * @param {Place} other
 */
export function isSamePlace(one, other) {
  return JSON.stringify(partsOf(one)) === JSON.stringify(partsOf(other));
}

/**
 * Whether both are callers of one account; undefined where only the person can know.
 * @param {Caller} known
 * @param {Caller} given
 * @returns {boolean | undefined}
 */
export function isSameCaller(known, given) {
  if (known.how === "keys" && given.how === "keys") {
    if (given.keys.some((key) => known.keys.includes(key))) return true;
    return known.account && given.account ? known.account === given.account : undefined;
  }
  if (known.how === "pool" && given.how === "pool") {
    return known.identityPoolId === given.identityPoolId && known.login === given.login;
  }
  return known.how === given.how;
}

/**
 * The caller of an account to which these keys were found to belong, too.
 * @param {Caller} known
 * @param {Caller} given
 * @returns {Caller}
 */
export function joined(known, given) {
  if (known.how !== "keys" || given.how !== "keys") return given;
  const account = known.account ?? given.account;
  const keys = [...new Set([...given.keys, ...known.keys])].slice(0, KEYS_KEPT);
  return { how: "keys", keys, ...(account ? { account } : {}) };
}

/**
 * A source's id, on the device too.
 * @param {Identity} identity
 */
export function idOf({ place, caller }) {
  const { how } = caller;
  const who =
    how === "keys" ? (caller.account ?? caller.keys[0]) : how === "pool" ? [caller.identityPoolId, caller.login] : "";
  return JSON.stringify([...partsOf(place), how, who]);
}

/**
 * Where an account is, as people read it.
 * @param {Place} place
 */
export function nameOfPlace({ endpoint, region, useFipsEndpoint, useDualstackEndpoint }) {
  const variants = [useFipsEndpoint ? "FIPS" : "", useDualstackEndpoint ? "dual-stack" : ""].filter(Boolean);
  const name = endpoint?.replace(/^\w+:\/\//, "").replace(/\/$/, "") ?? region;
  return [name, ...variants].join(", ");
}
