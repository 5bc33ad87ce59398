// How the list is laid out at its size: lines a row, the height of a row, and which rows are drawn.

const TWO_LINES_BELOW = 560;
const TIGHT_BELOW = 800;
const SPARE_ROWS = 12;
const SPARE_IN_A_LEAP = 3;
const STEP = 8;

/** @param {{ list: { width: number, height: number } }} state */
export function isTwoLine({ list }) {
  return list.width < TWO_LINES_BELOW;
}

/** @param {{ list: { width: number, height: number } }} state */
export function isTight({ list }) {
  return list.width < TIGHT_BELOW;
}

/** The height of a row in CSS pixels; css/job_table.css and css/results.css draw it so. */
export function rowHeight(state) {
  if (state.images) return 108;
  return isTwoLine(state) ? 52 : 28;
}

/** Whether the list scrolls through all rows, instead of showing numbered pages. */
export function isScrolling({ size }) {
  return size === 0;
}

/** The rows that can be seen, without those that are cut off. */
export function wholeRows(state) {
  return Math.max(1, Math.floor(state.list.height / rowHeight(state)));
}

/** The rows that can be seen, whole or in part. */
export function rowsInSight(state) {
  return { first: state.top, count: wholeRows(state) + 2 };
}

/**
 * The rows to draw: those in sight and some more on both sides, in steps, so that most scrolling draws nothing.
 * @param {import("./state.js").State} state
 * @param {number} matching
 * @returns {{ first: number, count: number }}
 */
export function drawnRows(state, matching) {
  const spare = state.isLeaping ? SPARE_IN_A_LEAP : SPARE_ROWS;
  const step = state.isLeaping ? 1 : STEP;
  const count = isScrolling(state) ? wholeRows(state) + 2 * spare + step : state.size;
  const wanted = isScrolling(state) ? Math.floor((state.top - spare) / step) * step : (state.page - 1) * state.size;
  const first = isScrolling(state) ? Math.max(0, Math.min(wanted, matching - count)) : wanted;
  return { first, count: Math.max(0, Math.min(count, matching - first)) };
}
