// A worker thread of Node with the interface of a browser's worker.

/**
 * @param {URL} script
 * @returns {Promise<import("../../index.d.ts").WorkerLike>} which keeps the process alive while a call waits
 */
export async function openNodeWorker(script) {
  const nodeModule = "node:worker_threads";
  const { Worker } = await import(/* @vite-ignore */ /* webpackIgnore: true */ nodeModule);
  const thread = new Worker(script);
  /** @type {import("../../index.d.ts").WorkerLike} */
  const worker = {
    onmessage: null,
    onerror: null,
    postMessage: (message, transfer) => thread.postMessage(message, transfer),
    terminate: () => thread.terminate(),
    awaits: (isWaiting) => (isWaiting ? thread.ref() : thread.unref()),
  };
  thread.on("message", (/** @type {unknown} */ data) => worker.onmessage?.(/** @type {never} */ ({ data })));
  thread.on("error", (/** @type {unknown} */ error) => worker.onerror?.(/** @type {never} */ ({ error })));
  thread.on("exit", () => worker.onerror?.(/** @type {never} */ ({ message: "the worker has ended" })));
  thread.unref();
  return worker;
}
