// What calls of a service go through: where it is, what fetches, who signs, how long to wait.
import { CredentialSource } from "./credentials.js";
import { resolveEndpoint } from "./endpoint.js";
import { instantiate } from "./engine.js";
import { Signer } from "./signing.js";

const mostAttempts = 2 ** 31 - 1;

/**
 * @typedef {import("../glue/rekognition_jobs.js").JobsModule} JobsModule
 * @typedef {import("../glue/rekognition_jobs.js").Engine} Engine
 * @typedef {Omit<RequestInit, "headers"> & { method: string, headers: Record<string, string>, body?: string }} Unsigned
 *
 * @typedef {object} Client
 * @property {URL | undefined} url
 * @property {typeof fetch} fetch
 * @property {number} requestTimeout milliseconds
 * @property {CredentialSource} credentials
 * @property {Signer} signer
 * @property {(target: string, body: string) => Unsigned} request what is sent for it, but for the signature
 * @property {import("../index.d.ts").JobsOptions["resultsWasm"]} resultsWasm
 */

/** @typedef {Client & { url: URL }} Reachable */

/**
 * Checks the options and makes a client of them, with an engine of its own.
 * @param {string} service the host name's first part, and the signature's scope
 * @param {import("../index.d.ts").JobsOptions} options
 * @returns {Promise<{ module: JobsModule, engine: Engine, client: Client }>}
 */
export async function makeClient(service, options) {
  const { region = "us-east-1", maxAttempts = 3, requestTimeout = 30_000, fetch = globalThis.fetch } = options;
  if (!Number.isSafeInteger(maxAttempts) || maxAttempts < 1) throw new RangeError("maxAttempts must be a whole number from 1");
  if (!(requestTimeout > 0)) throw new RangeError("requestTimeout must be a number of milliseconds above 0");
  if (typeof fetch !== "function") throw new TypeError("fetch must be a function");
  const url = resolveEndpoint(service, options);
  const credentials = new CredentialSource(options.credentials);
  const module = await instantiate(options.wasm);
  const [seed] = crypto.getRandomValues(new Uint32Array(1));
  const engine = new module.Engine(seed, Math.min(maxAttempts, mostAttempts), credentials.isRenewable);
  const signer = new Signer(service, region);
  return { module, engine, client: { url, fetch: (...args) => fetch(...args), requestTimeout, credentials, signer, request,
    resultsWasm: options.resultsWasm } };
}

/**
 * AWS JSON 1.1.
 * @type {Client["request"]}
 */
function request(target, body) {
  return { method: "POST", headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target }, body };
}
