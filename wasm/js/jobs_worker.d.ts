// The types of jobs_worker.js, the script of a worker, which exports nothing.
export {};
