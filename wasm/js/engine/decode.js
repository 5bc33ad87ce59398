// From the engine's JSON bytes to the values a program works with.

import { orOutOfMemory } from "./memory.js";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads JSON out of a view of the engine's memory, before anything can move it.
 * @param {Uint8Array | undefined} bytes none if that memory is full
 */
export function parseView(bytes) {
  return JSON.parse(decoder.decode(orOutOfMemory(bytes)));
}

/**
 * @param {any} job whose timestamps are milliseconds
 * @returns {import("../../index.d.ts").MediaAnalysisJob} the same, with its timestamps as Dates
 */
export function withDates(job) {
  for (const member of ["CreationTimestamp", "CompletionTimestamp"]) {
    if (member in job) job[member] = new Date(job[member]);
  }
  return job;
}

/**
 * @param {Uint8Array | undefined} bytes
 * @returns {import("../../index.d.ts").MediaAnalysisJob[]}
 */
export function parseJobs(bytes) {
  return parseView(bytes).map(withDates);
}
