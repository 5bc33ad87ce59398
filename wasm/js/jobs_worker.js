// The script of the worker in which createJobsInWorker() makes its Jobs. Elsewhere it does nothing.
import "./platform/any.js";
import "./answer_jobs.js";
