// The script of the worker in which createJobsInWorker() makes its Jobs.
import { createJobs } from "./create_jobs.js";
import { offerJobs } from "./worker/jobs_host.js";
import { Peer } from "./worker/peer.js";

if (typeof globalThis.postMessage === "function") {
  offerJobs(new Peer(/** @type {any} */ (globalThis)), createJobs);
} else {
  const nodeModule = "node:worker_threads";
  import(/* @vite-ignore */ /* webpackIgnore: true */ nodeModule).then(({ parentPort }) =>
    offerJobs(new Peer(parentPort), createJobs),
  );
}
