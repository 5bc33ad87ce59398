// Formats numbers, times and durations.

const COUNT = new Intl.NumberFormat("en-US");
const LOCAL = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param {number} number */
export function formatCount(number) {
  return COUNT.format(number);
}

/**
 * @param {number} number
 * @param {string} noun  in the singular
 */
export function plural(number, noun) {
  return `${formatCount(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/**
 * Shortens a text to at most `most` characters, with an ellipsis for what is left out.
 * @param {string} text
 * @param {number} most
 * @param {number} [head]  how many of them are its first ones; the others are its last
 */
export function truncateMiddle(text, most, head = Math.ceil(most / 2)) {
  return text.length <= most ? text : `${text.slice(0, head)}…${text.slice(text.length - most + head)}`;
}

/** @param {number} size */
export function formatBytes(size) {
  if (size < 1_000_000) return `${formatCount(Math.ceil(size / 1000))} kB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}

/** @param {number} milliseconds */
export function answerTime(milliseconds) {
  return milliseconds < 0.1 ? "<0.1 ms" : `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

/**
 * Formats a time in UTC, as the query language reads it.
 * @param {Date} date
 */
export function utcTime(date) {
  return date.toISOString().slice(0, 19).replace("T", " ");
}

/** @param {Date} date */
export function localTime(date) {
  return LOCAL.format(date);
}

/** How the table writes times. */
export const TIMES = ["utc", "local", "age"];
export const TIME_HEADINGS = { utc: "UTC", local: "local", age: "" };

function localStamp(date) {
  const two = (number) => String(number).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`;
}

/**
 * Formats a time relative to `now`: "5 m ago", "3 h ago", "12 d ago".
 * @param {Date} date
 * @param {number} now
 */
export function age(date, now) {
  const passed = now - date.getTime();
  /** @type {[length: number, unit: string][]} */
  const units = [
    [DAY, "d"],
    [HOUR, "h"],
    [MINUTE, "m"],
  ];
  const found = units.find(([length]) => Math.abs(passed) >= length);
  if (!found) return "just now";
  const text = `${formatCount(Math.floor(Math.abs(passed) / found[0]))} ${found[1]}`;
  return passed > 0 ? `${text} ago` : `in ${text}`;
}

/**
 * Formats a time relative to `now`, to the second: "12 s ago".
 * @param {Date} date
 * @param {number} now  may be a little earlier
 */
export function relativeTime(date, now) {
  const seconds = Math.floor((now - date.getTime()) / SECOND);
  if (seconds < 1) return "just now";
  return seconds < 60 ? `${seconds} s ago` : age(date, now);
}

/**
 * Formats a time as the table shows it: day and clock, or the age alone.
 * @param {Date} date
 * @param {{ times: string, now: number }} state
 * @returns {string[]}
 */
export function shownTime(date, { times, now }) {
  if (times === "age") return [age(date, now)];
  return (times === "local" ? localStamp(date) : utcTime(date)).split(" ");
}

/**
 * Formats a tick of a time axis: clock, day or month, as short as the distance of the ticks allows.
 * @param {number} milliseconds
 * @param {number} distance
 * @param {boolean} isLocal
 */
export function tickTime(milliseconds, distance, isLocal) {
  const date = new Date(milliseconds);
  const [day, clock] = shownTime(date, { times: isLocal ? "local" : "utc", now: 0 });
  if (distance >= 28 * DAY) return day.slice(0, 7);
  if (distance >= DAY || clock === "00:00:00") return day.slice(5);
  return distance >= MINUTE ? clock.slice(0, 5) : clock;
}

/**
 * Formats a time in UTC and in local time.
 * @param {Date | undefined} date
 */
export function exactTime(date) {
  return date && `${utcTime(date)} UTC, ${localTime(date)}`;
}

/** @param {Date} date */
export function clockTime(date) {
  return CLOCK.format(date);
}

/**
 * Formats a duration by its two largest units: "2m 05s", "1h 12m", "3d 4h".
 * @param {number} milliseconds
 */
export function formatDuration(milliseconds) {
  if (milliseconds < 0) return `−${formatDuration(-milliseconds)}`;
  const two = (number) => String(number).padStart(2, "0");
  if (milliseconds < MINUTE) {
    const seconds = milliseconds / SECOND;
    return `${seconds < 10 ? Math.floor(seconds * 10) / 10 : Math.floor(seconds)}s`;
  }
  const whole = (unit) => Math.floor(milliseconds / unit);
  if (milliseconds < HOUR) return `${whole(MINUTE)}m ${two(whole(SECOND) % 60)}s`;
  if (milliseconds < DAY) return `${whole(HOUR)}h ${two(whole(MINUTE) % 60)}m`;
  return `${formatCount(whole(DAY))}d ${whole(HOUR) % 24}h`;
}

/** @param {import("rekognition-jobs").MediaAnalysisJob} job */
export function jobDuration(job) {
  if (!job.CreationTimestamp || !job.CompletionTimestamp) return "";
  return formatDuration(job.CompletionTimestamp.getTime() - job.CreationTimestamp.getTime());
}

/**
 * Returns the name of a job, or its JobId when it has none.
 * @param {import("rekognition-jobs").MediaAnalysisJob} job
 */
export function displayName(job) {
  return job.JobName ?? job.JobId;
}
