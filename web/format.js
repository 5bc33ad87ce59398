// How numbers, times, durations and places are written.

const COUNT = new Intl.NumberFormat("en-US");
const LOCAL = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param {number} number */
export function count(number) {
  return COUNT.format(number);
}

/**
 * @param {number} number
 * @param {string} noun  in the singular
 */
export function plural(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/**
 * A text of at most so many characters, with an ellipsis for what is left out.
 * @param {string} text
 * @param {number} most
 * @param {number} [head]  how many of them are its first ones; the others are its last
 */
export function shortened(text, most, head = Math.ceil(most / 2)) {
  return text.length <= most ? text : `${text.slice(0, head)}…${text.slice(text.length - most + head)}`;
}

/** @param {number} size */
export function bytes(size) {
  if (size < 1_000_000) return `${count(Math.ceil(size / 1000))} kB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}

/** @param {number} milliseconds */
export function answerTime(milliseconds) {
  return milliseconds < 0.1 ? "under 0.1 ms" : `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

/**
 * UTC, as the query language reads dates.
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
 * How long before `now`: "5 m ago", "3 h ago", "12 d ago".
 * @param {Date} date
 * @param {number} now
 */
export function age(date, now) {
  const passed = now - date.getTime();
  /** @type {[length: number, unit: string][]} */
  const units = [[DAY, "d"], [HOUR, "h"], [MINUTE, "m"]];
  const found = units.find(([length]) => Math.abs(passed) >= length);
  if (!found) return "just now";
  const text = `${count(Math.floor(Math.abs(passed) / found[0]))} ${found[1]}`;
  return passed > 0 ? `${text} ago` : `in ${text}`;
}

/**
 * How long ago the jobs were read: "12 s ago", then as other ages.
 * @param {Date} date
 * @param {number} now  may be a little earlier
 */
export function sinceReading(date, now) {
  const seconds = Math.floor((now - date.getTime()) / SECOND);
  if (seconds < 1) return "just now";
  return seconds < 60 ? `${seconds} s ago` : age(date, now);
}

/**
 * A time as the person wants times in the table: day and clock, or the age alone.
 * @param {Date} date
 * @param {{ times: string, now: number }} state
 * @returns {string[]}
 */
export function shownTime(date, { times, now }) {
  if (times === "age") return [age(date, now)];
  return (times === "local" ? localStamp(date) : utcTime(date)).split(" ");
}

/**
 * A tick of a time axis whose ticks are so far apart: the clock, the day or the month, as short as tells them apart.
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
 * Both, for where there is room.
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
 * The two largest units: "2m 05s", "1h 12m", "3d 4h".
 * @param {number} milliseconds
 */
export function duration(milliseconds) {
  if (milliseconds < 0) return `−${duration(-milliseconds)}`;
  const two = (number) => String(number).padStart(2, "0");
  if (milliseconds < MINUTE) {
    const seconds = milliseconds / SECOND;
    return `${seconds < 10 ? Math.floor(seconds * 10) / 10 : Math.floor(seconds)}s`;
  }
  const whole = (unit) => Math.floor(milliseconds / unit);
  if (milliseconds < HOUR) return `${whole(MINUTE)}m ${two(whole(SECOND) % 60)}s`;
  if (milliseconds < DAY) return `${whole(HOUR)}h ${two(whole(MINUTE) % 60)}m`;
  return `${count(whole(DAY))}d ${whole(HOUR) % 24}h`;
}

/** @param {import("rekognition-jobs").MediaAnalysisJob} job */
export function took(job) {
  if (!job.CreationTimestamp || !job.CompletionTimestamp) return "";
  return duration(job.CompletionTimestamp.getTime() - job.CreationTimestamp.getTime());
}

/** @param {{ Bucket?: string, Name?: string } | undefined} object */
export function s3Uri(object) {
  if (!object?.Bucket) return "";
  return `s3://${object.Bucket}/${object.Name ?? ""}`;
}

/**
 * What a person calls the job: its name, or its id when it has none.
 * @param {import("rekognition-jobs").MediaAnalysisJob} job
 */
export function title(job) {
  return job.JobName ?? job.JobId;
}
