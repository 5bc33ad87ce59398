// The script of the worker thread in which createJobsInWorker() makes its Jobs in Node.
import "./platform/node.js";
import "./offer_jobs.js";
