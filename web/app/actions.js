// Defines what a person can do on the page, each as one change of the state.
import { requestOf, withoutSecrets } from "../sources/account_request.js";
import { nextSort } from "../jobs/columns.js";
import { copyText } from "../ui/clipboard.js";
import { sortedByKind } from "../sources/file_kind.js";
import { isScrolling } from "../ui/list_layout.js";
import { listActions } from "../query/list_actions.js";
import { pageActions } from "./page_actions.js";
import { queryActions } from "../query/query_actions.js";
import { NO_CONNECTION, shownSource } from "../state/state.js";
import { tableActions } from "../jobs/table_actions.js";

const COPIED_FOR = 1500;

/**
 * @param {object} page
 * @param {import("../state/state.js").Store} page.store
 * @param {Readonly<ReturnType<typeof import("../jobs/job_query.js").createJobQuery>>} page.jobQuery
 * @param {Readonly<ReturnType<typeof import("../sources/sources.js").createSources>>} page.sources
 * @param {Readonly<ReturnType<typeof import("./url_state.js").createUrlState>>} page.urlState
 * @param {Readonly<ReturnType<typeof import("../sources/auto_refresh.js").createAutoRefresh>>} page.autoRefresh
 * @param {Readonly<ReturnType<typeof import("../ui/virtual_scroller.js").createVirtualScroller>>} page.scroller
 * @param {Readonly<ReturnType<typeof import("../query/autocomplete.js").createAutocomplete>>} page.autocomplete
 * @param {import("../results/actions.js").ResultsActions} page.results
 */
export function createActions({ store, jobQuery, sources, urlState, autoRefresh, scroller, autocomplete, results }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let copiedTimer;

  function begin(changes) {
    store.set({ page: 1, cursor: 0, ...changes });
    scroller.toTop();
    jobQuery.query();
  }

  /** Returns a row of the result, if it is rendered. */
  function rowAt(cursor) {
    const { rows, first } = store.state.answer;
    return rows[cursor - first];
  }

  /** What is rendered of a job is shown at once, and looked up again. */
  function rendered(job) {
    return store.state.answer.rows.find(({ JobId }) => JobId === job);
  }

  function open(job, focus) {
    store.set({ job, focus, opened: rendered(job) });
    jobQuery.inspect();
  }

  function setBeside(changes) {
    const { base = store.state.base } = changes;
    store.set({ ...changes, compared: rendered(base) });
    jobQuery.inspect();
    urlState.push();
  }

  const actions = {
    ...listActions({ store, query: jobQuery, autocomplete, urlState, begin, fileName: "media-analysis-jobs" }),
    ...queryActions(store, (query) => {
      begin({ query });
      urlState.push();
    }),

    sort(sort) {
      begin({ sort });
      urlState.push();
    },
    sortBy(field) {
      actions.sort(nextSort(store.state.sort, field));
    },

    async goToPage(page) {
      store.set({ page });
      await jobQuery.changePage();
      urlState.push();
    },
    async setSize(size) {
      const row = isScrolling(store.state) ? store.state.firstVisibleRow : store.state.cursor;
      store.set({
        size,
        page: size === 0 ? 1 : Math.floor(row / size) + 1,
        firstVisibleRow: size === 0 ? row : 0,
        scrollOffset: 0,
      });
      await jobQuery.changePage();
      urlState.replace();
      if (size === 0) scroller.scrollToRow(row);
    },

    focusRow(cursor) {
      if (cursor !== store.state.cursor) store.set({ cursor });
    },
    /** Moves the keyboard cursor; an open panel follows. */
    move(to) {
      const { answer, job, narrow } = store.state;
      if (answer.matching === 0) return;
      const [least, most] = isScrolling(store.state)
        ? [0, answer.matching - 1]
        : [answer.first, answer.first + answer.rows.length - 1];
      const cursor = Math.max(least, Math.min(to, most));
      store.set({ cursor, focus: "row" });
      scroller.reveal(cursor);
      if (!job || narrow) return;
      const follow = (row) => {
        if (!row || cursor !== store.state.cursor) return;
        open(row.JobId, "row");
        urlState.replace();
      };
      const row = rowAt(cursor);
      if (row) follow(row);
      else jobQuery.jobAt(cursor).then(follow);
    },
    openRow(cursor, focus = "") {
      const job = rowAt(cursor)?.JobId;
      if (!job) return;
      store.set({ cursor });
      open(job, store.state.narrow ? "inspector" : focus);
      urlState.push();
    },
    closeJob() {
      const { job, base, answer, cursor } = store.state;
      if (!job) return;
      const row = answer.rows.findIndex((each) => each.JobId === job);
      store.set({ cursor: row < 0 ? cursor : answer.first + row });
      // On a phone the second job is chosen from the list that the first one covers.
      if (base !== job) store.set({ base: "", onlyDifferences: false });
      open("", "row");
      urlState.push();
    },

    /** Opens the previous or next job of the list, across pages. */
    async walk(step) {
      const { cursor, narrow, answer, page } = store.state;
      const next = cursor + step;
      if (next < 0 || next >= answer.matching) return;
      const isOnPage = isScrolling(store.state) || (next >= answer.first && next < answer.first + answer.rows.length);
      if (!isOnPage) await actions.goToPage(page + step);
      actions.move(next);
      if (narrow) actions.openRow(store.state.cursor);
      store.set({ focus: "" });
    },
    /** Opens a job for comparison with the open one. */
    openBeside(cursor) {
      const { base, job } = store.state;
      store.set({ base: base || job });
      actions.openRow(cursor);
    },
    /** Compares the open job with the next one that is opened, or no longer. */
    compare() {
      const { base, job } = store.state;
      setBeside({ base: base === job ? "" : job });
    },
    endComparison() {
      setBeside({ base: "", onlyDifferences: false, focus: "inspector" });
    },
    showOnlyDifferences(onlyDifferences) {
      store.set({ onlyDifferences });
      urlState.replace();
    },

    ...tableActions(store, urlState),
    ...pageActions(store),

    chooseSource: sources.choose,
    refresh: sources.refresh,
    setAutoRefresh: autoRefresh.set,
    stop: sources.stop,
    resume: sources.resume,
    loadRest: (id) => sources.loadRest(id),
    /** Opens job listings as a source, and results over it. */
    async openFiles(files) {
      if (store.state.dialog) actions.closeDialog();
      const kinds = await sortedByKind(files);
      const isProduced = kinds.results.length + kinds.summary.length > 0;
      await sources.open(kinds.listing);
      if (isProduced) await results.openFiles(kinds);
    },
    results,
    /**
     * Sets whether requests for images of a bucket that no job names are signed, until the page is closed.
     * @param {string} bucket
     * @param {boolean} isSigned
     */
    answerForBucket(bucket, isSigned) {
      const { id, buckets } = shownSource(store.state);
      store.setSource(id, { buckets: new Map(buckets).set(bucket, isSigned) });
      if (isSigned) results.forgetImagesOf(bucket);
      store.set({ focus: "results" });
    },
    /**
     * Sets whether the person pays for requests for images of a bucket, until the page is closed.
     * @param {string} bucket
     * @param {boolean} pays
     */
    answerForPayment(bucket, pays) {
      const { id, payers } = shownSource(store.state);
      store.setSource(id, { payers: new Map(payers).set(bucket, pays) });
      if (pays) results.forgetImagesOf(bucket);
      store.set({ focus: "results" });
    },
    openSources() {
      store.set({ dialog: "sources", ...NO_CONNECTION });
    },
    closeDialog() {
      store.set({ dialog: "", focus: "sources", ...NO_CONNECTION });
    },
    /** Saves what the account form says, without secrets. @param {import("../sources/account_request.js").Written} written */
    writeAccount(written) {
      store.set({ ...NO_CONNECTION, written: withoutSecrets(written) });
    },
    /**
     * @param {import("../sources/account_request.js").Written} written
     * @param {string | null} [into]  what the person answered when asked for the source that the keys belong to
     */
    async connect(written, into) {
      try {
        const doubtful = await sources.connect(await requestOf(written), into);
        if (doubtful.length === 0) actions.closeDialog();
        else store.set({ doubtful, connectError: "" });
      } catch (error) {
        store.set({ doubtful: [], connectError: error?.message ?? String(error) });
      }
    },
    chooseSignIn(signIn) {
      store.set({ signIn });
    },
    keep: sources.keep,
    async forget() {
      await sources.forget();
      actions.closeDialog();
    },

    /**
     * @param {string} text
     * @param {string} what  it is called by
     */
    async copy(text, what) {
      if (!(await copyText(text))) return;
      clearTimeout(copiedTimer);
      store.set({ copied: { label: what, text } });
      copiedTimer = setTimeout(() => store.set({ copied: null }), COPIED_FOR);
    },
  };
  return actions;
}

/**
 * @typedef {Readonly<ReturnType<typeof createActions>>} Actions
 * @typedef {(state: import("../state/state.js").State, actions: Actions) => unknown} Template  renders a part of the screen
 */
