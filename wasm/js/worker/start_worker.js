// Starts the worker of a Jobs and watches over it: when it ends, every call that waits and that comes rejects.
import { EngineError } from "../util/errors.js";
import { wordsOf } from "../util/words_of.js";
import { GREETING, Peer } from "./peer.js";

const longestStart = 60_000; // milliseconds until the script of a worker runs

/** The workers that are in use. @type {WeakSet<object>} */
const used = new WeakSet();

/**
 * @param {() => unknown} openWorker
 * @param {(reason: unknown) => Promise<unknown>} clean keeps secrets out of errors
 * @returns {Promise<{ peer: Peer, end: () => void }>} end: closes all
 * @throws {EngineError} if the worker cannot be started; TypeError if it is none
 */
export async function startWorker(openWorker, clean) {
  const worker = await opened(openWorker);
  if (used.has(worker)) throw new TypeError("worker must return a Worker that is not in use");
  used.add(worker);
  const terminate = worker.terminate.bind(worker);
  const peer = new Peer(worker, clean);
  let isStarted = false;
  /** @param {unknown} cause */
  const fail = (cause) => {
    clearTimeout(timer);
    peer.fail(isStarted ? new EngineError(cause) : notStarted(cause));
    terminate();
  };
  const timer = setTimeout(() => fail(new Error(`its script did not answer within ${longestStart} ms`)), longestStart);
  peer.onFirst((message) => {
    if (message !== GREETING) return fail(new Error("it runs another script than rekognition-jobs/jobs_worker.js"));
    clearTimeout(timer);
    isStarted = true;
  });
  worker.onerror = (/** @type {unknown} */ event) => fail(causeIn(event));
  worker.onmessageerror = () => fail(new Error("a message of the worker cannot be read"));
  try {
    // Browsers say nothing of a worker that its page has terminated.
    worker.terminate = () => fail(new Error("the worker was terminated"));
  } catch {} // A frozen one is watched by its errors alone.
  return {
    peer,
    end() {
      clearTimeout(timer);
      peer.close(new Error("this Jobs is closed"));
      terminate();
    },
  };
}

/**
 * @param {() => unknown} openWorker
 * @returns {Promise<any>} with the interface of a browser's worker
 */
async function opened(openWorker) {
  if (typeof openWorker !== "function") throw new TypeError("worker must be a function that returns a Worker");
  /** @type {any} */
  let worker;
  try {
    worker = await openWorker();
  } catch (reason) {
    throw notStarted(reason);
  }
  if (typeof worker?.postMessage !== "function" || typeof worker.terminate !== "function") {
    throw new TypeError("worker must return a Worker");
  }
  if (typeof worker.ref !== "function" || typeof worker.on !== "function") return worker;
  const { adaptThread } = await import("./node_worker.js");
  return adaptThread(worker);
}

/**
 * What ended a worker.
 * @param {any} event
 */
function causeIn({ error, message }) {
  return error ?? new Error(message || "its script cannot be loaded");
}

/** @param {unknown} cause */
function notStarted(cause) {
  const error = new EngineError(cause);
  error.message = `the worker of the engine could not be started: ${wordsOf(cause).words}`;
  return error;
}
