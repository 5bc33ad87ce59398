// Defines the page's state, an object of signals: set changes it, and whatever reads it follows.
import { reactive, update, watch } from "./reactive.js";
import { usualShell } from "../aws/cli_commands.js";

/**
 * @typedef {import("rekognition-jobs").AsyncJobs} Jobs
 * @typedef {import("rekognition-jobs").MediaAnalysisJob} MediaAnalysisJob
 *
 * @typedef {object} Source  where jobs come from: the account behind the page, one connected to, or a file
 * @property {string} id
 * @property {string} label
 * @property {string} region              "" where it is not known
 * @property {string} endpoint            instead of the region's, or ""
 * @property {import("../sources/identity.js").Place | null} place  of an account that was connected to
 * @property {boolean} canRefresh
 * @property {Jobs | null} jobs           null until its engine has started
 * @property {number} count               of its jobs, when the last load or import ended
 * @property {{ activity: string, pages?: number, jobs?: number, rate?: number, retries?: number, waitingMs?: number,
 *   bytes?: number, totalBytes?: number } | null} busy   what is under way
 * @property {boolean} paused             by the person, who can go on
 * @property {boolean} complete           whether all has been read once
 * @property {import("../aws/error_advice.js").Diagnosis & { retry: () => void } | null} error
 * @property {{ items: { file: string, offset: number, line: number, message: string }[], count: number } | null} rejected
 * @property {{ file: string, format: string, notices: import("rekognition-jobs").Notice[] }[]} reports  on its files
 * @property {{ file: string, NextToken: string } | null} part  a file that is the first pages of a longer list
 * @property {boolean} isSample           whether its jobs are made up
 * @property {string} notice              what the last refresh or import brought
 * @property {Date | null} loadedAt       when the jobs were last read from it
 * @property {boolean} cached             on this device, as the person asked
 * @property {number} cachedBytes
 * @property {string} cacheError
 * @property {Map<string, boolean>} payers  buckets of which the person was asked: whether to pay for requests
 * @property {Map<string, boolean>} buckets  that no job names, of whose images the person was asked: whether to sign for them
 *
 * @typedef {object} QueryResult  the result of the last valid query
 * @property {MediaAnalysisJob[]} rows    the rendered ones: the page, or the visible ones and some more
 * @property {number} first               the index of the first of them in the whole result, from 0
 * @property {number} page
 * @property {number} pages
 * @property {number} matching
 * @property {number} all
 * @property {number} milliseconds
 *
 * @typedef {{ buckets: import("rekognition-jobs").Bucket[], facets: Record<string, import("rekognition-jobs").Facet[]> }} Summary
 * @typedef {ReturnType<typeof initialState>} State
 * @typedef {Omit<ReturnType<typeof listState>, "answer"> & { answer: Omit<QueryResult, "rows"> & { rows: object[] }, now?: number }}
 *   ListState
 * @typedef {{ readonly state: ListState, set(changes: Partial<ListState & Pick<State, "focus">>): void }} ListStore
 */

export const PAGE_SIZES = [0, 25, 50, 100, 200];
export const THEMES = ["system", "light", "dark"];
export const NO_COMPLETION = { context: null, items: [], active: -1 };
export const NO_CONNECTION = {
  written: /** @type {import("../sources/account_request.js").Written | null} */ (null), // the form without secrets, once changed
  doubtful: /** @type {{ id: string, label: string }[]} */ ([]), // the sources that the keys may belong to: the person is asked
  connectError: "",
};
export const NO_SUMMARY = { buckets: [], facets: {} };
export const NO_ANSWER = { rows: [], first: 0, page: 1, pages: 0, matching: 0, all: 0, milliseconds: 0 };

/** A query and the list of what it found, jobs or images. */
export function listState() {
  return {
    query: "",
    queryError: /** @type {import("rekognition-jobs").QueryError | null} */ (null),
    tokens: /** @type {import("rekognition-jobs").QueryToken[]} */ ([]),
    completion: /** @type {import("../query/suggestions.js").Suggested} */ (NO_COMPLETION),
    caret: -1, // where the caret goes after the next render, or -1
    answer: /** @type {QueryResult} */ (NO_ANSWER),
    isAsking: false, // whether the engine has yet to answer the query
    page: 1,
    size: 0, // rows per page; 0: all rows are scrolled through
    list: { width: 1000, height: 600 }, // the space for rows
    firstVisibleRow: 0,
    scrollOffset: 0, // see scroll_scale.js
    isFastScrolling: false,
    exporting: /** @type {{ format: string, bytes: number } | null} */ (null),
    exportError: "",
  };
}

/** The table of jobs and its facets. */
function jobsState() {
  return {
    sort: "", // a field, "-" before it when descending; "" is newest first
    columns: /** @type {string[] | null} */ (null), // the chosen fields; null: as many of the default ones as fit
    widths: /** @type {Record<string, number>} */ ({}), // of resized columns, in pixels, by field
    times: /** @type {"utc" | "local" | "age"} */ ("utc"), // how the table writes times
    now: Date.now(), // the time that the rows' ages are computed from
    cursor: 0, // the row of the keyboard cursor, counted as answer.first is
    summary: /** @type {Summary} */ (NO_SUMMARY), // what chart and facets show, soon after the answer
    facetsOpen: true,
    openFacet: "", // the field of the facet that shows all its values, or ""
  };
}

function chartState() {
  return { chartOpen: true, numbersOpen: false }; // numbersOpen: the data is shown as a table too
}

/** The open job, and the one that it is compared with. */
function detailsState() {
  return {
    job: "", // a JobId, or ""
    opened: /** @type {MediaAnalysisJob | undefined} */ (undefined),
    base: "", // the JobId of the job that the open one is compared with, or ""
    compared: /** @type {MediaAnalysisJob | undefined} */ (undefined),
    onlyDifferences: false,
    shell: usualShell(), // that copied commands are for
  };
}

function sourcesState() {
  return {
    source: "account", // the id of the source that is shown
    sources: /** @type {Source[]} */ ([]),
    clock: Date.now(), // the time that the age of the last load is computed from
    autoRefresh: 0, // milliseconds between two refreshes, or 0
    dragging: false, // a file is held over the page
    signIn: /** @type {"keys" | "pool" | "none"} */ ("keys"), // how to sign in to the account in the form
    ...NO_CONNECTION,
  };
}

/** The page itself. */
function pageState() {
  return {
    theme: /** @type {"system" | "light" | "dark"} */ ("system"),
    systemDark: false, // whether the system's colours are dark
    contrast: 0, // counts changes of the system's contrast and forced colours
    narrow: false, // a phone's width: the inspector is a sheet
    dialog: /** @type {"" | "sources" | "help"} */ (""),
    copied: /** @type {{ label: string, text: string } | null} */ (null), // what was just copied
    /** Where the focus goes after the next render. */
    focus: /** @type {"" | "row" | "inspector" | "query" | "sources" | "export" | "results" | "opener"} */ (""),
    results: /** @type {import("./results_state.js").ShownResults | null} */ (null), // in place of the list
  };
}

/** The state as the slices of the page's rooms. */
export function initialState() {
  return { ...listState(), ...jobsState(), ...chartState(), ...detailsState(), ...sourcesState(), ...pageState() };
}

/**
 * @param {Pick<Source, "id" | "label"> & Partial<Source>} facts
 * @returns {Source}
 */
export function newSource(facts) {
  return {
    region: "",
    endpoint: "",
    place: null,
    canRefresh: false,
    jobs: null,
    count: 0,
    busy: null,
    paused: false,
    complete: false,
    error: null,
    rejected: null,
    reports: [],
    part: null,
    isSample: false,
    notice: "",
    loadedAt: null,
    cached: false,
    cachedBytes: 0,
    cacheError: "",
    payers: new Map(),
    buckets: new Map(),
    ...facts,
  };
}

/**
 * @param {State} state
 * @returns {Source | undefined}
 */
export function shownSource(state) {
  return state.sources.find((source) => source.id === state.source);
}

/**
 * Holds the state.
 * @param {State} members
 */
export function createStore(members) {
  const state = reactive(members);
  return {
    state,
    /** @param {Partial<State>} changes */
    set(changes) {
      update(state, changes);
    },
    /**
     * @param {string} id
     * @param {Partial<Source>} changes
     */
    setSource(id, changes) {
      state.sources = state.sources.map((source) => (source.id === id ? { ...source, ...changes } : source));
    },
    /**
     * Calls the subscriber after each turn in which a member that it read has changed.
     * @param {(state: State) => void} subscriber
     */
    subscribe: (subscriber) => watch(() => subscriber(state)),
  };
}

/** @typedef {Readonly<ReturnType<typeof createStore>>} Store */
