// Opens what a job has produced, from S3 or from files, and tells how that goes on.
import { openResults } from "rekognition-jobs";
import { atMostEvery } from "./at_most_every.js";
import { newResults } from "./results_state.js";
import { shownSource } from "./state.js";
import { describeTrouble } from "./trouble.js";

const TELL_EVERY = 80;

/**
 * @param {import("./state.js").Store} store
 * @param {import("./results_state.js").ResultsStore} inner
 * @param {Readonly<ReturnType<typeof import("./results_listing.js").createResultsListing>>} listing
 */
export function createResultsReading(store, inner, listing) {
  let reading = new AbortController();

  const jobs = () => shownSource(store.state)?.jobs;

  addEventListener("online", () => {
    const { error } = inner.state;
    if (error?.isOffline) error.retry();
  });

  /** Reads, unless something else is opened meanwhile. */
  async function read(facts, open, retry) {
    close();
    reading = new AbortController();
    const { signal } = reading;
    store.set({ results: newResults({ ...facts, busy: { doing: "Reading" } }), focus: "results" });
    try {
      const tell = atMostEvery(TELL_EVERY, (progress) => inner.set({ busy: { doing: "Reading", ...progress } }));
      const results = await open({ signal, onProgress: tell });
      if (signal.aborted) {
        results.close();
        return;
      }
      inner.set({ results, busy: null });
      listing.ask();
    } catch (error) {
      if (signal.aborted) return;
      const trouble = await describeTrouble(error);
      if (!signal.aborted) inner.set({ busy: null, error: { ...trouble, retry } });
    }
  }

  async function readOther(facts, open) {
    closeOther();
    const { signal } = reading;
    const other = { results: null, comparison: null, changes: 0, error: null, ...facts };
    inner.set({ other });
    const isWanted = () => !signal.aborted && inner.state.other?.job === other.job
      && inner.state.other.title === other.title;
    try {
      const results = await open({ signal });
      if (!isWanted()) {
        results.close();
        return;
      }
      inner.set({ other: { ...other, results } });
      if (inner.state.results) listing.compare();
    } catch (error) {
      const trouble = await describeTrouble(error);
      if (isWanted()) inner.set({ other: { ...other, error: trouble } });
    }
  }

  function closeOther() {
    inner.state.other?.comparison?.close();
    inner.state.other?.results?.close();
    inner.set({ other: null });
  }

  function close() {
    reading.abort();
    closeOther();
    inner.state.results?.close();
    listing.reset();
    store.set({ results: null });
  }

  return {
    close,
    closeOther,
    /**
     * Of a job, from S3.
     * @param {string} id
     * @param {Partial<import("./results_state.js").ShownResults>} [view]  how they are to be shown
     * @param {string} [comparedWith]  the JobId of what they are compared with
     */
    async openJob(id, view = {}, comparedWith = "") {
      const retry = () => this.openJob(id, viewOf(inner.state), comparedWith);
      await read({ job: id, title: id, ...view }, (options) => jobs().results(id, options), retry);
      if (comparedWith && inner.state.job === id && inner.state.results) await this.compareWith(comparedWith);
    },
    /** @param {{ results: File[], summary: File[] }} files  a second results file is what the first is compared with */
    async openFiles({ results: [file, second], summary: [summary] }) {
      const first = file ?? summary;
      const open = (options) => openResults(file, { ...options, ...(summary ? { summary } : {}) });
      await read({ job: "", title: first.name }, open, () => this.openFiles({ results: [file], summary: [summary] }));
      if (second) await readOther({ job: "", title: second.name }, (options) => openResults(second, options));
    },
    /** @param {string} id  the JobId of what they are compared with */
    compareWith(id) {
      return readOther({ job: id, title: id }, (options) => jobs().results(id, options));
    },
  };
}

/** What stays when the same results are read again. */
function viewOf({ query, threshold, shown }) {
  return { query, threshold, shown };
}
