// Offers a Jobs at the port of the worker that runs this; elsewhere it does nothing.
import { createJobs } from "./create_jobs.js";
import { platform } from "./platform/platform.js";
import { offerJobs } from "./worker/jobs_host.js";
import { Peer } from "./worker/peer.js";

const isThread = typeof globalThis.postMessage !== "function";
const isPage = globalThis.document !== undefined;
/** @type {any} */
const port = isThread ? platform.builtin?.("node:worker_threads")?.parentPort : isPage ? null : globalThis;
if (port) offerJobs(new Peer(port), createJobs);
