// The script of the worker in which createJobsInWorker() makes its Jobs. Elsewhere it does nothing.
import "./platform/default.js";
import "./offer_jobs.js";
