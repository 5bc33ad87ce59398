// Cross-origin requests by the CORS rules of a bucket, as S3 evaluates them.

import { S3Exception } from "../protocol/s3_exception.js";

/**
 * @typedef {object} CorsRule in the form that S3 takes
 * @property {string[]} AllowedOrigins each may have one "*" in it
 * @property {string[]} AllowedMethods
 * @property {string[]} [AllowedHeaders] each may have one "*" in it
 * @property {string[]} [ExposeHeaders]
 * @property {number} [MaxAgeSeconds]
 */

/** What a bucket has whose results pages are to read. @type {readonly CorsRule[]} */
export const OPEN_TO_PAGES = [
  {
    AllowedOrigins: ["*"],
    AllowedMethods: ["GET", "HEAD"],
    AllowedHeaders: ["*"],
    ExposeHeaders: ["date", "etag", "x-amz-bucket-region", "x-amz-request-id"],
    MaxAgeSeconds: 3000,
  },
];

/**
 * @param {readonly CorsRule[]} rules of the bucket; none allows nothing
 * @param {import("../rekognition/endpoint.js").Request} request
 * @returns {import("../rekognition/endpoint.js").Response} to a pre-flight; throws when it is refused
 */
export function answerPreflightOf(rules, { headers }) {
  if (rules.length === 0) {
    throw new S3Exception("AccessForbidden", { message: "CORSResponse: CORS is not enabled for this bucket." });
  }
  const asked = namesIn(headers["access-control-request-headers"]);
  const rule = ruleFor(rules, headers.origin, headers["access-control-request-method"], asked);
  if (!rule) {
    throw new S3Exception("AccessForbidden", {
      message:
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, " +
        "request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the " +
        "resource's CORS spec.",
    });
  }
  const allowed = corsHeaders(rule, headers.origin);
  if (asked.length > 0) allowed["access-control-allow-headers"] = asked.join(", ");
  if (rule.MaxAgeSeconds !== undefined) allowed["access-control-max-age"] = String(rule.MaxAgeSeconds);
  return { status: 200, headers: allowed, body: "" };
}

/**
 * The headers by which a page of the request's origin may read the response; none where the bucket does not allow it.
 * @param {readonly CorsRule[]} rules
 * @param {import("../rekognition/endpoint.js").Request} request
 * @returns {Record<string, string>}
 */
export function exposingHeaders(rules, { method, headers }) {
  const rule = headers.origin === undefined ? undefined : ruleFor(rules, headers.origin, method, []);
  return rule ? corsHeaders(rule, headers.origin) : {};
}

function ruleFor(rules, origin, method, asked) {
  return rules.find(
    ({ AllowedOrigins, AllowedMethods, AllowedHeaders = [] }) =>
      AllowedOrigins.some((pattern) => matches(pattern, origin)) &&
      AllowedMethods.includes(method) &&
      asked.every((name) => AllowedHeaders.some((pattern) => matches(pattern.toLowerCase(), name))),
  );
}

function corsHeaders({ AllowedOrigins, AllowedMethods, ExposeHeaders = [] }, origin) {
  return {
    "access-control-allow-origin": AllowedOrigins.includes("*") ? "*" : origin,
    "access-control-allow-methods": AllowedMethods.join(", "),
    ...(ExposeHeaders.length > 0 ? { "access-control-expose-headers": ExposeHeaders.join(", ") } : {}),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

const namesIn = (list = "") =>
  list
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);

function matches(pattern, text) {
  const [start, end] = pattern.split("*");
  if (end === undefined) return pattern === text;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}
