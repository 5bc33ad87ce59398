// Explains why S3 sent no readable response. A browser reports being offline, a firewall and a missing CORS rule by the
// same error. A `no-cors` request, whose response a page cannot read, tells them apart.

import { makeAbortController } from "../util/web_classes.js";

const patience = 5_000; // milliseconds

/**
 * Explains a request without a response.
 * @param {object} request
 * @param {URL} request.url
 * @param {string} request.bucket
 * @param {string} request.region
 * @param {string} request.words the message of the error so far
 * @param {import("../client/client.js").Client["send"]} request.fetch
 * @param {AbortSignal} request.signal
 * @returns {Promise<string>} the explanation, with advice
 */
export async function explainSilence({ url, bucket, region, words, fetch, signal }) {
  const { origin } = globalThis.location ?? {};
  if (origin === undefined || origin === url.origin) return words;
  if (globalThis.navigator?.onLine === false) return `This browser is offline. ${words}`;
  if (!(await answers(url, fetch, signal))) {
    return (
      `${words} This browser appears to be online, but ${url.host} does not answer it: check the region or ` +
      "the s3Endpoint, and whether a VPN, a firewall or an ad blocker is in the way."
    );
  }
  return (
    `The bucket ${bucket} answers, but does not let a page from ${origin} read it: most likely it has no CORS rule ` +
    `for that. Add this to the bucket's CORS configuration: ${JSON.stringify([ruleFor(origin)])} (A bucket that is ` +
    `not in ${region} fails the same way: check the region.)`
  );
}

/**
 * The CORS rule that a bucket needs for pages of an origin to read its objects.
 * @param {string} origin
 */
function ruleFor(origin) {
  return {
    AllowedOrigins: [origin === "null" ? "*" : origin],
    AllowedMethods: ["GET", "HEAD"],
    AllowedHeaders: [
      "authorization",
      "if-match",
      "range",
      "x-amz-content-sha256",
      "x-amz-date",
      "x-amz-request-payer",
      "x-amz-security-token",
    ],
    ExposeHeaders: ["content-encoding", "date", "etag", "x-amz-bucket-region", "x-amz-request-id"],
    MaxAgeSeconds: 3000,
  };
}

/**
 * Whether the host answers at all. A browser follows redirects of a `no-cors` request, so this one carries nothing that
 * another host must not see: no path, no query, no signature.
 * @param {URL} url
 * @param {import("../client/client.js").Client["send"]} fetch
 * @param {AbortSignal} signal
 */
async function answers(url, fetch, signal) {
  const limit = makeAbortController();
  const stop = () => limit.abort();
  const timer = setTimeout(stop, patience);
  signal.addEventListener("abort", stop);
  try {
    await fetch(`${url.origin}/`, {
      method: "HEAD",
      mode: "no-cors",
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: limit.signal,
    });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}
