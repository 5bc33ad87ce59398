// Runs the query of the shown source's jobs, and looks up the open job.
import { OutOfMemoryError } from "rekognition-jobs";
import { createListQuery } from "../query/list_query.js";
import { isScrolling } from "../ui/list_layout.js";
import { oneAtATime } from "../ui/one_at_a_time.js";
import { NO_ANSWER, shownSource } from "../state/state.js";
import { reactive } from "../state/reactive.js";

/**
 * @param {import("../state/state.js").Store} store
 * @param {import("../engine/language.js").Language} language
 * @param {{ onAnswer?: (jobs: import("rekognition-jobs").AsyncJobs | null,
 *   view: import("rekognition-jobs").AsyncView | null, query: string) => void }} [tell]  onAnswer: a query has been run
 */
export function createJobQuery(store, language, { onAnswer } = {}) {
  const { state } = store;
  const shownJobs = () => shownSource(state)?.jobs;
  const list = createListQuery(store, {
    language,
    engine: shownJobs,
    open: openWithKnownSort,
    count: (jobs) => jobs.size,
  });
  /** Whose rows are shown. @type {import("rekognition-jobs").AsyncJobs | null | undefined} */
  let answering;

  /** A sort that the engine does not know can only come from a hand-made link. */
  async function openWithKnownSort(jobs, query) {
    try {
      return await jobs.query(query, state.sort ? { sort: state.sort } : {});
    } catch (error) {
      if (!(error instanceof RangeError) || error instanceof OutOfMemoryError || !state.sort) throw error;
      store.set({ sort: "" });
      return jobs.query(query);
    }
  }

  /** Returns the row of the keyboard cursor: the open job's, if the result has it. */
  function cursorIn({ first, rows, matching }, open) {
    const [least, most] = isScrolling(state) ? [0, matching - 1] : [first, first + rows.length - 1];
    return Math.max(least, Math.min(open < 0 ? state.cursor : open, most));
  }

  /** Looks up the open job and the one that it is compared with. */
  async function inspected(jobs) {
    const { job, base } = state;
    const [opened, compared] = await Promise.all([job, base].map((id) => (id ? jobs?.get(id) : undefined)));
    return { job, base, opened, compared };
  }

  /** Shows what was looked up, unless other jobs have been opened meanwhile. */
  function showInspected({ job, base, opened, compared }) {
    if (job === state.job && base === state.base) store.set({ opened, compared });
  }

  /** How often the query was asked, and the number of the one that is answered. */
  let [asked, answered] = [0, 0];

  /** Returns the page that the state is to name: the one that is shown, unless another has been asked meanwhile. */
  function pageAfter(wanted, answer) {
    // While jobs still come in, the wanted page may be yet to come.
    return state.page !== wanted || shownSource(state).busy ? state.page : answer.page;
  }

  async function ask(jobs) {
    const number = asked;
    const found = await list.ask(jobs, async (view) => {
      const { job, page } = state;
      const [open, looked] = await Promise.all([job ? view.indexOf(job) : -1, inspected(jobs)]);
      return { wanted: page, open: job === state.job ? open : -1, looked };
    });
    if (!found) return;
    const { answer, queryError, wanted, open, looked } = found;
    answering = jobs;
    answered = number;
    store.set({ answer, queryError, page: pageAfter(wanted, answer), cursor: cursorIn(answer, open) });
    showInspected(looked);
    onAnswer?.(jobs, list.view, list.lastValidQuery);
    list.scroll();
  }

  async function turnPage(view) {
    const { page: wanted } = state;
    const answer = await list.answerOf(view);
    if (view !== list.view) return;
    const { all, milliseconds } = state.answer;
    const cursor = isScrolling(state) ? state.cursor : answer.first;
    store.set({ answer: reactive({ ...answer, all, milliseconds }), page: pageAfter(wanted, answer), cursor });
  }

  // In turn: a page of the view before says nothing of the view that a running query gives.
  const catchUp = oneAtATime(async () => {
    const jobs = shownJobs();
    if (!jobs) return;
    if (answered < asked) await ask(jobs);
    else if (list.view) await turnPage(list.view);
  });

  return {
    /** Runs the query again: its text, the sort, the source or its jobs have changed. Resolves once it is answered. */
    async query() {
      const jobs = shownJobs();
      if (!jobs || jobs !== answering) {
        answering = null;
        list.close();
        store.set({ answer: NO_ANSWER });
        onAnswer?.(null, null, "");
      }
      if (!jobs) {
        store.set({ isAsking: false, queryError: null, tokens: [], cursor: 0, opened: undefined, compared: undefined });
        return;
      }
      asked += 1;
      await list.run(catchUp);
    },

    /** Reads another page of the same result. Resolves once it is shown. */
    changePage: () => list.asking(catchUp),

    /** A job of the result that need not be rendered. @param {number} row */
    async jobAt(row) {
      const { view } = list;
      return (await view?.rows(row, 1).catch(() => []))?.[0];
    },

    scroll: list.scroll,
    snapshot: list.snapshot,

    /** Looks up the open jobs again. */
    async inspect() {
      const jobs = shownJobs();
      if (!state.job) store.set({ opened: undefined, compared: undefined });
      const looked = await inspected(jobs);
      if (jobs === shownJobs()) showInspected(looked);
    },
  };
}
