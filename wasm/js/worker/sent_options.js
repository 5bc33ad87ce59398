// Sends the options of a Jobs to its worker: what cannot be copied is asked of the page when the worker needs it.
import { resolveUrl } from "../engine/compile.js";
import { regionOf, resolveEndpoint, resolveS3 } from "../client/endpoint.js";
import { formOf } from "../engine/source_form.js";
import { givenUp } from "./peer.js";
import { sendResponse, sendSource } from "./sent_source.js";
import { primitive } from "./sent_values.js";
import { makeAbortController } from "../util/web_classes.js";

/**
 * @typedef {import("./peer.js").Peer} Peer
 * @typedef {import("../client/secrets.js").Secrets} Secrets
 * @typedef {import("../../index.d.ts").JobsOptions} Options
 */

const plainOptions = /** @type {const} */ ([
  "useFipsEndpoint",
  "useDualstackEndpoint",
  "credentialsTimeout",
  "maxAttempts",
  "requestTimeout",
  "maxRetryAfter",
]);
const engineOptions = /** @type {const} */ (["wasm", "resultsWasm", "formatsWasm"]);

/**
 * @param {Peer} peer
 * @param {Options} options each is read once
 * @param {unknown} credentials of the options
 * @param {Secrets} secrets learns the credentials
 * @returns {import("./jobs_host.js").OptionsForm}
 * @throws what createJobs() throws for an option that only the page can judge
 */
export function sendOptions(peer, options, credentials, secrets) {
  /** @type {Record<string, any>} */
  const form = {};
  for (const name of plainOptions) form[name] = primitive(options[name]);
  for (const name of engineOptions) form[name] = asText(options[name]);
  const { fetch, snapshot, useFipsEndpoint, useDualstackEndpoint } = options;
  const hosts = { endpoint: options.endpoint, s3Endpoint: options.s3Endpoint, useFipsEndpoint, useDualstackEndpoint };
  form.region = regionOf(options.region);
  if (hosts.s3Endpoint !== undefined) form.s3Endpoint = resolveS3(form.region, hosts).endpoint?.href;
  if (fetch !== undefined && typeof fetch !== "function") throw new TypeError("fetch must be a function");
  if (hosts.endpoint !== undefined) form.endpoint = resolveEndpoint("rekognition", form.region, hosts)?.href;
  if (typeof credentials === "function") {
    form.provider = offerProvider(peer, /** @type {() => unknown} */ (credentials), secrets);
  } else if (credentials !== undefined && credentials !== null) {
    form.keyPair = peer.offer({ read: () => membersOf(credentials, secrets) });
  }
  if (fetch !== undefined) form.fetch = offerFetch(peer, fetch);
  if (snapshot !== undefined && snapshot !== null) form.snapshot = sendSnapshot(peer, snapshot);
  return form;
}

/**
 * Makes an address whole, since a relative one means another file in the worker.
 * @param {unknown} value an address, as text or a URL of any realm, or what can be sent
 */
function asText(value) {
  const isUrl = Object.prototype.toString.call(value) === "[object URL]";
  if (!isUrl && typeof value !== "string") return value;
  try {
    return resolveUrl(String(value)).href;
  } catch {
    return value;
  }
}

/**
 * @param {Peer} peer
 * @param {NonNullable<Options["snapshot"]>} snapshot
 */
function sendSnapshot(peer, snapshot) {
  const form = formOf(snapshot);
  if (form === "blob" || form === "response" || form === "stream") return sendSource(peer, snapshot);
  throw new TypeError("a snapshot is a Blob, a Response or a ReadableStream of bytes");
}

/**
 * @param {Peer} peer
 * @param {() => unknown} provider
 * @param {Secrets} secrets
 */
function offerProvider(peer, provider, secrets) {
  /** What it gave last, which may renew itself. @type {unknown} */
  let given;
  return peer.offer({
    async get() {
      given = await provider();
      return membersOf(given, secrets);
    },
    read: () => membersOf(given, secrets),
  });
}

/**
 * The members of credentials, each read once.
 * @param {any} credentials
 * @param {Secrets} secrets
 */
function membersOf(credentials, secrets) {
  if (typeof credentials !== "object" || credentials === null) return primitive(credentials);
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials;
  secrets.add(accessKeyId, secretAccessKey, sessionToken);
  const isDate = typeof expiration === "object" && expiration !== null;
  return {
    accessKeyId: primitive(accessKeyId),
    secretAccessKey: primitive(secretAccessKey),
    sessionToken: primitive(sessionToken),
    expiration: isDate ? new Date(expiration.valueOf()) : primitive(expiration),
  };
}

/**
 * Offers the caller's `fetch`.
 * @param {Peer} peer
 * @param {import("../../index.d.ts").FetchLike} fetch
 */
function offerFetch(peer, fetch) {
  /** @type {Map<number, AbortController>} */
  const running = new Map();
  return peer.offer({
    /** @param {number} call @param {string} url @param {RequestInit} init */
    async fetch(call, url, init) {
      const controller = makeAbortController();
      running.set(call, controller);
      try {
        const response = await fetch(url, { ...init, signal: controller.signal });
        return sendResponse(peer, response, () => running.delete(call));
      } catch (reason) {
        running.delete(call);
        throw reason;
      }
    },
    /** @param {number} call */
    abort(call) {
      running.get(call)?.abort();
      running.delete(call);
    },
    [givenUp](reason) {
      for (const controller of running.values()) controller.abort(reason);
      running.clear();
    },
  });
}
