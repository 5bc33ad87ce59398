// The script of the worker in which createJobsInWorker() makes its Jobs. Elsewhere it does nothing.
import { createJobs } from "./create_jobs.js";
import { offerJobs } from "./worker/jobs_host.js";
import { Peer } from "./worker/peer.js";

/** @param {any} port of the worker; null where this is none */
function answerAt(port) {
  if (port) offerJobs(new Peer(port), createJobs);
}

if (typeof globalThis.postMessage !== "function") {
  const nodeModule = "node:worker_threads";
  import(/* @vite-ignore */ /* webpackIgnore: true */ nodeModule).then(({ parentPort }) => answerAt(parentPort));
} else if (globalThis.document === undefined) {
  answerAt(globalThis);
}
