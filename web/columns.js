// The table's columns: what each shows, which query field sorts by it, and which are shown.
import { html, nothing } from "lit";
import { TIME_HEADINGS, exactTime, s3Uri, shownTime, title, took } from "./format.js";
import { isTight, isTwoLine } from "./geometry.js";
import { statusMark } from "./status.js";

function time(date, state) {
  if (!date) return nothing;
  const [day, clock] = shownTime(date, state);
  const seconds = clock ? html` ${clock.slice(0, 5)}<span class="seconds">${clock.slice(5)}</span>` : nothing;
  return html`<time datetime=${date.toISOString()}>${day}${seconds}</time>`;
}

const timeUnit = ({ times }) => TIME_HEADINGS[times];
const moderation = (job) => job.OperationsConfig?.DetectModerationLabels;
const outputUri = ({ OutputConfig: place }) => s3Uri({ Bucket: place?.S3Bucket, Name: place?.S3KeyPrefix });

/**
 * @typedef {import("rekognition-jobs").MediaAnalysisJob} MediaAnalysisJob
 * @typedef {import("./state.js").State} State
 *
 * @typedef {object} Column
 * @property {string} field    the query field that sorts by it, and its class name
 * @property {string} heading
 * @property {number} width    in pixels, the least that it needs
 * @property {number} [tight]  the least in a tight list, which has no room for seconds
 * @property {boolean} [grows] takes of the room that is left
 * @property {(state: State) => string} [unit]
 * @property {(job: MediaAnalysisJob, state: State) => unknown} cell
 * @property {(job: MediaAnalysisJob) => string | undefined} [whole]  the text, for when the cell cuts it
 */

/** @type {Column[]} */
export const COLUMNS = [
  {
    field: "name",
    heading: "Name",
    width: 210,
    tight: 150,
    grows: true,
    cell: (job) => (job.JobName === undefined ? html`<span class="nameless">${job.JobId}</span>` : job.JobName),
    whole: title,
  },
  { field: "status", heading: "Status", width: 132, cell: (job) => statusMark(job.Status) },
  {
    field: "created",
    heading: "Created",
    width: 168,
    tight: 138,
    unit: timeUnit,
    cell: (job, state) => time(job.CreationTimestamp, state),
    whole: (job) => exactTime(job.CreationTimestamp),
  },
  { field: "duration", heading: "Took", width: 84, cell: took },
  {
    field: "code",
    heading: "Failure code",
    width: 190,
    tight: 170,
    cell: (job) => job.FailureDetails?.Code,
    whole: (job) => job.FailureDetails?.Message,
  },
  {
    field: "input",
    heading: "Input",
    width: 150,
    grows: true,
    cell: (job) => s3Uri(job.Input?.S3Object),
    whole: (job) => s3Uri(job.Input?.S3Object),
  },
  { field: "model", heading: "Model", width: 76, cell: (job) => job.Results?.ModelVersions?.Moderation },
  {
    field: "completed",
    heading: "Completed",
    width: 168,
    tight: 138,
    unit: timeUnit,
    cell: (job, state) => time(job.CompletionTimestamp, state),
    whole: (job) => exactTime(job.CompletionTimestamp),
  },
  {
    field: "message",
    heading: "Failure message",
    width: 240,
    cell: (job) => job.FailureDetails?.Message,
    whole: (job) => job.FailureDetails?.Message,
  },
  { field: "confidence", heading: "Confidence", width: 110, unit: () => "%",
    cell: (job) => moderation(job)?.MinConfidence },
  {
    field: "project",
    heading: "Project version",
    width: 200,
    cell: (job) => moderation(job)?.ProjectVersion,
    whole: (job) => moderation(job)?.ProjectVersion,
  },
  { field: "output", heading: "Output", width: 200, cell: outputUri, whole: outputUri },
  { field: "kms", heading: "KMS key", width: 160, cell: (job) => job.KmsKeyId, whole: (job) => job.KmsKeyId },
  { field: "id", heading: "JobId", width: 160, cell: (job) => job.JobId, whole: (job) => job.JobId },
];

/**
 * The text of a job's name, id, message or S3 URI, as the query language sees it.
 * @param {MediaAnalysisJob} job
 * @param {string} field
 * @returns {string | undefined}
 */
export function fieldText(job, field) {
  const uris = { results: job.Results?.S3Object, summary: job.ManifestSummary?.S3Object };
  if (field in uris) return s3Uri(uris[field]) || undefined;
  return field === "name" ? job.JobName : COLUMNS.find((column) => column.field === field)?.whole?.(job) || undefined;
}

/** Shown unless others are chosen; where there is no room for all, the last of these go first. */
const BY_IMPORTANCE = ["name", "status", "created", "code", "duration", "input", "model"];
const TWO_LINES = ["name", "status", "created", "duration", "code"];

/**
 * The columns to show, in the table's order.
 * @param {State} state
 */
export function shownColumns(state) {
  if (isTwoLine(state)) return COLUMNS.filter(({ field }) => TWO_LINES.includes(field));
  return COLUMNS.filter(({ field }) => (state.columns ?? fitting(state)).includes(field));
}

function widthOf({ field, width, tight = width }, state) {
  return state.widths[field] ?? (isTight(state) ? tight : width);
}

function sum(columns, state) {
  return columns.reduce((total, column) => total + widthOf(column, state), 0);
}

function fitting(state) {
  const fields = [...BY_IMPORTANCE];
  const needed = () => sum(COLUMNS.filter(({ field }) => fields.includes(field)), state);
  while (fields.length > 1 && needed() > state.list.width) fields.pop();
  return fields;
}

/**
 * The columns as CSS's grid-template-columns, and the width below which the list scrolls sideways.
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
