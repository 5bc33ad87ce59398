// Answers that send a request on to another address. None is sent on: it carries a session token, a login or a
// signature, which `fetch` would give to whatever host the answer names.

/**
 * @typedef {object} Redirect
 * @property {string} message names both hosts
 * @property {number} status 0 where a browser, or a `fetch` that followed, hides it
 * @property {URL | undefined} location where it leads, as far as that can be seen
 */

/**
 * @param {Response} response that isRedirect() is true of
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
 * The answer in AWS JSON that stands for a redirect: an error that is not tried again.
 * @param {Redirect} redirect
 */
export function refusalOf({ message, status }) {
  const response = new Response(JSON.stringify({ __type: "InvalidResponseError", message }));
  return Object.defineProperty(response, "status", { value: status });
}

/**
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
 * Without its user, path and query, which may be secret.
 * @param {URL | undefined} url
 */
function nameOf(url) {
  return url === undefined ? "no address" : `${url.protocol}//${url.host}`;
}
