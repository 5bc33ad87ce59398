// The sample account's endpoint: AWS JSON 1.1 requests in, responses out, without any I/O.
//
// A request passes a chain of steps. Each answers it, refuses it by throwing a ServiceException, or hands it on.

import { answerPreflight, exposeToPages } from "../protocol/cors.js";
import { createFaults } from "../faults/faults.js";
import { createService } from "./operations.js";
import { createRateLimit } from "../protocol/rate_limit.js";
import { ServiceException } from "../protocol/service_exception.js";
import { createTraffic } from "../protocol/traffic.js";

/**
 * @typedef {object} Request
 * @property {string} method
 * @property {string} [path] "/", if it is not given
 * @property {Record<string, string | string[]>} [query]
 * @property {Record<string, string | undefined>} headers names in lower case
 * @property {string | Uint8Array} body
 * @property {Exchange} [exchange] made by the endpoint
 * @property {any} [input] of the operation, read from the body by the endpoint
 */

/**
 * What the steps have learned of a request and its response; each adds its part.
 * @typedef {object} Exchange
 * @property {number} at when the request came, by the account's clock, in milliseconds since 1970
 * @property {number} clock the same by the clock that the caller is shown and that signatures are checked by
 * @property {string} [operation]
 * @property {boolean} [signed] whether the operation is one that must be signed
 * @property {number} [page] which page of the list is asked for
 * @property {string} [caller] who asks: "" is nobody
 * @property {string} [fault] the kind of the fault that struck
 * @property {Error} [exception] what the caller is told of
 */

/**
 * @typedef {object} Response
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {string | Iterable<Uint8Array>} body
 * @property {import("../http/delivery.js").Delivery} [delivery] how it goes wrong on its way, if it is to
 */

/** @typedef {(request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>} Step */

const CONTENT_TYPE = "application/x-amz-json-1.1";

/**
 * @param {object} options
 * @param {import("../account/account.js").Account} options.account
 * @param {() => number} [options.now] the account's clock, in milliseconds since 1970
 * @param {() => number} [options.clock] the clock that callers are shown and signatures are checked by; the account's,
 *   if it is not given
 * @param {(request: Request, at: number) => Promise<string>} [options.authenticate] gives the caller's name or throws;
 *   without it everyone is answered
 * @param {import("../cognito/identity_pools.js").IdentityPools} [options.cognito]
 * @param {Readonly<ReturnType<typeof createFaults>>} [options.faults]
 * @param {Readonly<ReturnType<typeof createRateLimit>>} [options.rateLimit]
 * @param {Readonly<ReturnType<typeof createTraffic>>} [options.traffic]
 * @returns {(request: Request) => Promise<Response>} never rejects
 */
export function createEndpoint({
  account,
  now = Date.now,
  clock = now,
  authenticate = async () => "",
  cognito = { operations: {}, deleteIdentity() {} },
  faults = createFaults(),
  rateLimit = createRateLimit(),
  traffic = createTraffic(),
}) {
  const service = createService(account);
  const targets = new Map([
    ...named("RekognitionService", service.operations, { signed: true }),
    ...named("AWSCognitoIdentityService", cognito.operations, { signed: false }),
  ]);

  const chain = [
    traffic.record,
    stamp,
    answerPreflight,
    exposeToPages,
    tellFailures,
    refuseOtherMethods,
    understand(targets, service),
    skewClock(faults),
    identify(authenticate),
    limitRate(rateLimit),
    strike(faults, { ...service, ...cognito }),
    perform(targets),
  ].reduceRight((next, step) => (request) => step(request, next), /** @type {any} */ (undefined));
  return (request) => chain({ ...request, exchange: { at: now(), clock: clock() } });
}

/**
 * @param {string} service
 * @param {Record<string, import("./operations.js").Operation>} operations
 * @param {{ signed: boolean }} about
 * @returns {[string, { name: string, run: import("./operations.js").Operation, signed: boolean }][]}
 */
function named(service, operations, about) {
  return Object.entries(operations).map(([name, run]) => [`${service}.${name}`, { name, run, ...about }]);
}

/** @type {Step} */
async function stamp(request, next) {
  const response = await next(request);
  const stamps = { date: new Date(request.exchange.clock).toUTCString(), "x-amzn-requestid": requestId() };
  return { ...response, headers: { ...response.headers, ...stamps } };
}

/** A random UUID, also where a page is served without TLS and crypto.randomUUID is not there. */
function requestId() {
  const digits = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-a$4-$5");
}

/** @type {Step} */
async function tellFailures(request, next) {
  try {
    return await next(request);
  } catch (error) {
    const exception =
      error instanceof ServiceException
        ? error
        : new ServiceException(
            "InternalServerError",
            "The sample endpoint failed on this request, a defect of its own.",
          );
    request.exchange.exception = exception;
    return exception.response;
  }
}

/** @type {Step} */
async function refuseOtherMethods(request, next) {
  if (request.method === "POST") return next(request);
  throw new ServiceException("MethodNotAllowedException", `The service takes POST, not ${request.method}.`, {
    headers: { allow: "POST, OPTIONS" },
  });
}

/** Finds out what is asked for. As at AWS, that comes before the signature. */
function understand(targets, service) {
  return async (request, next) => {
    const { headers, body, exchange } = request;
    const { name, signed } = operationOf(headers, targets);
    exchange.operation = name;
    exchange.signed = signed;
    const input = readInput(body);
    if (name === "ListMediaAnalysisJobs") exchange.page = service.pageOf(input, exchange.at);
    return next({ ...request, input });
  };
}

function operationOf(headers, targets) {
  const target = headers["x-amz-target"] ?? "";
  const operation = targets.get(target);
  if (!operation) {
    const told = JSON.stringify(target.slice(0, 200));
    throw new ServiceException("UnknownOperationException", `There is no operation ${told}.`);
  }
  const type = headers["content-type"] ?? "";
  if (type.split(";")[0].trim().toLowerCase() !== CONTENT_TYPE) {
    throw new ServiceException("UnknownOperationException", `The content type must be ${CONTENT_TYPE}.`);
  }
  return operation;
}

function skewClock(faults) {
  return async (request, next) => {
    const { exchange } = request;
    const skew = faults.skew(request);
    exchange.clock += skew;
    if (skew !== 0) exchange.fault = "skew";
    return next(request);
  };
}

function identify(authenticate) {
  return async (request, next) => {
    const { exchange } = request;
    exchange.caller = exchange.signed ? await authenticate(request, exchange.clock) : "";
    return next(request);
  };
}

function limitRate(rateLimit) {
  return async (request, next) => {
    if (request.exchange.signed) rateLimit.take();
    return next(request);
  };
}

function strike(faults, service) {
  return (request, next) => faults.strike(request, () => next(request), service);
}

function perform(targets) {
  return async ({ headers, input, exchange }) => {
    const { run, signed } = targets.get(headers["x-amz-target"]);
    // The account lives by its own clock, temporary credentials by the one that callers are shown.
    const body = run(input, signed ? exchange.at : exchange.clock);
    return { status: 200, headers: { "content-type": CONTENT_TYPE }, body };
  };
}

function readInput(body) {
  let input;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const text = typeof body === "string" ? body : decoder.decode(body);
    input = JSON.parse(text);
  } catch {
    throw new ServiceException("SerializationException", "The request's body is not JSON.");
  }
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new ServiceException("SerializationException", "The request's body must be a JSON object.");
  }
  return input;
}
