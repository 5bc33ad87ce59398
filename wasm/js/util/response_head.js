// The head of a Response in the plain values that the engine takes.

const highestStatus = 999;

/**
 * @param {any} response whatever a caller's `fetch` gave
 * @throws {TypeError} when it is no Response; else what its getters throw
 */
export function readHead(response) {
  const { status, headers } = response ?? {};
  if (!Number.isInteger(status) || status < 0 || status > highestStatus || typeof headers?.get !== "function") {
    throw new TypeError("fetch gave no Response");
  }
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
