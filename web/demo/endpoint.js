// The sample account's endpoint: AWS JSON 1.1 requests in, responses out, without any I/O.
//
// A request passes a chain of steps. Each answers it, refuses it by throwing a ServiceException, or hands it on.

import { createOperations } from "./operations.js";
import { ServiceException } from "./service_exception.js";

/**
 * @typedef {object} Request
 * @property {string} method
 * @property {Record<string, string | undefined>} headers names in lower case
 * @property {string | Uint8Array} body
 */

/**
 * @typedef {object} Response
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {string} body
 */

/** @typedef {(request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>} Step */

const CONTENT_TYPE = "application/x-amz-json-1.1";
const TARGET_PREFIX = "RekognitionService.";
const REQUEST_HEADERS = [
  "content-type", "x-amz-target", "authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256",
  "x-amz-user-agent", "amz-sdk-invocation-id", "amz-sdk-request",
].join(", ");

/**
 * @param {object} options
 * @param {import("./account.js").Account} options.account
 * @param {() => number} [options.now] the clock, in milliseconds since 1970
 * @returns {(request: Request) => Promise<Response>} never rejects
 */
export function createEndpoint({ account, now = Date.now }) {
  const chain = [stamp(now), tellFailures, answerPreflight, refuseOtherMethods, perform(createOperations(account), now)];
  return chain.reduceRight(
    (next, step) => (request) => step(request, next),
    /** @type {any} */ (undefined),
  );
}

/**
 * The response that tells of an exception.
 * @param {ServiceException} exception
 * @returns {Response}
 */
export function exceptionResponse({ name, status, message }) {
  return {
    status,
    headers: { "content-type": CONTENT_TYPE, "x-amzn-errortype": name },
    body: JSON.stringify({ __type: name, Message: message }),
  };
}

/** @type {(now: () => number) => Step} */
function stamp(now) {
  return async (request, next) => {
    const response = await next(request);
    return {
      ...response,
      headers: {
        ...response.headers,
        date: new Date(now()).toUTCString(),
        "x-amzn-requestid": uuid(),
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "x-amzn-requestid, date",
      },
    };
  };
}

/** @type {Step} */
async function tellFailures(request, next) {
  try {
    return await next(request);
  } catch (error) {
    return exceptionResponse(
      error instanceof ServiceException
        ? error
        : new ServiceException("InternalServerError", "The sample endpoint failed on this request; that is a defect of it."),
    );
  }
}

/** @type {Step} */
async function answerPreflight(request, next) {
  if (request.method !== "OPTIONS") return next(request);
  return {
    status: 204,
    headers: {
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": REQUEST_HEADERS,
      "access-control-max-age": "600",
    },
    body: "",
  };
}

/** @type {Step} */
async function refuseOtherMethods(request, next) {
  if (request.method === "POST") return next(request);
  const refusal = exceptionResponse(
    new ServiceException("MethodNotAllowedException", `The service takes POST, not ${request.method}.`),
  );
  return { ...refusal, headers: { ...refusal.headers, allow: "POST, OPTIONS" } };
}

/** @type {(operations: ReturnType<typeof createOperations>, now: () => number) => Step} */
function perform(operations, now) {
  return async ({ headers, body }) => {
    const operation = operations[operationName(headers)];
    return { status: 200, headers: { "content-type": CONTENT_TYPE }, body: operation(readInput(body), now()) };
  };

  function operationName(headers) {
    const target = headers["x-amz-target"] ?? "";
    const name = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : "";
    if (!Object.hasOwn(operations, name)) {
      throw new ServiceException("UnknownOperationException", `There is no operation ${JSON.stringify(target.slice(0, 200))}.`);
    }
    const type = headers["content-type"] ?? "";
    if (type.split(";")[0].trim().toLowerCase() !== CONTENT_TYPE) {
      throw new ServiceException("UnknownOperationException", `The content type must be ${CONTENT_TYPE}.`);
    }
    return name;
  }
}

function readInput(body) {
  let input;
  try {
    const text = typeof body === "string" ? body : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    input = JSON.parse(text);
  } catch {
    throw new ServiceException("SerializationException", "The request's body is not JSON.");
  }
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new ServiceException("SerializationException", "The request's body must be a JSON object.");
  }
  return input;
}

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
