// Makes the client of a service: its endpoint, `fetch`, credentials, signer and time limit.
import { CredentialSource } from "./credentials.js";
import { resolveEndpoint } from "./endpoint.js";
import { instantiate } from "../jobs_module.js";
import { Signer } from "./sigv4.js";

const mostAttempts = 2 ** 31 - 1;
/** The longest time that a timer can run for. */
const mostRetryAfter = 2 ** 31 - 1;
const redirectStatuses = [301, 302, 303, 307, 308];

/**
 * @typedef {import("../../glue/rekognition_jobs.js").JobsModule} JobsModule
 * @typedef {import("../../glue/rekognition_jobs.js").Engine} Engine
 * @typedef {Omit<RequestInit, "headers"> & { method: string, headers: Record<string, string>, body?: string }} UnsignedRequest
 *
 * @typedef {import("../util/any_response.js").Answer} Answer
 *
 * @typedef {object} Client
 * @property {string} peer who answers, "" for the service itself: each has its own limits, quota and clock in the engine
 * @property {URL | undefined} url
 * @property {() => unknown} findFetch returns the caller's `fetch`, or that of the moment; throws a TypeError if there is none
 * @property {(url: string, init?: RequestInit) => Promise<any>} send the caller's `fetch`, or that of the moment
 * @property {(url: string, init: RequestInit) => Promise<Answer>} fetch returns an error response instead of a
 *   redirect
 * @property {number} requestTimeout milliseconds
 * @property {Pick<CredentialSource, "get">} credentials
 * @property {boolean} canSign whether there are credentials
 * @property {import("./secrets.js").Secrets} secrets that no error may contain
 * @property {Signer} signer
 * @property {(target: string, body: string) => UnsignedRequest} request makes the request of an operation, without the
 *   signature
 * @property {import("../../index.d.ts").JobsOptions["resultsWasm"]} resultsWasm
 * @property {import("../../index.d.ts").JobsOptions["formatsWasm"]} formatsWasm
 */

/** @typedef {Client & { url: URL }} ServiceClient */

/**
 * Checks the options and makes a client from them, with an engine of its own.
 * @param {string} service the host name's first part, and the signature's scope
 * @param {string | undefined} region of regionOf()
 * @param {import("../../index.d.ts").JobsOptions} options
 * @param {CredentialSource} [credentials]
 * @returns {Promise<{ module: JobsModule, engine: Engine, client: Client }>}
 */
export async function makeClient(service, region, options, credentials = new CredentialSource(undefined)) {
  const { maxAttempts = 3, requestTimeout = 30_000, maxRetryAfter = 60_000, fetch } = options;
  if (!Number.isSafeInteger(maxAttempts) || maxAttempts < 1)
    throw new RangeError("maxAttempts must be a whole number from 1");
  if (!(requestTimeout > 0)) throw new RangeError("requestTimeout must be a number of milliseconds above 0");
  if (typeof maxRetryAfter !== "number" || !(maxRetryAfter >= 0))
    throw new RangeError("maxRetryAfter must be a number of milliseconds from 0");
  if (fetch !== undefined && typeof fetch !== "function") throw new TypeError("fetch must be a function");
  const url = resolveEndpoint(service, region, options);
  const module = await instantiate(options.wasm);
  const [seed] = crypto.getRandomValues(new Uint32Array(1));
  module.requireRoom();
  const engine = new module.Engine(
    seed,
    Math.min(maxAttempts, mostAttempts),
    Math.min(maxRetryAfter, mostRetryAfter),
    credentials.isRenewable,
  );
  const signer = new Signer(service, region ?? "us-east-1");
  // The page's own `fetch` is looked up at each call: what watches or replaces it may come later.
  const findFetch = () => {
    const found = fetch ?? globalThis.fetch;
    if (!found) throw new TypeError("there is no fetch here: give one in the option fetch");
    return found;
  };
  /** @type {Client["send"]} */
  const send = (...args) => findFetch()(...args);
  return {
    module,
    engine,
    client: {
      peer: "",
      url,
      findFetch,
      send,
      fetch: refusingRedirects(send),
      requestTimeout,
      credentials,
      canSign: credentials.canSign,
      secrets: credentials.secrets,
      signer,
      request,
      resultsWasm: options.resultsWasm,
      formatsWasm: options.formatsWasm,
    },
  };
}

/**
 * Whether a response is a redirect, or comes from another host because `fetch` followed a redirect.
 * @param {any} response the value that a caller's `fetch` returned
 * @param {string} asked the URL of the request
 */
export function isRedirect(response, asked) {
  const { status, type, redirected, url } = response ?? {};
  return (
    redirected ||
    type === "opaqueredirect" ||
    redirectStatuses.includes(status) ||
    (url && url !== asked && new URL(url, asked).origin !== new URL(asked).origin)
  );
}

/**
 * A `fetch` that returns an error response instead of a redirect.
 * @param {Client["send"]} send
 * @returns {Client["fetch"]}
 */
function refusingRedirects(send) {
  return async (url, init) => {
    const response = await send(url, init);
    if (!isRedirect(response, url)) return response;
    const { dropBody, readRedirect, refusalOf } = await import("./redirect.js");
    dropBody(response);
    return refusalOf(readRedirect(response, url));
  };
}

/**
 * The request of an operation in AWS JSON 1.1.
 * @type {Client["request"]}
 */
function request(target, body) {
  return { method: "POST", headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target }, body };
}
