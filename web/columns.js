// The table's columns: what each shows and which query field sorts by it.
import { html, nothing } from "lit";
import { localTime, s3Uri, title, took, utcTime } from "./format.js";
import { statusMark } from "./status.js";

function created({ CreationTimestamp: date }) {
  if (!date) return nothing;
  const [day, clock] = utcTime(date).split(" ");
  return html`<time datetime=${date.toISOString()} title=${localTime(date)}>${day} ${clock.slice(0, 5)}<span class="seconds">${clock.slice(5)}</span></time>`;
}

/**
 * @typedef {object} Column
 * @property {string} field    the query field that sorts by it, and its class name
 * @property {string} heading
 * @property {string} [unit]
 * @property {(job: import("rekognition-jobs").MediaAnalysisJob) => unknown} cell
 * @property {(job: import("rekognition-jobs").MediaAnalysisJob) => string} [whole]  the text, for when the cell cuts it
 */

/** @type {Column[]} */
export const COLUMNS = [
  {
    field: "name",
    heading: "Name",
    cell: (job) => (job.JobName === undefined ? html`<span class="nameless">${job.JobId}</span>` : job.JobName),
    whole: title,
  },
  { field: "status", heading: "Status", cell: (job) => statusMark(job.Status) },
  { field: "created", heading: "Created", unit: "UTC", cell: created },
  { field: "duration", heading: "Took", cell: took },
  { field: "code", heading: "Failure code", cell: (job) => job.FailureDetails?.Code, whole: (job) => job.FailureDetails?.Message ?? "" },
  { field: "input", heading: "Input", cell: (job) => s3Uri(job.Input?.S3Object), whole: (job) => s3Uri(job.Input?.S3Object) },
  { field: "model", heading: "Model", cell: (job) => job.Results?.ModelVersions?.Moderation },
];

const FIRST_DIRECTION = { created: ["created"] };

/**
 * What a click on a column's head makes of the sort: up, down, and the third click back to newest first.
 * @param {string} sort
 * @param {string} field
 */
export function nextSort(sort, field) {
  const cycle = ["", ...(FIRST_DIRECTION[field] ?? [field, `-${field}`])];
  return cycle[(Math.max(0, cycle.indexOf(sort)) + 1) % cycle.length];
}

/**
 * @param {string} sort
 * @param {string} field
 * @returns {"ascending" | "descending" | "none"}
 */
export function direction(sort, field) {
  const inEffect = sort || "-created";
  if (inEffect === field) return "ascending";
  return inEffect === `-${field}` ? "descending" : "none";
}
