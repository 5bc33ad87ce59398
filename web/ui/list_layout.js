// Lays out a list for its size: lines per row, row height, and which rows to render.

const STACKED_BELOW = 560;
const COMPACT_BELOW = 800;
const OVERSCAN = 12;
const OVERSCAN_WHEN_FAST = 3;
const STEP = 8;

/** @param {{ list: { width: number, height: number } }} state */
export function isStacked({ list }) {
  return list.width < STACKED_BELOW;
}

/** @param {{ list: { width: number, height: number } }} state */
export function isCompact({ list }) {
  return list.width < COMPACT_BELOW;
}

/** The height of a row in CSS pixels; jobs/job_table.css and results/results.css must agree. */
export function rowHeight(state) {
  if (state.images) return 108;
  return isStacked(state) ? 52 : 28;
}

/** Whether the list scrolls through all rows, instead of showing numbered pages. */
export function isScrolling({ size }) {
  return size === 0;
}

/** Counts the rows that are visible in full. */
export function fullyVisibleRows(state) {
  return Math.max(1, Math.floor(state.list.height / rowHeight(state)));
}

/** Returns the rows that are visible, in full or in part. */
export function visibleRange(state) {
  return { first: state.firstVisibleRow, count: fullyVisibleRows(state) + 2 };
}

/**
 * Returns the rows to render: the visible ones and some on both sides, in steps, so that most scrolling renders nothing.
 * @param {Pick<import("../state/state.js").ListState, "list" | "size" | "page" | "firstVisibleRow" | "isFastScrolling">} state
 * @param {number} matching
 * @param {number} [page]
 * @returns {{ first: number, count: number }}
 */
export function renderedRange(state, matching, page = state.page) {
  const spare = state.isFastScrolling ? OVERSCAN_WHEN_FAST : OVERSCAN;
  const step = state.isFastScrolling ? 1 : STEP;
  const count = isScrolling(state) ? fullyVisibleRows(state) + 2 * spare + step : state.size;
  const wanted = isScrolling(state)
    ? Math.floor((state.firstVisibleRow - spare) / step) * step
    : (page - 1) * state.size;
  const first = isScrolling(state) ? Math.max(0, Math.min(wanted, matching - count)) : wanted;
  return { first, count: Math.max(0, Math.min(count, matching - first)) };
}
