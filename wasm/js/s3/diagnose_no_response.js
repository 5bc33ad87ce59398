// Why S3 gave no answer that may be read. A browser does not tell that: being offline, a firewall and a bucket without
// CORS rules all look the same to a page, but for a request whose answer the page does not ask to read.

const patience = 5_000; // milliseconds

/**
 * @param {object} request
 * @param {URL} request.url
 * @param {string} request.bucket
 * @param {string} request.region
 * @param {string} request.words what is known of it
 * @param {typeof globalThis.fetch} request.fetch
 * @param {AbortSignal} request.signal
 * @returns {Promise<string>} in plain words, with what to do
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
 * What a bucket must allow for what is in it to be read by pages of an origin.
 * @param {string} origin
 */
function ruleFor(origin) {
  return {
    AllowedOrigins: [origin === "null" ? "*" : origin],
    AllowedMethods: ["GET", "HEAD"],
    AllowedHeaders: ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"],
    ExposeHeaders: ["date", "x-amz-bucket-region", "x-amz-request-id"],
    MaxAgeSeconds: 3000,
  };
}

/**
 * Whether anything answers there: what it says may not be read, but that it does can be told. A browser follows a redirect
 * of such a request in any case, so that it has nothing that another host could learn of: no path, no query, no signature.
 * @param {URL} url
 * @param {typeof globalThis.fetch} fetch
 * @param {AbortSignal} signal
 */
async function answers(url, fetch, signal) {
  const limit = new AbortController();
  const stop = () => limit.abort();
  const timer = setTimeout(stop, patience);
  signal.addEventListener("abort", stop);
  try {
    await fetch(`${url.origin}/`, {
      method: "HEAD", mode: "no-cors", credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer",
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
