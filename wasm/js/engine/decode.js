// Decodes the engine's JSON to JavaScript values; timestamps become Dates.

import { TextDecoder } from "../util/web_classes.js";
import { orOutOfMemory } from "./memory.js";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Parses JSON in a view of the engine's memory. Call it at once: the view becomes invalid when the memory grows.
 * @param {Uint8Array | undefined} bytes undefined if that memory is full
 */
export function parseView(bytes) {
  return JSON.parse(decoder.decode(orOutOfMemory(bytes)));
}

/**
 * Converts the timestamps of a job.
 * @param {any} job with timestamps in milliseconds
 * @returns {import("../../index.d.ts").MediaAnalysisJob} the same object, with Dates
 */
export function withDates(job) {
  for (const member of ["CreationTimestamp", "CompletionTimestamp"]) {
    if (member in job) job[member] = new Date(job[member]);
  }
  return job;
}

/**
 * Parses an array of jobs, as parseView().
 * @param {Uint8Array | undefined} bytes
 * @returns {import("../../index.d.ts").MediaAnalysisJob[]}
 */
export function parseJobs(bytes) {
  return parseView(bytes).map(withDates);
}
