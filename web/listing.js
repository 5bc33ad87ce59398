// Asks the engine for the rows that the state wants, and keeps the last readable answer when the query is not.
import { QueryError } from "rekognition-jobs";
import { drawnRows, isScrolling } from "./geometry.js";
import { NO_ANSWER, shownSource } from "./state.js";

/**
 * @param {import("./state.js").Store} store
 * @param {{ onAnswer?: (jobs: import("rekognition-jobs").Jobs | null, view: import("rekognition-jobs").View | null,
 *   query: string) => void }} [tell]  onAnswer: a query has been answered
 */
export function createListing(store, { onAnswer } = {}) {
  /** @type {import("rekognition-jobs").View | null} */
  let view = null;
  let readable = "";
  let milliseconds = 0;

  function replaceView(next) {
    view?.close();
    view = next;
  }

  function ask(jobs, query, sort) {
    const start = performance.now();
    const next = jobs.query(query, sort ? { sort } : {});
    milliseconds = performance.now() - start;
    replaceView(next);
  }

  /** @returns {QueryError | null} what was wrong with the query, when the last readable one was asked instead */
  function askReadable(jobs, query, sort) {
    try {
      ask(jobs, query, sort);
      readable = query;
      return null;
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      ask(jobs, readable, sort);
      return error;
    }
  }

  /** A sort that the engine does not know can only come from a hand-made link. */
  function askWithKnownSort(jobs, query, sort) {
    try {
      return askReadable(jobs, query, sort);
    } catch (error) {
      if (!(error instanceof RangeError) || !sort) throw error;
      store.set({ sort: "" });
      return askReadable(jobs, query, "");
    }
  }

  function answer(jobs, state) {
    const matching = view.length;
    const pages = isScrolling(state) ? Math.min(matching, 1) : Math.ceil(matching / state.size);
    const page = Math.min(state.page, Math.max(1, pages));
    const { first, count } = drawnRows({ ...state, page }, matching);
    return { rows: view.rows(first, count), first, page, pages, matching, all: jobs.size, milliseconds };
  }

  /** The rows from `first` on, of which those that are drawn already stay the same objects and need no new drawing. */
  function rowsFrom(first, count, before) {
    const [end, endBefore] = [first + count, before.first + before.rows.length];
    if (end <= before.first || first >= endBefore) return view.rows(first, count);
    const head = first < before.first ? view.rows(first, before.first - first) : [];
    const kept = before.rows.slice(Math.max(0, first - before.first), end - before.first);
    return [...head, ...kept, ...(end > endBefore ? view.rows(endBefore, end - endBefore) : [])];
  }

  /** The row that the arrow keys stand on: the open job's where the answer has it. */
  function cursorIn({ first, rows, matching }, state) {
    const [least, most] = isScrolling(state) ? [0, matching - 1] : [first, first + rows.length - 1];
    const open = state.job ? view.indexOf(state.job) : -1;
    return Math.max(least, Math.min(open < 0 ? state.cursor : open, most));
  }

  /** The open job and the one beside it. */
  function inspected(jobs, { job, base }) {
    return { opened: job ? jobs?.get(job) : undefined, compared: base ? jobs?.get(base) : undefined };
  }

  return {
    /** The query, the sort, the source or its jobs have changed. */
    query() {
      const { state } = store;
      const source = shownSource(state);
      if (!source?.jobs) {
        replaceView(null);
        store.set({ answer: NO_ANSWER, queryError: null, tokens: [], cursor: 0, ...inspected(null, state) });
        onAnswer?.(null, null, "");
        return;
      }
      const queryError = askWithKnownSort(source.jobs, state.query, state.sort);
      const shown = answer(source.jobs, state);
      store.set({
        answer: shown,
        queryError,
        tokens: source.jobs.tokens(state.query),
        // While jobs still come in, the wanted page may be yet to come.
        page: source.busy ? state.page : shown.page,
        cursor: cursorIn(shown, state),
        ...inspected(source.jobs, state),
      });
      onAnswer?.(source.jobs, view, readable);
    },

    /** Only the page or its size has changed. */
    turn() {
      const { state } = store;
      const jobs = shownSource(state)?.jobs;
      if (!jobs || !view) return;
      const shown = answer(jobs, state);
      store.set({ answer: shown, page: shown.page, cursor: isScrolling(state) ? state.cursor : shown.first });
    },

    /** Other rows are in sight. */
    scroll() {
      const { state } = store;
      const jobs = shownSource(state)?.jobs;
      if (!jobs || !view || !isScrolling(state)) return;
      const { answer: before } = state;
      const { first, count } = drawnRows(state, before.matching);
      if (first === before.first && count === before.rows.length) return;
      store.set({ answer: { ...before, first, rows: rowsFrom(first, count, before) } });
    },

    /** The answer once more, for who needs it longer than it is shown: theirs to close. */
    snapshot() {
      const { sort } = store.state;
      return shownSource(store.state)?.jobs?.query(readable, sort ? { sort } : {});
    },

    /** Another job is open, or beside the open one. */
    inspect() {
      store.set(inspected(shownSource(store.state)?.jobs, store.state));
    },
  };
}
