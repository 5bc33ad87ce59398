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
    chargeRequester,
    strike(faults),
    rangeOf,
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

/** In a bucket whose requesters pay, each request says that its sender does. @type {Step} */
async function chargeRequester(request, next) {
  if (!request.input.requesterPays) return next(request);
  const { caller } = request.exchange;
  if (caller === "" || request.headers["x-amz-request-payer"] !== "requester") throw new S3Exception("AccessDenied");
  const response = await next(request);
  return { ...response, headers: { ...response.headers, "x-amz-request-charged": "requester" } };
}

/** A part of the object, if it is still the same one. @type {Step} */
async function rangeOf(request, next) {
  const { "if-match": wanted, range } = request.headers;
  const response = await next(request);
  if (wanted !== undefined && wanted !== "*" && wanted !== response.headers.etag) {
    throw new S3Exception("PreconditionFailed", { details: { Condition: "If-Match" } });
  }
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  if (from === undefined) return response;
  const size = Number(response.headers["content-length"]);
  const [first, last] = [Number(from), Math.min(to ? Number(to) : size - 1, size - 1)];
  if (first > last) {
    const headers = { "content-range": `bytes */${size}` };
    throw new S3Exception("InvalidRange", { headers, details: { RangeRequested: range } });
  }
  return {
    ...response,
    status: 206,
    headers: {
      ...response.headers,
      "content-length": String(last - first + 1),
      "content-range": `bytes ${first}-${last}/${size}`,
    },
    body: request.method === "HEAD" ? [] : partOf(/** @type {Iterable<Uint8Array>} */ (response.body), first, last),
  };
}

/** The chunks from one byte to another one. */
function* partOf(chunks, first, last) {
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(Math.max(0, first - at), Math.max(0, last + 1 - at));
    if (part.length > 0) yield part;
    at += chunk.length;
    if (at > last) return;
  }
}

/** @returns {Step} */
function getObject(buckets) {
  return async ({ method, input, query = {}, exchange }) => {
    if (input.key === "") throw new S3Exception("NotImplemented", { message: "Buckets are not listed here." });
    const { type, modified, etag, version, read } = buckets.open(input, exchange.at, versionIn(query));
    const headers = {
      "content-type": type,
      "content-length": String(lengthOf(read())),
      etag,
      "last-modified": new Date(modified).toUTCString(),
      "accept-ranges": "bytes",
      ...(version === undefined ? {} : { "x-amz-version-id": version }),
    };
    return { status: 200, headers, body: method === "HEAD" ? [] : read() };
  };
}

/**
 * @param {Record<string, string | string[]>} query
 * @returns {string | undefined} the version that it asks for
 */
function versionIn({ versionId }) {
  return Array.isArray(versionId) ? versionId[0] : versionId;
}

function lengthOf(chunks) {
  let length = 0;
  for (const chunk of chunks) length += chunk.length;
  return length;
}
