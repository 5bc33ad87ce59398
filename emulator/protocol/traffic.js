// What the endpoint was asked: counts, and the latest requests without anything secret in them.

import { AuthenticationException, Throttling } from "./service_exception.js";

/**
 * @typedef {object} LoggedRequest
 * @property {number} at milliseconds since 1970, by the endpoint's clock
 * @property {string} method
 * @property {string} [target] X-Amz-Target
 * @property {Record<string, string>} headers names in lower case, signature and session token hidden
 * @property {number} [page] of the list
 * @property {string} [fault] the kind of the fault that struck it
 * @property {string} [error] the name of the exception that was told
 * @property {number} status of the response, whether or not it got through
 */

const KEPT = 2000;
const HIDDEN = "(hidden)";
const SCOPED = String.raw`Credential=\w+/\d{8}/[a-z\d-]+/[a-z\d-]+/aws4_request`;
/** Up to the signature, and only if nothing is where it does not belong. */
const WELL_FORMED = new RegExp(`^(AWS4-HMAC-SHA256 ${SCOPED}, ?SignedHeaders=[a-z\\d;-]+, ?Signature=)[\\da-f]+$`);

/** @param {number} [kept] so many requests are logged, the latest ones */
export function createTraffic(kept = KEPT) {
  const counters = zeros();
  /** @type {LoggedRequest[]} */
  const log = [];

  /** Forgets all. */
  const reset = () => {
    Object.assign(counters, zeros());
    log.length = 0;
  };

  return {
    counters,
    /** The oldest first. */
    log,
    reset,

    /** @type {import("../rekognition/endpoint.js").Step} */
    async record(request, next) {
      const response = await next(request);
      count(counters, request, response);
      log.push(entry(request, response));
      if (log.length > kept) log.shift();
      return response;
    },
  };
}

/**
 * `requests` by operation, and "unknown"; `refused`: for their credentials or signatures; `throttled`: by fault or by
 * limit; `faults` by kind.
 * @returns {{ requests: Record<string, number>, preflights: number, refusedPreflights: number, refused: number,
 *   throttled: number, faults: Record<string, number> }}
 */
function zeros() {
  return { requests: {}, preflights: 0, refusedPreflights: 0, refused: 0, throttled: 0, faults: {} };
}

/**
 * @param {ReturnType<typeof zeros>} counters
 * @param {import("../rekognition/endpoint.js").Request} request
 * @param {import("../rekognition/endpoint.js").Response} response
 */
function count(counters, { method, headers, exchange }, { status }) {
  if (method === "OPTIONS" && headers["access-control-request-method"] !== undefined) {
    counters.preflights++;
    if (status !== 200) counters.refusedPreflights++;
    return;
  }
  increment(counters.requests, exchange.operation ?? "unknown");
  if (exchange.exception instanceof AuthenticationException) counters.refused++;
  if (exchange.exception instanceof Throttling) counters.throttled++;
  if (exchange.fault) increment(counters.faults, exchange.fault);
}

/**
 * @param {import("../rekognition/endpoint.js").Request} request
 * @param {import("../rekognition/endpoint.js").Response} response
 * @returns {LoggedRequest}
 */
function entry({ method, headers, exchange }, { status }) {
  const { at, page, fault, exception } = exchange;
  const target = headers["x-amz-target"];
  return { at, method, target, headers: withoutSecrets(headers), page, fault, error: exception?.name, status };
}

function withoutSecrets(headers) {
  const shown = { ...headers };
  if (shown.authorization) shown.authorization = (WELL_FORMED.exec(shown.authorization)?.[1] ?? "") + HIDDEN;
  if (shown["x-amz-security-token"]) shown["x-amz-security-token"] = HIDDEN;
  return shown;
}

function increment(counts, name) {
  counts[name] = (counts[name] ?? 0) + 1;
}
