// Defines the actions on the open results.
import { listActions } from "../query/list_actions.js";
import { toggleValue, quoteValue } from "../query/query_terms.js";

/**
 * @param {object} view
 * @param {import("../state/results_state.js").ResultsStore} view.store
 * @param {Readonly<ReturnType<typeof import("./results_loader.js").createResultsLoader>>} view.loader
 * @param {Readonly<ReturnType<typeof import("./image_query.js").createImageQuery>>} view.imageQuery
 * @param {Readonly<ReturnType<typeof import("../ui/virtual_scroller.js").createVirtualScroller>>} view.scroller
 * @param {Readonly<ReturnType<typeof import("../query/autocomplete.js").createAutocomplete>>} view.autocomplete
 * @param {Readonly<ReturnType<typeof import("../app/url_state.js").createUrlState>>} view.urlState
 */
export function resultsActions({ store, loader, imageQuery, scroller, autocomplete, urlState }) {
  function begin(changes) {
    store.set(changes);
    if (!store.state.results) return;
    scroller.toTop();
    imageQuery.run();
  }

  return {
    /** @param {string} job  its JobId */
    open(job) {
      const opening = loader.openJob(job);
      urlState.push();
      return opening;
    },
    async openFiles(files) {
      const opening = loader.openFiles(files);
      urlState.push();
      await opening;
    },
    reload: () => loader.reload(),
    close() {
      store.set({ focus: "opener" });
      loader.close();
      urlState.push();
    },

    ...listActions({ store, query: imageQuery, autocomplete, urlState, begin, fileName: "moderation-results" }),

    setThreshold(threshold) {
      begin({ threshold });
      urlState.replace();
    },
    show(filter) {
      begin({ filter });
      urlState.replace();
    },
    showAll() {
      begin({ query: "", filter: "all", focus: "query" });
      urlState.push();
    },
    /** Adds the label to the query or removes it, and shows the flagged images. */
    toggleLabel(name) {
      const { query, tokens } = store.state;
      begin({ query: toggleValue(query, tokens, "label", `=${quoteValue(name)}`, isLabel(name)), filter: "flagged" });
      urlState.push();
    },

    /** Shows or hides images, each blurred until it is revealed. */
    showImages(areShown) {
      const { firstVisibleRow } = store.state;
      store.set({ images: areShown ? new Map() : null });
      imageQuery.scroll();
      queueMicrotask(() => scroller.scrollToRow(firstVisibleRow));
    },
    changeImage(uri, changes) {
      const { images } = store.state;
      if (images?.has(uri)) store.set({ images: new Map(images).set(uri, { ...images.get(uri), ...changes }) });
    },
    /** Drops an image, so that it is loaded again. */
    forgetImage(uri) {
      const { images } = store.state;
      if (images) store.set({ images: new Map([...images].filter(([each]) => each !== uri)) });
    },

    /** Drops the images that this bucket refused without a signature or a payment, so that they are loaded again. */
    forgetImagesOf(bucket) {
      const { images } = store.state;
      const isRefused = ({ diagnosis }) => diagnosis?.bucket === bucket || diagnosis?.payingBucket === bucket;
      if (images) store.set({ images: new Map([...images].filter(([, image]) => !isRefused(image))) });
    },

    /** @param {string} job  its JobId; "" ends the comparison */
    compareWith(job) {
      const comparing = job ? loader.compareWith(job) : loader.closeOther();
      urlState.push();
      return comparing;
    },
    showMoreChanges: imageQuery.showMoreChanges,
  };
}

/** Returns whether a value of the query names exactly this label. */
export function isLabel(name) {
  return (token) => token.exact === true && token.value.toLowerCase() === name.toLowerCase();
}

/** @typedef {Readonly<ReturnType<typeof resultsActions>>} ResultsActions */
