// S3 as far as the sample account needs it: GET and HEAD of what its jobs have written and looked at, without any I/O.
//
// As in endpoint.js, a request passes a chain of steps.

import { createFaults } from "../faults/faults.js";
import { addressOf } from "./address.js";
import { createBuckets } from "./buckets.js";
import { answerPreflightOf, exposingHeaders } from "./cors.js";
import { S3Exception } from "../protocol/s3_exception.js";
import { ServiceException } from "../protocol/service_exception.js";
import { createTraffic } from "../protocol/traffic.js";

/** @typedef {import("../rekognition/endpoint.js").Step} Step */

const OPERATION = "GetObject";

/** What faults say in the words of AWS JSON, in those of S3. */
const S3_NAMES = new Map(
  Object.entries({
    ExpiredTokenException: "ExpiredToken",
    InternalServerError: "InternalError",
    ProvisionedThroughputExceededException: "SlowDown",
    ThrottlingException: "SlowDown",
  }),
);

/**
 * @param {object} options
 * @param {import("../account/account.js").Account} options.account
 * @param {() => number} [options.now] the account's clock, in milliseconds since 1970
 * @param {() => number} [options.clock] the clock that callers are shown and signatures are checked by
 * @param {Record<string, import("./buckets.js").BucketSettings>} [options.buckets]
 * @param {ReturnType<typeof import("./authentication.js").createS3Authentication>} [options.authenticate] without it
 *   everyone is answered
 * @param {Readonly<ReturnType<typeof createFaults>>} [options.faults]
 * @param {Readonly<ReturnType<typeof createTraffic>>} [options.traffic]
 * @returns {((request: import("../rekognition/endpoint.js").Request) => Promise<import("../rekognition/endpoint.js").Response>) & { serves:
 *   (request: { path: string, host?: string }) => boolean }}
 */
export function createS3Endpoint({
  account,
  now = Date.now,
  clock = now,
  buckets: settings,
  authenticate = async () => "",
  faults = createFaults(),
  traffic = createTraffic(),
}) {
  const buckets = createBuckets(account, settings);

  /** @type {Step[]} */
  const steps = [
    traffic.record,
    stamp,
    tellRefusals,
    understand(buckets),
    exposeToPages(faults),
    refuseOtherMethods,
    skewClock(faults),
    redirect,
    identify(authenticate),
    strike(faults),
    getObject(buckets),
  ];
  const chain = steps.reduceRight((next, step) => (request) => step(request, next), /** @type {any} */ (undefined));
  const endpoint = (request) =>
    chain({ ...request, exchange: { at: now(), clock: clock(), operation: OPERATION, signed: true } });
  return Object.assign(endpoint, { serves: (request) => addressOf(request) !== undefined });
}

/** @type {Step} */
async function stamp(request, next) {
  const response = await next(request);
  const stamps = { date: new Date(request.exchange.clock).toUTCString(), "x-amz-request-id": requestId() };
  return { ...response, headers: { server: "AmazonS3", ...response.headers, ...stamps } };
}

function requestId() {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => letters[byte % letters.length]).join("");
}

/** @type {Step} */
async function tellRefusals(request, next) {
  try {
    return await next(request);
  } catch (error) {
    request.exchange.exception = error;
    return refusalOf(error).response;
  }
}

function refusalOf(error) {
  if (error instanceof S3Exception) return error;
  if (!(error instanceof ServiceException)) return new S3Exception("InternalError");
  const { name, headers, message, status } = error;
  const theirs = S3_NAMES.get(name);
  return theirs ? new S3Exception(theirs, { headers }) : new S3Exception(name, { message, status, headers });
}

/** Finds out which object is asked for. */
function understand(buckets) {
  return async (request, next) => {
    const address = addressOf({ path: request.path, host: request.headers.host });
    return next({ ...request, input: { ...address, ...buckets.find(address.bucket), hostRegion: address.region } });
  };
}

/** What pages of elsewhere may read is for the bucket to say. */
function exposeToPages(faults) {
  return async (request, next) => {
    const { method, headers, input, exchange } = request;
    const cors = faults.withholdsCors(request) ? [] : input.cors;
    if (method === "OPTIONS" && headers.origin && headers["access-control-request-method"]) {
      return answerPreflightOf(cors, request);
    }
    const response = await tellRefusals({ ...request, exchange }, next);
    return { ...response, headers: { ...response.headers, ...exposingHeaders(cors, request) } };
  };
}

/** @type {Step} */
async function refuseOtherMethods(request, next) {
  if (request.method === "GET" || request.method === "HEAD") return next(request);
  throw new S3Exception("MethodNotAllowed", {
    message: "The specified method is not allowed against this resource.",
    headers: { allow: "GET, HEAD, OPTIONS" },
  });
}

function skewClock(faults) {
  return async (request, next) => {
    const skew = faults.skew(request);
    request.exchange.clock += skew;
    if (skew !== 0) request.exchange.fault = "skew";
    return next(request);
  };
}

/** A host of another region sends on to the bucket's own. @type {Step} */
async function redirect(request, next) {
  const { bucket, region, hostRegion } = request.input;
  if (hostRegion === undefined || hostRegion === region) return next(request);
  const host = request.headers.host.replace(hostRegion, region);
  throw new S3Exception("PermanentRedirect", {
    headers: { "x-amz-bucket-region": region },
    details: { Endpoint: host, Bucket: bucket },
  });
}

function identify(authenticate) {
  return async (request, next) => {
    const { exchange, input } = request;
    exchange.caller = await authenticate(request, input.region, exchange.clock);
    return next(request);
  };
}

function strike(faults) {
  return (request, next) => faults.strike(request, () => next(request));
}

/** @returns {Step} */
function getObject(buckets) {
  return async ({ method, input, exchange }) => {
    if (input.key === "") throw new S3Exception("NotImplemented", { message: "Buckets are not listed here." });
    const { type, modified, etag, read } = buckets.open(input, exchange.at);
    const headers = {
      "content-type": type,
      "content-length": String(lengthOf(read())),
      etag,
      "last-modified": new Date(modified).toUTCString(),
      "accept-ranges": "bytes",
    };
    return { status: 200, headers, body: method === "HEAD" ? [] : read() };
  };
}

function lengthOf(chunks) {
  let length = 0;
  for (const chunk of chunks) length += chunk.length;
  return length;
}
