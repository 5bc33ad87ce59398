// What a person can do with the open results, each as one change of the state; named as the same things with jobs are.
import { completionActions } from "./completion_actions.js";
import { exportActions } from "./export_actions.js";
import { toggled, written } from "./query_terms.js";

const CHANGES_AT_ONCE = 100;

/**
 * @param {import("./results_state.js").ResultsStore} store
 * @param {Readonly<ReturnType<typeof import("./results_reading.js").createResultsReading>>} reading
 * @param {Readonly<ReturnType<typeof import("./results_listing.js").createResultsListing>>} listing
 * @param {Readonly<ReturnType<typeof import("./scroller.js").createScroller>>} scroller
 * @param {Readonly<ReturnType<typeof import("./completer.js").createCompleter>>} completer
 * @param {Readonly<ReturnType<typeof import("./location.js").createLocation>>} location
 */
export function resultsActions(store, reading, listing, scroller, completer, location) {
  function ask(changes) {
    store.set(changes);
    if (!store.state.results) return;
    scroller.toTop();
    listing.ask();
  }

  const actions = {
    /** @param {string} job  its JobId */
    open(job) {
      const opening = reading.openJob(job);
      location.step();
      return opening;
    },
    async openFiles(files) {
      const opening = reading.openFiles(files);
      location.step();
      await opening;
    },
    close() {
      store.set({ focus: "opener" });
      reading.close();
      location.step();
    },

    typeQuery(query, caret) {
      ask({ query });
      completer.suggest(caret);
      location.typing();
    },
    clearQuery() {
      location.settle();
      ask({ query: "", focus: "query" });
      location.step();
    },
    settleQuery() {
      completer.close();
      location.settle();
    },
    ...completionActions(store, completer, (query, caret) => actions.typeQuery(query, caret)),

    setThreshold(threshold) {
      ask({ threshold });
      location.amend();
    },
    show(shown) {
      ask({ shown });
      location.amend();
    },
    showAll() {
      ask({ query: "", shown: "all", focus: "query" });
      location.step();
    },
    /** Puts the label into the query, or takes it out; shown are as many images as the tree tells. */
    toggleLabel(name) {
      const { query, tokens } = store.state;
      ask({ query: toggled(query, tokens, "label", `=${written(name)}`, isLabel(name)), shown: "flagged" });
      location.step();
    },

    /** Images are fetched, each blurred until it is revealed; or none is. */
    showImages(areShown) {
      const { top } = store.state;
      store.set({ images: areShown ? new Map() : null });
      listing.scroll();
      queueMicrotask(() => scroller.startAt(top));
    },
    changeImage(uri, changes) {
      const { images } = store.state;
      if (images?.has(uri)) store.set({ images: new Map(images).set(uri, { ...images.get(uri), ...changes }) });
    },
    /** It is then fetched anew. */
    forgetImage(uri) {
      const { images } = store.state;
      if (images) store.set({ images: new Map([...images].filter(([each]) => each !== uri)) });
    },

    /** @param {string} job  its JobId; "" ends the comparison */
    compareWith(job) {
      const comparing = job ? reading.compareWith(job) : reading.closeOther();
      location.step();
      return comparing;
    },
    showMoreChanges() {
      const { other } = store.state;
      store.set({ other: { ...other, changes: other.changes + CHANGES_AT_ONCE } });
    },
    ...exportActions(store, listing, "moderation-results"),
  };
  return actions;
}

/** Whether a query's value names this label and no other. */
export function isLabel(name) {
  return (token) => token.exact === true && token.value.toLowerCase() === name.toLowerCase();
}

/** @typedef {Readonly<ReturnType<typeof resultsActions>>} ResultsActions */
