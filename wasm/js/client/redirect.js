// Turns redirects into errors. They are not followed: `fetch` would send the session token, the login or the signature
// of the request to any host that the response names.

import { makeAnswer } from "../util/any_response.js";

export { dropBody } from "../util/any_response.js";

/**
 * @typedef {object} Redirect
 * @property {string} message names both hosts
 * @property {number} status 0 if a browser hides it, or `fetch` followed the redirect
 * @property {URL | undefined} location the target, if it is visible
 */

/**
 * Describes a redirect.
 * @param {Pick<Response, "status" | "type" | "redirected" | "url"> & { headers: Pick<Headers, "get"> }} response for which
 *   isRedirect() is true
 * @param {string} asked the URL of the request
 * @returns {Redirect}
 */
export function readRedirect({ status, type, redirected, url, headers }, asked) {
  const isOpaque = type === "opaqueredirect";
  const isFollowed = !isOpaque && (redirected || Math.floor(status / 100) !== 3);
  const location = locate(isFollowed ? url : headers.get("location"), asked);
  const target = isOpaque ? "where a page cannot see" : nameOf(location);
  const end = isFollowed ? "and `fetch` followed: its answer is not taken" : "which is not followed";
  const message = `${nameOf(locate(asked))} redirects to ${target}, ${end}; check the region and the endpoint`;
  return { message, status: isFollowed ? 0 : status, location };
}

/**
 * A response in AWS JSON that replaces a redirect: an error that is not retried.
 * @param {Redirect} redirect
 */
export function refusalOf({ message, status }) {
  return makeAnswer(JSON.stringify({ __type: "InvalidResponseError", message }), { status });
}

/**
 * Parses a URL; undefined if it is none.
 * @param {string | null} text
 * @param {string} [base]
 */
function locate(text, base) {
  try {
    return text === null ? undefined : new URL(text, base);
  } catch {
    return undefined;
  }
}

/**
 * The origin of a URL: its user, path and query may be secret.
 * @param {URL | undefined} url
 */
function nameOf(url) {
  return url === undefined ? "no address" : `${url.protocol}//${url.host}`;
}
