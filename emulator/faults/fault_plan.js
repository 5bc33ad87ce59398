// The plan of faults: what a person may write into it, and which fault's turn it is.

import { quoted } from "../protocol/quoted.js";

/**
 * @typedef {object} Fault
 * @property {string} kind one of FAULT_KINDS
 * @property {number} [page] strikes requests for this page of the list, the first being 1
 * @property {number} [request] strikes from this matching request on, the first since the plan was made being 1
 * @property {string} [operation] strikes requests of this operation, S3's being GetObject; those of the service itself,
 *   if it is not given
 * @property {number | "always"} [times] how often it strikes; once, but skew and no-cors always, if it is not given
 * @property {string} [name] throttle, retry-after, expired-credentials, refusal: the exception's name
 * @property {number} [status] throttle, retry-after, refusal: the exception's HTTP status
 * @property {string} [message] refusal: the exception's message
 * @property {Record<string, string>} [details] refusal: more elements of S3's document
 * @property {string} [text] portal: what comes in place of the object; a sign-in page, if it is not given
 * @property {string} [encoding] gzip: the Content-Encoding that is told; none, if it is not given
 * @property {number} [retryAfterMs] throttle, retry-after, internal, unavailable: x-amz-retry-after
 * @property {number} [retryAfterSeconds] the same: Retry-After
 * @property {number} [overMs] drip: the time that the body takes, in milliseconds
 * @property {number} [minutes] skew: how far the server's clock is ahead, or behind if it is negative
 */

/** @typedef {{ operation: string, signed: boolean, page: number | undefined }} Asked what a request asks for */

const RETRY_AFTER = ["retryAfterMs", "retryAfterSeconds"];
/** The members of each kind besides those that every fault has. */
const MEMBERS = {
  throttle: ["name", "status", ...RETRY_AFTER],
  "retry-after": ["name", "status", ...RETRY_AFTER],
  internal: RETRY_AFTER,
  unavailable: RETRY_AFTER,
  html: [],
  reset: [],
  cut: [],
  "half-json": [],
  "byte-order-mark": [],
  drip: ["overMs"],
  hang: [],
  "deleted-identity": [],
  "long-token": [],
  "repeated-token": [],
  "empty-token": [],
  "null-token": [],
  "expired-token": [],
  "expired-credentials": ["name"],
  refusal: ["name", "status", "message", "details"],
  skew: ["minutes"],
  "no-cors": [],
  portal: ["text"],
  empty: [],
  "no-content": [],
  gzip: ["encoding"],
};
const LASTING = new Set(["skew", "no-cors"]);
const NEEDED = { skew: "minutes", refusal: "name" };
const OF_THE_LIST = new Set(["long-token", "repeated-token", "empty-token", "null-token", "expired-token"]);
const LIST = "ListMediaAnalysisJobs";
const CREDENTIALS = "GetCredentialsForIdentity";
const OBJECT = "GetObject";
const OPERATIONS = [LIST, "GetMediaAnalysisJob", OBJECT, "GetId", CREDENTIALS];
/** A name goes into a header. */
const NAME = /^[A-Za-z][\w.:#/-]{0,199}$/;
const HEADER = /^[\w, -]{1,100}$/;
const DAY_MS = 86_400_000;
const CENTURY_MINUTES = 52_560_000;
/** What changes an answer of the service, and what only S3 has. */
const NOT_OF_OBJECTS = new Set([...OF_THE_LIST, "half-json", "byte-order-mark"]);
const OF_OBJECTS = new Set(["no-cors", "portal", "empty", "no-content", "gzip"]);
/** What only Cognito has. */
const OF_IDENTITIES = new Set(["deleted-identity"]);

const isCount = (value) => Number.isSafeInteger(value) && value >= 1;
const isText = (value) => typeof value === "string" && value !== "";
const isTexts = (value) =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([name, text]) => /^[A-Za-z]{1,50}$/.test(name) && typeof text === "string");
const isDelay = (value) => Number.isFinite(value) && value >= 0;
const CHECKS = {
  page: [isCount, "a whole number from 1"],
  request: [isCount, "a whole number from 1"],
  times: [(value) => isCount(value) || value === "always", 'a whole number from 1, or "always"'],
  operation: [(value) => OPERATIONS.includes(value), `one of ${OPERATIONS.join(", ")}`],
  name: [
    (value) => isText(value) && NAME.test(value),
    "the name of an exception: a letter, then letters, digits and _ . : # / -, 200 at most",
  ],
  message: [isText, "a text"],
  details: [isTexts, "an object of texts"],
  text: [isText, "a text"],
  encoding: [(value) => isText(value) && HEADER.test(value), "a text that a header may have"],
  status: [(value) => Number.isInteger(value) && value >= 400 && value <= 599, "a status from 400 to 599"],
  retryAfterMs: [isDelay, "a number from 0"],
  retryAfterSeconds: [isDelay, "a number from 0"],
  overMs: [(value) => isDelay(value) && value <= DAY_MS, `a number from 0 to ${DAY_MS}`],
  minutes: [
    (value) => Number.isFinite(value) && Math.abs(value) <= CENTURY_MINUTES,
    `a number from -${CENTURY_MINUTES} to ${CENTURY_MINUTES}`,
  ],
};

/** Every kind of fault. */
export const FAULT_KINDS = Object.freeze(Object.keys(MEMBERS));
/** Those that only requests for objects in S3 may have. */
export const OBJECT_FAULT_KINDS = Object.freeze([...OF_OBJECTS]);

/**
 * @param {readonly Fault[]} faults
 * @returns {(asked: Asked, isOfStage: (kind: string) => boolean) => Fault | undefined} the fault, among those of the
 *   stage, that strikes this request; to be called once for each request and stage
 */
export function createFaultPlan(faults) {
  if (!Array.isArray(faults)) throw new TypeError(`Faults must be an array of objects, not ${quoted(faults)}.`);
  const armed = faults.map((fault, index) => {
    check(fault, `(fault ${index + 1} of ${faults.length})`);
    const times = fault.times ?? (LASTING.has(fault.kind) ? "always" : 1);
    return { fault, seen: 0, left: times === "always" ? Infinity : times };
  });

  return (asked, isOfStage) => {
    let striking;
    for (const each of armed) {
      if (!isOfStage(each.fault.kind) || !matches(each.fault, asked)) continue;
      each.seen++;
      if (striking || each.left < 1 || each.seen < (each.fault.request ?? 1)) continue;
      each.left--;
      striking = each.fault;
    }
    return striking;
  };
}

function matches({ kind, page, operation }, asked) {
  if (OF_THE_LIST.has(kind) && asked.operation !== LIST) return false;
  if (OF_OBJECTS.has(kind)) return asked.operation === OBJECT;
  if (OF_IDENTITIES.has(kind)) return asked.operation === CREDENTIALS;
  if (asked.operation === OBJECT && (operation === undefined || NOT_OF_OBJECTS.has(kind))) return false;
  if (page !== undefined && asked.page !== page) return false;
  return operation === undefined ? asked.signed : asked.operation === operation;
}

/** @param {Fault} fault @param {string} place */
function check(fault, place) {
  if (typeof fault !== "object" || fault === null || Array.isArray(fault)) {
    throw new TypeError(`A fault must be an object with a kind, not ${quoted(fault)} ${place}.`);
  }
  const { kind, ...members } = fault;
  if (!FAULT_KINDS.includes(kind)) {
    throw new RangeError(`A fault's kind must be one of ${FAULT_KINDS.join(", ")}, not ${quoted(kind)} ${place}.`);
  }
  const needed = NEEDED[kind];
  if (needed && members[needed] === undefined) {
    throw new RangeError(`A fault of the kind ${kind} must have ${needed}: ${CHECKS[needed][1]} ${place}.`);
  }
  const known = ["page", "request", "operation", "times", ...MEMBERS[kind]];
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue;
    if (!known.includes(name)) {
      throw new RangeError(`A fault of the kind ${kind} may have ${known.join(", ")}, not ${quoted(name)} ${place}.`);
    }
    const [isRight, expected] = CHECKS[name];
    if (!isRight(value)) {
      throw new RangeError(`A fault's ${name} must be ${expected}, not ${quoted(value)} ${place}.`);
    }
  }
}
