// From the engine's JSON bytes to the values a program works with.

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads JSON out of a view of the engine's memory, before anything can move it.
 * @param {Uint8Array} bytes
 */
export function parseView(bytes) {
  return JSON.parse(decoder.decode(bytes));
}

/**
 * @param {any} job whose timestamps are milliseconds
 * @returns {import("../index.d.ts").MediaAnalysisJob} the same, with its timestamps as Dates
 */
export function withDates(job) {
  for (const member of ["CreationTimestamp", "CompletionTimestamp"]) {
    if (member in job) job[member] = new Date(job[member]);
  }
  return job;
}

/**
 * @param {Uint8Array} bytes
 * @returns {import("../index.d.ts").MediaAnalysisJob[]}
 */
export function parseJobs(bytes) {
  return parseView(bytes).map(withDates);
}
