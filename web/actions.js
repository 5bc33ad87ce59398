// What a person can do, each as one change of the state.
import { nextSort } from "./columns.js";
import { copyText } from "./clipboard.js";
import { completionActions } from "./completion_actions.js";
import { exportActions } from "./export_actions.js";
import { sortedByKind } from "./file_kinds.js";
import { isScrolling } from "./geometry.js";
import { pageActions } from "./page_actions.js";
import { queryActions } from "./query_actions.js";
import { tableActions } from "./table_actions.js";

const COPIED_FOR = 1500;

/**
 * @param {import("./state.js").Store} store
 * @param {Readonly<ReturnType<typeof import("./listing.js").createListing>>} listing
 * @param {Readonly<ReturnType<typeof import("./sources.js").createSources>>} sources
 * @param {Readonly<ReturnType<typeof import("./location.js").createLocation>>} location
 * @param {Readonly<ReturnType<typeof import("./auto_refresh.js").createAutoRefresh>>} autoRefresh
 * @param {Readonly<ReturnType<typeof import("./scroller.js").createScroller>>} scroller
 * @param {Readonly<ReturnType<typeof import("./completer.js").createCompleter>>} completer
 * @param {import("./results_actions.js").ResultsActions} results
 */
export function createActions(store, listing, sources, location, autoRefresh, scroller, completer, results) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let copiedTimer;

  function beginAnew(changes) {
    store.set({ page: 1, cursor: 0, ...changes });
    scroller.toTop();
    listing.query();
  }

  function changeQuery(query, focus) {
    beginAnew({ query, focus });
  }

  /** A row of the whole answer, if it is drawn. */
  function rowAt(cursor) {
    const { rows, first } = store.state.answer;
    return rows[cursor - first];
  }

  function open(job, focus) {
    store.set({ job, focus });
    listing.inspect();
  }

  function setBeside(changes) {
    store.set(changes);
    listing.inspect();
    location.step();
  }

  const actions = {
    typeQuery(query, caret) {
      changeQuery(query, "");
      completer.suggest(caret);
      location.typing();
    },
    clearQuery() {
      location.settle();
      changeQuery("", "query");
      location.step();
    },
    settleQuery() {
      completer.close();
      location.settle();
    },
    ...completionActions(store, completer, (query, caret) => actions.typeQuery(query, caret)),
    ...queryActions(store, (query) => {
      changeQuery(query, "");
      location.step();
    }),

    sort(sort) {
      beginAnew({ sort });
      location.step();
    },
    sortBy(field) {
      actions.sort(nextSort(store.state.sort, field));
    },

    goToPage(page) {
      store.set({ page });
      listing.turn();
      location.step();
    },
    setSize(size) {
      const row = isScrolling(store.state) ? store.state.top : store.state.cursor;
      store.set({ size, page: size === 0 ? 1 : Math.floor(row / size) + 1, top: size === 0 ? row : 0, shift: 0 });
      listing.turn();
      location.amend();
      if (size === 0) scroller.startAt(row);
    },

    standOn(cursor) {
      if (cursor !== store.state.cursor) store.set({ cursor });
    },
    /** Moves along the rows; an open panel follows. */
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
      open(rowAt(cursor).JobId, "row");
      location.amend();
    },
    openRow(cursor, focus = "") {
      const job = rowAt(cursor)?.JobId;
      if (!job) return;
      store.set({ cursor });
      open(job, store.state.narrow ? "inspector" : focus);
      location.step();
    },
    closeJob() {
      const { job, base, answer, cursor } = store.state;
      if (!job) return;
      const row = answer.rows.findIndex((each) => each.JobId === job);
      store.set({ cursor: row < 0 ? cursor : answer.first + row });
      // On a phone the second job is chosen from the list that the first one covers.
      if (base !== job) store.set({ base: "", onlyDifferences: false });
      open("", "row");
      location.step();
    },

    /** Goes to the job before or after in the list, also past a page's end, and keeps it open. */
    walk(step) {
      const { cursor, narrow, answer, page } = store.state;
      const next = cursor + step;
      if (next < 0 || next >= answer.matching) return;
      const isOnPage = isScrolling(store.state) || (next >= answer.first && next < answer.first + answer.rows.length);
      if (!isOnPage) actions.goToPage(page + step);
      actions.move(next);
      if (narrow) actions.openRow(store.state.cursor);
      store.set({ focus: "" });
    },
    /** Opens a job beside the one that is open. */
    openBeside(cursor) {
      const { base, job } = store.state;
      store.set({ base: base || job });
      actions.openRow(cursor);
    },
    /** The open job is to be seen beside the next one, or no longer. */
    compare() {
      const { base, job } = store.state;
      setBeside({ base: base === job ? "" : job });
    },
    endComparison() {
      setBeside({ base: "", onlyDifferences: false, focus: "inspector" });
    },
    showOnlyDifferences(onlyDifferences) {
      store.set({ onlyDifferences });
      location.amend();
    },

    ...exportActions(store, listing, "media-analysis-jobs"),
    ...tableActions(store, location),
    ...pageActions(store),

    chooseSource: sources.choose,
    refresh: sources.refresh,
    setAutoRefresh: autoRefresh.set,
    stop: sources.stop,
    goOn: sources.goOn,
    /** Listings are shown as a source, what a job has produced over it, once they are read. */
    async openFiles(files) {
      if (store.state.dialog) actions.closeDialog();
      const kinds = await sortedByKind(files);
      const isProduced = kinds.results.length + kinds.summary.length > 0;
      await sources.open(kinds.listing);
      if (isProduced) await results.openFiles(kinds);
    },
    results,
    openSources() {
      store.set({ dialog: "sources", connectError: "" });
    },
    closeDialog() {
      store.set({ dialog: "", focus: "sources" });
    },
    /**
     * @param {import("./service_account.js").Place} place
     * @param {import("rekognition-jobs").CredentialProvider} [credentials]
     */
    async connect(place, credentials) {
      try {
        await sources.connect(place, credentials);
        actions.closeDialog();
      } catch (error) {
        actions.refuseConnection(error);
      }
    },
    refuseConnection(error) {
      store.set({ connectError: error?.message ?? String(error) });
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
      store.set({ copied: `${what}\n${text}` });
      copiedTimer = setTimeout(() => store.set({ copied: "" }), COPIED_FOR);
    },
  };
  return actions;
}

/** @typedef {Readonly<ReturnType<typeof createActions>>} Actions */
