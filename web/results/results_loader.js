// Loads the results of a job, from S3 or from files, and reports the progress.
import { createEngine, resultLanguage } from "../engine/engine.js";
import { comparableJobs } from "./comparable_jobs.js";
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

  /** The engine of results from files. @type {Promise<import("rekognition-jobs").AsyncJobs> | undefined} */
  let ofFiles;

  const jobs = () => shownSource(store.state)?.jobs;

  async function openFile(file, options) {
    ofFiles ??= createEngine();
    ofFiles.catch(() => (ofFiles = undefined));
    return (await ofFiles).openResults(file, options);
  }

  function closeFiles() {
    ofFiles?.then((engine) => engine.close()).catch(() => {});
    ofFiles = undefined;
  }

  /** The results of a job, paid for if the person said so. */
  async function resultsOf(id, options) {
    const { payers } = shownSource(store.state);
    const engine = jobs();
    const { Results, ManifestSummary } = (await engine.get(id)) ?? {};
    const { Bucket } = Results?.S3Object ?? ManifestSummary?.S3Object ?? {};
    return engine.results(id, payers.get(Bucket) ? { ...options, requestPayer: "requester" } : options);
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
      lookUp();
      await resultLanguage.load();
      const results = signal.aborted ? undefined : await open({ signal, onProgress: report });
      if (signal.aborted) {
        results?.close();
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
    const other = { results: null, comparison: null, changed: [], record: undefined, error: null, ...facts };
    inner.set({ other });
    lookUp();
    const isWanted = () =>
      !signal.aborted && inner.state.other?.job === other.job && inner.state.other.title === other.title;
    try {
      const results = await open({ signal });
      if (!isWanted()) {
        results.close();
        return;
      }
      inner.set({ other: { ...inner.state.other, results } });
      if (inner.state.results) imageQuery.compare();
    } catch (error) {
      tellIfStopped(error);
      const diagnosis = await diagnose(error);
      if (isWanted()) inner.set({ other: { ...inner.state.other, error: diagnosis } });
    }
  }

  /** Looks up the jobs that the results are of, and those to compare with. */
  async function lookUp() {
    const engine = jobs();
    const { job, other } = inner.state;
    if (!engine || !store.state.results) return;
    const known = (id) => (id ? engine.get(id) : undefined);
    try {
      const [record, otherRecord] = await Promise.all([known(job), known(other?.job)]);
      const offered = await comparableJobs(engine, job, record);
      if (engine !== jobs() || inner.state.job !== job) return;
      const { other: now } = inner.state;
      inner.set({
        record,
        offered,
        ...(now && now.job === other?.job ? { other: { ...now, record: otherRecord } } : {}),
      });
    } catch (error) {
      if (engine === jobs()) throw error;
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
    closeFiles();
  }

  return {
    close,
    closeOther,
    lookUp,
    /** Loads the open results again. */
    reload: () => again(),
    /** Closes results whose engine has stopped. */
    async setStoppedAside() {
      const { results, other } = inner.state;
      if ((await hasStopped(other?.results)) && inner.state.other?.results === other.results) closeOther();
      if (!(await hasStopped(results)) || inner.state.results !== results) return;
      results.close();
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
      const open = (options) => openFile(file, { ...options, ...(summary ? { summary } : {}) });
      await read({ job: "", title: first.name }, open, () => this.openFiles({ results: [file], summary: [summary] }));
      if (second) await readOther({ job: "", title: second.name }, (options) => openFile(second, options));
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
