// Writes a time range as a value of the query field "created".

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** The precisions of a date: the interval that it names, and from which length of the range it is used. */
const PRECISIONS = [
  { length: DAY, from: 10 * DAY, write: (text) => text.slice(0, 10) },
  { length: MINUTE, from: 60 * MINUTE, write: (text) => `${text.slice(0, 16)}Z` },
  { length: SECOND, from: 60 * SECOND, write: (text) => `${text.slice(0, 19)}Z` },
  { length: 1, from: 0, write: (text) => text },
];

/**
 * Writes "a..b" with dates as coarse as the range is long; it covers the whole range.
 * @param {number} from  milliseconds since 1970
 * @param {number} to
 */
export function timeRange(from, to) {
  const { length, write } = PRECISIONS.find((precision) => to - from >= precision.from);
  const start = Math.floor(from / length) * length;
  const last = Math.max(start, Math.floor(to / length) * length);
  const [first, end] = [start, last].map((time) => write(new Date(time).toISOString()));
  return `${first}..${end}`;
}
