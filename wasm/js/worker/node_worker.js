// A worker thread of Node with the interface of a browser's worker.
import { platform } from "../platform/platform.js";

/** @param {URL} script */
export function openThread(script) {
  const threads = platform.builtin?.("node:worker_threads");
  if (!threads) throw new Error("no Worker exists here; createJobs() does without");
  // Flags of the process, such as --input-type, can be none of a thread.
  return adaptThread(new threads.Worker(script, { execArgv: [] }));
}

/** The threads that are in use. @type {WeakMap<object, import("../../index.d.ts").WorkerLike>} */
const adapted = new WeakMap();

/**
 * @param {any} thread a Worker of node:worker_threads
 * @returns {import("../../index.d.ts").WorkerLike} which keeps the process alive while a call waits
 */
export function adaptThread(thread) {
  const known = adapted.get(thread);
  if (known) return known;
  /** @type {import("../../index.d.ts").WorkerLike & { onmessageerror: ((event: unknown) => void) | null }} */
  const worker = {
    onmessage: null,
    onmessageerror: null,
    onerror: null,
    postMessage: (message, transfer) => thread.postMessage(message, transfer),
    terminate: () => thread.terminate(),
    awaits: (isWaiting) => (isWaiting ? thread.ref() : thread.unref()),
  };
  thread.on("message", (/** @type {unknown} */ data) => worker.onmessage?.(/** @type {never} */ ({ data })));
  thread.on("messageerror", (/** @type {unknown} */ error) => worker.onmessageerror?.(error));
  thread.on("error", (/** @type {unknown} */ error) => worker.onerror?.(/** @type {never} */ ({ error })));
  thread.on("exit", () => worker.onerror?.(/** @type {never} */ ({ message: "the worker has ended" })));
  thread.unref();
  adapted.set(thread, worker);
  return worker;
}
