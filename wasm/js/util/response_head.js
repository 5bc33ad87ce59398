// Reads the status and the headers of a Response as the plain values that the engine needs.

const highestStatus = 999;

/**
 * @param {any} response the value that a caller's `fetch` returned
 * @throws {TypeError} that says what it lacks to be a Response; or the errors of its getters
 */
export function requireHead(response) {
  const { status, headers } = response ?? {};
  if (!Number.isInteger(status) || status < 0 || status > highestStatus) {
    throw new TypeError("fetch gave no Response: it has no status");
  }
  if (typeof headers?.get !== "function") throw new TypeError("fetch gave no Response: it has no headers with get()");
}

/**
 * Reads the head of a Response.
 * @param {any} response the value that a caller's `fetch` returned
 * @throws {TypeError} if it is not a Response; or the errors of its getters
 */
export function readHead(response) {
  requireHead(response);
  const { status, headers } = response;
  /** @param {string} name */
  const header = (name) => {
    const value = headers.get(name);
    return typeof value === "string" ? value : "";
  };
  return {
    status,
    errorType: header("x-amzn-errortype"),
    requestId: header("x-amzn-requestid"),
    retryAfter: header("retry-after"),
    amzRetryAfter: header("x-amz-retry-after"),
    date: header("date"),
    isFromCache: header("age") !== "",
  };
}
