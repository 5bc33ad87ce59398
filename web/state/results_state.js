// Defines the state of the open results; what jobs and images share is named as in state.js.
import { reactive, update } from "./reactive.js";
import { NO_ANSWER, listState } from "./state.js";

/**
 * @typedef {import("rekognition-jobs").AsyncResults} Results
 * @typedef {import("rekognition-jobs").MediaAnalysisJob} MediaAnalysisJob
 * @typedef {import("./state.js").State} State
 * @typedef {import("../aws/error_advice.js").Diagnosis} Diagnosis
 *
 * @typedef {object} ComparedResults  the results that the open ones are compared with
 * @property {string} job      its JobId, or "" for a file
 * @property {string} title
 * @property {Results | null} results  null until they are read
 * @property {import("rekognition-jobs").AsyncResultComparison | null} comparison
 * @property {import("rekognition-jobs").ChangedResult[]} changed  the images that are listed
 * @property {MediaAnalysisJob | undefined} record  the job, once it is known
 * @property {Diagnosis | null} error
 *
 * @typedef {Map<string, { url: string, size: number, isRevealed: boolean, diagnosis: Diagnosis | null }>} Images  what came
 *   of those asked for, by URI
 *
 * @typedef {Omit<import("./state.js").QueryResult, "rows"> & { rows: import("rekognition-jobs").ImageResult[] }} Answer
 * @typedef {ReturnType<typeof resultsState>} ShownResults
 */

export const FILTERS = ["all", "flagged", "unflagged", "unanswered"];
export const DEFAULT_THRESHOLD = 50;

function resultsState() {
  return {
    ...listState(),
    answer: /** @type {Answer} */ (NO_ANSWER),
    job: "", // the JobId that they are of, or "" for files
    title: "",
    record: /** @type {MediaAnalysisJob | undefined} */ (undefined), // the job, once it is known
    offered: /** @type {{ name: string, group: MediaAnalysisJob[] }[]} */ ([]), // jobs to compare with
    results: /** @type {Results | null} */ (null), // null until they are loaded
    busy: /** @type {{ activity: string, bytes?: number, totalBytes?: number, images?: number } | null} */ (null),
    error: /** @type {Diagnosis & { retry: () => void, pay?: () => void } | null} */ (null), // pay: repeats it, paid by the requester
    threshold: DEFAULT_THRESHOLD, // percent: an image with a label of this confidence is flagged
    filter: /** @type {"all" | "flagged" | "unflagged" | "unanswered"} */ ("all"),
    matching: 0, // images that the query matches
    flagged: 0, // of those
    unanswered: 0, // of those: the job did not answer whether they are to be flagged
    tree: /** @type {import("rekognition-jobs").LabelCount[]} */ ([]), // at the threshold, without the query's own labels
    histogram: /** @type {import("rekognition-jobs").ConfidenceBucket[]} */ ([]), // of all labels, or of the query's
    images: /** @type {Images | null} */ (null), // null unless the person has asked to see them, this time
    other: /** @type {ComparedResults | null} */ (null),
  };
}

/** @param {Pick<ShownResults, "job" | "title"> & Partial<ShownResults>} facts */
export function newResults(facts) {
  return reactive({ ...resultsState(), ...facts });
}

const CLOSED = newResults({ job: "", title: "" });

/**
 * Makes a store of the open results, with the interface of the page's store.
 * @param {import("./state.js").Store} store
 */
export function createResultsStore(store) {
  return {
    get state() {
      return store.state.results ?? CLOSED;
    },
    /**
     * The focus is the page's. Once they are closed, nothing is changed.
     * @param {Partial<ShownResults> & { focus?: State["focus"] }} changes
     */
    set({ focus = store.state.focus, ...changes }) {
      const { results } = store.state;
      if (!results) return;
      update(results, changes);
      store.set({ focus });
    },
  };
}

/** @typedef {Readonly<ReturnType<typeof createResultsStore>>} ResultsStore */
