// Cross-origin requests, as AWS's endpoints answer them: pre-flights, and the headers that a page of elsewhere needs.

/** @typedef {import("../rekognition/endpoint.js").Step} Step */

const REQUEST_HEADERS = [
  "content-type",
  "x-amz-target",
  "authorization",
  "x-amz-date",
  "x-amz-security-token",
  "x-amz-content-sha256",
  "x-amz-user-agent",
  "amz-sdk-invocation-id",
  "amz-sdk-request",
];
const RESPONSE_HEADERS = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date,x-amz-retry-after";
const TWO_DAYS = "172800";

/**
 * Answers a pre-flight. One that asks for more than is allowed gets no allowing header at all, which the browser then
 * reports as a network failure. @type {Step}
 */
export async function answerPreflight(request, next) {
  const { headers } = request;
  const method = headers["access-control-request-method"];
  if (request.method !== "OPTIONS" || headers.origin === undefined || method === undefined) return next(request);
  const asked = (headers["access-control-request-headers"] ?? "").split(",");
  const names = asked.map((name) => name.trim().toLowerCase()).filter(Boolean);
  if (method !== "POST" || !names.every((name) => REQUEST_HEADERS.includes(name))) {
    return { status: 403, headers: {}, body: "" };
  }
  return {
    status: 200,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": REQUEST_HEADERS.join(","),
      "access-control-max-age": TWO_DAYS,
    },
    body: "",
  };
}

/**
 * Lets a page of any origin read the response, and of its headers those that AWS exposes and how long to wait.
 * @type {Step}
 */
export async function exposeToPages(request, next) {
  const response = await next(request);
  if (request.headers.origin === undefined) return response;
  const forPages = { "access-control-allow-origin": "*", "access-control-expose-headers": RESPONSE_HEADERS };
  return { ...response, headers: { ...response.headers, ...forPages } };
}
