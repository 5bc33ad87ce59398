// Defines the table's columns: what each shows, which query field sorts by it, and which are shown.
import { html, nothing } from "lit-html";
import { TIME_HEADINGS, exactTime, shownTime, displayName, jobDuration } from "../ui/format.js";
import { isCompact, isStacked } from "../ui/list_layout.js";
import { fieldText } from "../query/job_fields.js";
import { statusBadge } from "../ui/status_badge.js";

function time(date, clock) {
  if (!date) return nothing;
  const [day, hours] = shownTime(date, clock);
  const seconds = hours ? html` ${hours.slice(0, 5)}<span class="seconds">${hours.slice(5)}</span>` : nothing;
  return html`<time datetime=${date.toISOString()}>${day}${seconds}</time>`;
}

const timeUnit = (times) => TIME_HEADINGS[times];
const moderation = (job) => job.OperationsConfig?.DetectModerationLabels;
const textOf = (field) => (job) => fieldText(job, field);

/**
 * @typedef {import("rekognition-jobs").MediaAnalysisJob} MediaAnalysisJob
 * @typedef {import("../state/state.js").State} State
 *
 * @typedef {object} Column
 * @property {string} field    the query field that sorts by it, and its class name
 * @property {string} heading
 * @property {number} width    in pixels, the least that it needs
 * @property {number} [compactWidth]  the least in a compact list, which has no room for seconds
 * @property {boolean} [grows] takes of the room that is left
 * @property {(times: State["times"]) => string} [unit]
 * @property {(job: MediaAnalysisJob, clock: { times: State["times"], now: number }) => unknown} cell
 * @property {(job: MediaAnalysisJob) => string | undefined} [fullText]  the text, for when the cell cuts it
 */

/** @type {Column[]} */
export const COLUMNS = [
  {
    field: "name",
    heading: "Name",
    width: 210,
    compactWidth: 150,
    grows: true,
    cell: (job) => (job.JobName === undefined ? html`<span class="untitled muted">${job.JobId}</span>` : job.JobName),
    fullText: displayName,
  },
  { field: "status", heading: "Status", width: 132, cell: (job) => statusBadge(job.Status) },
  {
    field: "created",
    heading: "Created",
    width: 168,
    compactWidth: 138,
    unit: timeUnit,
    cell: (job, clock) => time(job.CreationTimestamp, clock),
    fullText: (job) => exactTime(job.CreationTimestamp),
  },
  { field: "duration", heading: "Duration", width: 84, cell: jobDuration },
  {
    field: "code",
    heading: "Failure code",
    width: 190,
    compactWidth: 170,
    cell: (job) => job.FailureDetails?.Code,
    fullText: textOf("message"),
  },
  {
    field: "input",
    heading: "Input",
    width: 150,
    grows: true,
    cell: textOf("input"),
    fullText: textOf("input"),
  },
  { field: "model", heading: "Model", width: 76, cell: (job) => job.Results?.ModelVersions?.Moderation },
  {
    field: "completed",
    heading: "Completed",
    width: 168,
    compactWidth: 138,
    unit: timeUnit,
    cell: (job, clock) => time(job.CompletionTimestamp, clock),
    fullText: (job) => exactTime(job.CompletionTimestamp),
  },
  {
    field: "message",
    heading: "Failure message",
    width: 240,
    cell: textOf("message"),
    fullText: textOf("message"),
  },
  {
    field: "confidence",
    heading: "Min. confidence",
    width: 110,
    unit: () => "%",
    cell: (job) => moderation(job)?.MinConfidence,
  },
  {
    field: "project",
    heading: "Project version",
    width: 200,
    cell: textOf("project"),
    fullText: textOf("project"),
  },
  { field: "output", heading: "Output", width: 200, cell: textOf("output"), fullText: textOf("output") },
  { field: "kms", heading: "KMS key", width: 160, cell: textOf("kms"), fullText: textOf("kms") },
  { field: "id", heading: "JobId", width: 160, cell: textOf("id"), fullText: textOf("id") },
];

/** The default columns. Where there is no room for all, the last ones are dropped first. */
const BY_IMPORTANCE = ["name", "status", "created", "code", "duration", "input", "model"];
const TWO_LINES = ["name", "status", "created", "duration", "code"];

/**
 * Returns the columns to show, in table order.
 * @param {State} state
 */
export function shownColumns(state) {
  if (isStacked(state)) return COLUMNS.filter(({ field }) => TWO_LINES.includes(field));
  return COLUMNS.filter(({ field }) => (state.columns ?? fitting(state)).includes(field));
}

function widthOf({ field, width, compactWidth = width }, state) {
  return state.widths[field] ?? (isCompact(state) ? compactWidth : width);
}

function sum(columns, state) {
  return columns.reduce((total, column) => total + widthOf(column, state), 0);
}

function fitting(state) {
  const fields = [...BY_IMPORTANCE];
  const needed = () =>
    sum(
      COLUMNS.filter(({ field }) => fields.includes(field)),
      state,
    );
  while (fields.length > 1 && needed() > state.list.width) fields.pop();
  return fields;
}

/**
 * Computes grid-template-columns, and the width below which the list scrolls sideways.
 * @param {Column[]} columns
 * @param {State} state
 */
export function columnTracks(columns, state) {
  const needed = sum(columns, state);
  const room = Math.max(0, state.list.width - needed);
  const growing = columns.filter(({ field, grows }) => grows && !(field in state.widths));
  const tracks = columns.map((column) => {
    const extra = growing.includes(column) ? Math.floor(room / growing.length) : 0;
    return `${widthOf(column, state) + extra}px`;
  });
  return { "--columns": [...tracks, "1fr"].join(" "), "--columns-width": `${needed}px` };
}

const FIRST_DIRECTION = { created: ["created"] };

/**
 * Returns the sort after a click on a column head: ascending, descending, then newest first again.
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
