// Starts engines: those that hold records in workers, so that the page never waits for them.
import { createJobs, createJobsInWorker, fromCognitoIdentityPool, openResults } from "rekognition-jobs";
import { createLanguage } from "./language.js";
import { fetchPreloaded } from "../ui/fetch_preloaded.js";

const WASM = new URL("rekognition_jobs.wasm", import.meta.url);
const SCRIPT = new URL("jobs_worker.js", import.meta.url).href;

/** The page's policy lets only this name a script. */
const policy = globalThis.trustedTypes?.createPolicy("rekognition-jobs", { createScriptURL: () => SCRIPT });

/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;

/** The module, compiled once for the page and its workers. */
function compiledModule() {
  compiled ??= compile();
  compiled.catch(() => (compiled = undefined));
  return compiled;
}

async function compile() {
  const response = await fetchPreloaded(WASM);
  if (!response.ok) throw new Error(`the engine could not be loaded: HTTP ${response.status} for ${WASM.href}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** Starts a worker, and tells when its script cannot be loaded. */
function openWorker() {
  const url = /** @type {string} */ (policy?.createScriptURL("") ?? SCRIPT);
  const worker = new Worker(url, { type: "module", name: "rekognition-jobs" });
  /** @type {Promise<never>} */
  const failure = new Promise((_, reject) => {
    worker.onerror = () => reject(new Error(`the engine's worker could not be loaded from ${SCRIPT}`));
  });
  failure.catch(() => {});
  return { worker, failure };
}

/** The query language of jobs. */
export const jobLanguage = createLanguage(async () => createJobs({ wasm: await compiledModule() }));
/** The query language of results. */
export const resultLanguage = createLanguage(() => openResults(""));

/**
 * Creates a Jobs in a worker. Its queries can be read from then on.
 * @param {import("rekognition-jobs").JobsOptions} [options]
 */
export async function createEngine(options = {}) {
  const { worker, failure } = openWorker();
  try {
    const [wasm] = await Promise.race([Promise.all([compiledModule(), jobLanguage.load()]), failure]);
    return await createJobsInWorker({ ...options, wasm, worker: () => worker });
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

/** @param {import("rekognition-jobs").CognitoIdentityPoolOptions} options */
export function poolCredentials(options) {
  const provider = compiledModule().then((wasm) => fromCognitoIdentityPool({ ...options, wasm }));
  return async () => (await provider)();
}
