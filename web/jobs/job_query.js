// Runs the query of the shown source's jobs, and looks up the open job.
import { OutOfMemoryError } from "rekognition-jobs";
import { createListQuery } from "../query/list_query.js";
import { isScrolling } from "../ui/list_layout.js";
import { NO_ANSWER, shownSource } from "../state/state.js";

/**
 * @param {import("../state/state.js").Store} store
 * @param {{ onAnswer?: (jobs: import("rekognition-jobs").Jobs | null, view: import("rekognition-jobs").View | null,
 *   query: string) => void }} [tell]  onAnswer: a query has been run
 */
export function createJobQuery(store, { onAnswer } = {}) {
  const { state } = store;
  const shownJobs = () => shownSource(state)?.jobs;
  const list = createListQuery(store, shownJobs, (jobs, query) =>
    jobs.query(query, state.sort ? { sort: state.sort } : {}),
  );

  /** A sort that the engine does not know can only come from a hand-made link. */
  function runWithKnownSort() {
    try {
      return list.run();
    } catch (error) {
      if (!(error instanceof RangeError) || error instanceof OutOfMemoryError || !state.sort) throw error;
      store.set({ sort: "" });
      return list.run();
    }
  }

  /** Returns the row of the keyboard cursor: the open job's, if the result has it. */
  function cursorIn({ first, rows, matching }) {
    const [least, most] = isScrolling(state) ? [0, matching - 1] : [first, first + rows.length - 1];
    const open = state.job ? list.view.indexOf(state.job) : -1;
    return Math.max(least, Math.min(open < 0 ? state.cursor : open, most));
  }

  /** Looks up the open job and the one that it is compared with. */
  function inspected() {
    const { job, base } = state;
    const jobs = shownJobs();
    return { opened: job ? jobs?.get(job) : undefined, compared: base ? jobs?.get(base) : undefined };
  }

  return {
    /** Runs the query again: its text, the sort, the source or its jobs have changed. */
    query() {
      const jobs = shownJobs();
      if (!jobs) {
        list.close();
        store.set({ answer: NO_ANSWER, queryError: null, tokens: [], cursor: 0, ...inspected() });
        onAnswer?.(null, null, "");
        return;
      }
      const found = runWithKnownSort();
      // While jobs still come in, the wanted page may be yet to come.
      const page = shownSource(state).busy ? state.page : found.answer.page;
      store.set({ ...found, page, cursor: cursorIn(found.answer), ...inspected() });
      onAnswer?.(jobs, list.view, list.lastValidQuery);
    },

    /** Reads another page of the same result. */
    changePage() {
      if (!shownJobs() || !list.view) return;
      const answer = list.answer();
      store.set({ answer, page: answer.page, cursor: isScrolling(state) ? state.cursor : answer.first });
    },

    scroll: list.scroll,
    snapshot: list.snapshot,

    /** Looks up the open jobs again. */
    inspect() {
      store.set(inspected());
    },
  };
}
