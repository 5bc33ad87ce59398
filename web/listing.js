// Asks the engine for the rows that the state wants, and keeps the last readable answer when the query is not.
import { QueryError } from "rekognition-jobs";
import { shownSource } from "./state.js";

const NOTHING = { rows: [], page: 1, pages: 0, matching: 0, all: 0, milliseconds: 0 };

/** @param {import("./state.js").Store} store */
export function createListing(store) {
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

  function answer(jobs, page, size) {
    const last = Math.max(1, Math.ceil(view.length / size));
    const shown = view.page(Math.min(page, last), size);
    return { rows: shown.items, page: shown.number, pages: shown.pages, matching: shown.total, all: jobs.size, milliseconds };
  }

  return {
    /** The query, the sort, the source or its jobs have changed. */
    query() {
      const { state } = store;
      const source = shownSource(state);
      if (!source?.jobs) {
        replaceView(null);
        store.set({ answer: NOTHING, queryError: null, opened: undefined, cursor: 0 });
        return;
      }
      const queryError = askWithKnownSort(source.jobs, state.query, state.sort);
      const shown = answer(source.jobs, state.page, state.size);
      store.set({
        answer: shown,
        queryError,
        // While jobs still come in, the wanted page may be yet to come.
        page: source.busy ? state.page : shown.page,
        cursor: Math.max(0, Math.min(state.cursor, shown.rows.length - 1)),
        opened: state.job ? source.jobs.get(state.job) : undefined,
      });
    },

    /** Only the page or its size has changed. */
    turn() {
      const { state } = store;
      const jobs = shownSource(state)?.jobs;
      if (!jobs || !view) return;
      const shown = answer(jobs, state.page, state.size);
      store.set({ answer: shown, page: shown.page, cursor: 0 });
    },

    /** The answer once more, for who needs it longer than it is shown: theirs to close. */
    snapshot() {
      const { sort } = store.state;
      return shownSource(store.state)?.jobs?.query(readable, sort ? { sort } : {});
    },

    /** Another job is open. */
    inspect() {
      const { state } = store;
      store.set({ opened: state.job ? shownSource(state)?.jobs?.get(state.job) : undefined });
    },
  };
}
