// Makes Jobs of options.
import { instantiate } from "./engine.js";
import { resolveEndpoint } from "./endpoint.js";
import { Jobs } from "./jobs.js";

/** @type {typeof import("../index.d.ts").createJobs} */
export async function createJobs(options = {}) {
  const { maxAttempts = 3, requestTimeout = 30_000, fetch = globalThis.fetch, wasm } = options;
  if (!Number.isSafeInteger(maxAttempts) || maxAttempts < 1) throw new RangeError("maxAttempts must be a whole number from 1");
  if (!(requestTimeout > 0)) throw new RangeError("requestTimeout must be a number of milliseconds above 0");
  if (typeof fetch !== "function") throw new TypeError("fetch must be a function");
  const url = resolveEndpoint(options);
  const module = await instantiate(wasm);
  const seed = crypto.getRandomValues(new Uint32Array(1))[0];
  const engine = new module.Engine(seed, Math.min(maxAttempts, 2 ** 31 - 1));
  return new Jobs(module, engine, { url, fetch: (...args) => fetch(...args), requestTimeout });
}
