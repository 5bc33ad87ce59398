// Loads the results of a job, from S3 or from files, and reports the progress.
import { openResults } from "rekognition-jobs";
import { throttle } from "../ui/throttle.js";
import { hasStopped, tellIfStopped } from "../state/engine_errors.js";
import { newResults } from "../state/results_state.js";
import { shownSource } from "../state/state.js";
import { STOPPED, diagnose } from "../aws/error_advice.js";

const PROGRESS_INTERVAL = 80;

/**
 * @param {import("../state/state.js").Store} store
 * @param {import("../state/results_state.js").ResultsStore} inner
 * @param {Readonly<ReturnType<typeof import("./image_query.js").createImageQuery>>} imageQuery
 */
export function createResultsLoader(store, inner, imageQuery) {
  let reading = new AbortController();
  /** Loads the open results again. */
  let again = () => {};

  const jobs = () => shownSource(store.state)?.jobs;

  /** The results of a job, paid for if the person said so. */
  function resultsOf(id, options) {
    const { payers } = shownSource(store.state);
    const { Results, ManifestSummary } = jobs().get(id) ?? {};
    const { Bucket } = Results?.S3Object ?? ManifestSummary?.S3Object ?? {};
    return jobs().results(id, payers.get(Bucket) ? { ...options, requestPayer: "requester" } : options);
  }

  /** The repetition of a request that its requester pays for. */
  function paidRetry(bucket, retry) {
    const { id, payers } = shownSource(store.state);
    return () => {
      store.setSource(id, { payers: new Map(payers).set(bucket, true) });
      retry();
    };
  }

  addEventListener("online", () => {
    const { error } = inner.state;
    if (error?.isOffline) error.retry();
  });

  /** Loads results; the outcome is dropped when others are opened meanwhile. */
  async function read(facts, open, retry) {
    close();
    reading = new AbortController();
    const { signal } = reading;
    again = retry;
    store.set({ results: newResults({ ...facts, busy: { activity: "Loading" } }), focus: "results" });
    try {
      const report = throttle(PROGRESS_INTERVAL, (progress) =>
        inner.set({ busy: { activity: "Loading", ...progress } }),
      );
      const results = await open({ signal, onProgress: report });
      if (signal.aborted) {
        results.close();
        return;
      }
      inner.set({ results, busy: null });
      imageQuery.run();
    } catch (error) {
      if (signal.aborted) return;
      tellIfStopped(error);
      const diagnosis = await diagnose(error);
      if (signal.aborted) return;
      const { payingBucket } = diagnosis;
      const pay = payingBucket === undefined ? undefined : paidRetry(payingBucket, retry);
      inner.set({ busy: null, error: { ...diagnosis, retry, pay } });
    }
  }

  async function readOther(facts, open) {
    closeOther();
    const { signal } = reading;
    const other = { results: null, comparison: null, changes: 0, error: null, ...facts };
    inner.set({ other });
    const isWanted = () =>
      !signal.aborted && inner.state.other?.job === other.job && inner.state.other.title === other.title;
    try {
      const results = await open({ signal });
      if (!isWanted()) {
        results.close();
        return;
      }
      inner.set({ other: { ...other, results } });
      if (inner.state.results) imageQuery.compare();
    } catch (error) {
      tellIfStopped(error);
      const diagnosis = await diagnose(error);
      if (isWanted()) inner.set({ other: { ...other, error: diagnosis } });
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
    imageQuery.reset();
    store.set({ results: null });
  }

  return {
    close,
    closeOther,
    /** Loads the open results again. */
    reload: () => again(),
    /** Closes results whose engine has stopped. */
    setStoppedAside() {
      if (hasStopped(inner.state.other?.results)) closeOther();
      if (!hasStopped(inner.state.results)) return;
      inner.state.results.close();
      imageQuery.reset();
      inner.set({ results: null, busy: null, images: null, error: { ...STOPPED, retry: again } });
    },
    /**
     * Loads the results of a job from S3.
     * @param {string} id
     * @param {Partial<import("../state/results_state.js").ShownResults>} [view]  how they are to be shown
     * @param {string} [comparedWith]  the JobId of what they are compared with
     */
    async openJob(id, view = {}, comparedWith = "") {
      const retry = () => this.openJob(id, viewOf(inner.state), comparedWith);
      await read({ job: id, title: id, ...view }, (options) => resultsOf(id, options), retry);
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
      return readOther({ job: id, title: id }, (options) => resultsOf(id, options));
    },
  };
}

/** Returns what stays when the same results are loaded again. */
function viewOf({ query, threshold, filter }) {
  return { query, threshold, filter };
}
