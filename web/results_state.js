// What the page knows of the results that are open; the members that a query and a list need are named as in state.js.
import { NO_ANSWER, NO_COMPLETION } from "./state.js";

/**
 * @typedef {import("rekognition-jobs").Results} Results
 * @typedef {import("./state.js").State} State
 * @typedef {import("./trouble.js").Trouble} Trouble
 *
 * @typedef {object} Other  the results that the open ones are compared with
 * @property {string} job      its JobId, or "" for a file
 * @property {string} title
 * @property {Results | null} results  null until they are read
 * @property {import("rekognition-jobs").ResultComparison | null} comparison
 * @property {number} changes  how many of the changed images are listed
 * @property {Trouble | null} error
 *
 * @typedef {Map<string, { url: string, size: number, isRevealed: boolean, trouble: Trouble | null }>} Images  what came
 *   of those asked for, by URI
 *
 * @typedef {object} Produced
 * @property {string} job      the JobId that they are of, or "" for files
 * @property {string} title
 * @property {Results | null} results  null until they are read
 * @property {{ doing: string, bytes?: number, totalBytes?: number, images?: number } | null} busy
 * @property {Trouble & { retry: () => void } | null} error
 * @property {number} threshold  percent: an image with a label this sure is flagged
 * @property {"all" | "flagged" | "unflagged"} shown
 * @property {number} matching  images that the query is true of
 * @property {number} flagged   of those
 * @property {import("rekognition-jobs").LabelCount[]} tree  of labels at the threshold, without the query's own labels
 * @property {import("rekognition-jobs").ConfidenceBucket[]} spread  of the labels' confidences, or of the one asked for
 * @property {Images | null} images  null unless a person has asked to see them, this time
 * @property {Other | null} other
 *
 * @typedef {import("./state.js").Listed & Produced & { answer: { rows: import("rekognition-jobs").ImageResult[] } }}
 *   ShownResults
 */

export const SHOWN = ["all", "flagged", "unflagged"];
export const USUAL_THRESHOLD = 50;

/**
 * @param {Pick<ShownResults, "job" | "title"> & Partial<ShownResults>} facts
 * @returns {ShownResults}
 */
export function newResults(facts) {
  return {
    results: null, busy: null, error: null,
    query: "", queryError: null, tokens: [], completion: NO_COMPLETION, caret: -1,
    threshold: USUAL_THRESHOLD, shown: "all", matching: 0, flagged: 0, tree: [], spread: [], answer: NO_ANSWER,
    size: 0, top: 0, shift: 0, isLeaping: false, list: { width: 1000, height: 600 },
    exporting: null, exportError: "", images: null, other: null, ...facts,
  };
}

const CLOSED = newResults({ job: "", title: "" });

/**
 * The open results as a store of their own, for what works on jobs and on images alike.
 * @param {import("./state.js").Store} store
 */
export function createResultsStore(store) {
  return {
    get state() {
      return store.state.results ?? CLOSED;
    },
    /**
     * The focus is the page's. Nothing is changed once they are closed.
     * @param {Partial<ShownResults> & { focus?: State["focus"] }} changes
     */
    set({ focus, ...changes }) {
      if (!store.state.results) return;
      store.set({ results: { ...store.state.results, ...changes }, ...(focus === undefined ? {} : { focus }) });
    },
  };
}

/** @typedef {Readonly<ReturnType<typeof createResultsStore>>} ResultsStore */
