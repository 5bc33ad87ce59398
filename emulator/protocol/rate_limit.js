// A limit on the rate of requests: a bucket that holds `burst` of them and fills up again by `rate` a second.

import { Throttling } from "./service_exception.js";

/**
 * @typedef {object} RateLimit
 * @property {number} rate requests a second
 * @property {number} [burst] how many may come at once; what comes in a second, if it is not given
 * @property {string} [name] of the exception; ProvisionedThroughputExceededException, if it is not given
 * @property {number} [status] of the exception; the documented one, if it is not given
 */

const MESSAGES = new Map(
  Object.entries({
    ProvisionedThroughputExceededException: "Provisioned rate exceeded.",
    ThrottlingException: "Amazon Rekognition is temporarily unable to process the request. Try your call again.",
  }),
);

/**
 * @param {RateLimit} [initial] no limit, if it is not given
 * @param {() => number} [clock] milliseconds, never put back
 */
export function createRateLimit(initial, clock = () => performance.now()) {
  let limit;
  let left;
  let filled;

  /** Puts another limit in place, its bucket full, or none. @param {RateLimit} [next] */
  const set = (next) => {
    limit = next && checked(next);
    left = limit?.burst;
    filled = clock();
  };

  /** Takes one request out of the bucket; throws when there is none left. */
  const take = () => {
    if (!limit) return;
    const now = clock();
    left = Math.min(limit.burst, left + ((now - filled) / 1000) * limit.rate);
    filled = now;
    if (left < 1) throw throttling(limit);
    left--;
  };

  set(initial);
  return { set, take };
}

/**
 * The exception that tells a caller to slow down.
 * @param {object} [options]
 * @param {string} [options.name] ProvisionedThroughputExceededException, ThrottlingException or any other
 * @param {number} [options.status] the documented one, if it is not given
 * @param {Record<string, string>} [options.headers]
 */
export function throttling({ name = "ProvisionedThroughputExceededException", status, headers } = {}) {
  return new Throttling(name, MESSAGES.get(name) ?? "Rate exceeded.", { status, headers });
}

/** @param {RateLimit} limit */
function checked({ rate, burst = Math.max(1, rate), name, status }) {
  if (!(rate > 0 && rate < Infinity)) throw new RangeError(`A limit's rate must be a number over 0, not ${rate}.`);
  if (!(burst >= 1 && burst < Infinity)) throw new RangeError(`A limit's burst must be a number from 1, not ${burst}.`);
  return { rate, burst, name, status };
}
