// createJobsInWorker(): makes a Jobs in a worker of its own. What talks to it is loaded when it is first called.

/** @type {typeof import("../index.d.ts").createJobsInWorker} */
export async function createJobsInWorker(options = {}) {
  const { createAsyncJobs } = await import("./worker/async_jobs.js");
  return createAsyncJobs(options.worker ?? openWorker, options);
}

/** A worker of this package's script, in a browser or in Node. */
async function openWorker() {
  if (globalThis.Worker) return new Worker(new URL("./jobs_worker.js", import.meta.url), { type: "module" });
  const { openThread } = await import("./worker/node_worker.js");
  // Bundlers for browsers take `new URL(…, import.meta.url)` for a file of theirs.
  const here = import.meta.url;
  return openThread(new URL("./node_jobs_worker.js", here));
}
