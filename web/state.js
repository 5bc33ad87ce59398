// The page's one state object: whoever changes it calls set, whoever shows it subscribes.

/**
 * @typedef {import("rekognition-jobs").Jobs} Jobs
 * @typedef {import("rekognition-jobs").MediaAnalysisJob} MediaAnalysisJob
 *
 * @typedef {object} Source  where jobs come from: the account behind the page, one connected to, or a file
 * @property {string} id
 * @property {string} label
 * @property {string} region              "" where it is not known
 * @property {string} endpoint            instead of the region's, or ""
 * @property {boolean} canRefresh
 * @property {Jobs | null} jobs           null until its engine has started
 * @property {{ doing: string, pages?: number, jobs?: number, rate?: number, retries?: number, waitingMs?: number,
 *   bytes?: number, totalBytes?: number } | null} busy   what is under way
 * @property {boolean} stopped            by the person, who can go on
 * @property {boolean} complete           whether all has been read once
 * @property {import("./trouble.js").Trouble & { retry: () => void } | null} error
 * @property {{ items: { file: string, offset: number, message: string }[], count: number } | null} rejected
 * @property {string} notice              what the last refresh or import brought
 * @property {Date | null} asOf           when the jobs were last read from it
 * @property {boolean} kept               on this device, as the person asked
 * @property {number} keptBytes
 * @property {string} keepError
 *
 * @typedef {object} Answer  what the engine said to the last readable query
 * @property {MediaAnalysisJob[]} rows    those that are drawn: the page, or what is in sight and some more
 * @property {number} first               the first of them, counted from 0 in the whole answer
 * @property {number} page
 * @property {number} pages
 * @property {number} matching
 * @property {number} all
 * @property {number} milliseconds
 *
 * @typedef {object} State
 * @property {string} query
 * @property {string} sort                a field, "-" before it when descending; "" is newest first
 * @property {number} page
 * @property {number} size                rows a page; 0: no pages, all rows are scrolled through
 * @property {string[] | null} columns    the chosen ones' fields; null: as many of the usual ones as there is room for
 * @property {Record<string, number>} widths   of columns that were resized, in pixels, by field
 * @property {"utc" | "local" | "age"} times   how the table writes times
 * @property {"system" | "light" | "dark"} theme
 * @property {number} now                 the time that the rows' ages are told from
 * @property {number} clock               the time that the last reading's age is told from
 * @property {{ width: number, height: number }} list  the room for rows
 * @property {number} top                 the first row in sight
 * @property {number} shift               see scroll_scale.js
 * @property {boolean} isLeaping          the list moves too fast to be read
 * @property {string} job                 the open job's JobId, or ""
 * @property {import("./results_state.js").ShownResults | null} results  what a job has produced, in the list's place
 * @property {string} source              the id of the source that is shown
 * @property {Source[]} sources
 * @property {Answer} answer
 * @property {import("rekognition-jobs").QueryError | null} queryError
 * @property {import("rekognition-jobs").QueryToken[]} tokens   of the query
 * @property {{ buckets: import("rekognition-jobs").Bucket[],
 *   facets: Record<string, import("rekognition-jobs").Facet[]> }} summary
 *   what the chart and the facets show, soon after the answer
 * @property {boolean} facetsOpen
 * @property {string} openFacet           the field of the facet that shows all its values, or ""
 * @property {boolean} chartOpen
 * @property {boolean} numbersOpen        the chart's numbers are shown as a table
 * @property {number} contrast            counts changes of the system's colours
 * @property {{ place: import("./completions.js").Place | null, items: import("./completions.js").Completion[],
 *   active: number }} completion         what could stand at the caret
 * @property {number} caret               where the caret goes after the next drawing, or -1
 * @property {MediaAnalysisJob | undefined} opened
 * @property {string} base                the JobId of the job that the open one is compared with, or ""
 * @property {MediaAnalysisJob | undefined} compared   that job
 * @property {boolean} onlyDifferences    of the two that are compared
 * @property {number} cursor              the row that the arrow keys stand on, counted as answer.first is
 * @property {boolean} narrow             a phone's width: the inspector is a sheet
 * @property {boolean} dragging           a file is held over the page
 * @property {{ format: string, bytes: number } | null} exporting  a file that is being written
 * @property {string} exportError
 * @property {number} autoRefresh         milliseconds between two refreshes, or 0
 * @property {"" | "sources" | "help"} dialog  what lies over the page
 * @property {"keys" | "pool" | "none"} signIn  how the account to connect to is signed in to
 * @property {string} connectError        why an account could not be connected to
 * @property {string} copied              what was just copied and the text, a line between, or ""
 * @property {"" | "row" | "inspector" | "query" | "sources" | "export" | "results" | "opener"} focus
 *   where it goes after the next drawing
 *
 * @typedef {Pick<State, "query" | "queryError" | "tokens" | "completion" | "caret" | "size" | "top" | "shift" |
 *   "isLeaping" | "list" | "exporting" | "exportError"> & { answer: Omit<Answer, "rows"> & { rows: object[] }, now?: number }} Listed
 *   a query and the list of what it found, jobs or images
 * @typedef {{ readonly state: Listed, set(changes: Partial<Listed & Pick<State, "focus">>): void }} ListedStore
 */

export const PAGE_SIZES = [0, 25, 50, 100, 200];
export const THEMES = ["system", "light", "dark"];
export const NO_COMPLETION = { place: null, items: [], active: -1 };
export const NO_SUMMARY = { buckets: [], facets: {} };
export const NO_ANSWER = { rows: [], first: 0, page: 1, pages: 0, matching: 0, all: 0, milliseconds: 0 };

/** @returns {State} */
export function initialState() {
  return {
    query: "",
    sort: "",
    page: 1,
    size: 0,
    columns: null,
    widths: {},
    times: "utc",
    theme: "system",
    now: Date.now(),
    clock: Date.now(),
    list: { width: 1000, height: 600 },
    top: 0,
    shift: 0,
    isLeaping: false,
    job: "",
    results: null,
    source: "account",
    sources: [],
    answer: NO_ANSWER,
    tokens: [],
    summary: NO_SUMMARY,
    facetsOpen: true,
    openFacet: "",
    chartOpen: true,
    numbersOpen: false,
    contrast: 0,
    completion: NO_COMPLETION,
    caret: -1,
    queryError: null,
    opened: undefined,
    base: "",
    compared: undefined,
    onlyDifferences: false,
    cursor: 0,
    narrow: false,
    dragging: false,
    exporting: null,
    exportError: "",
    autoRefresh: 0,
    dialog: "",
    signIn: "keys",
    connectError: "",
    copied: "",
    focus: "",
  };
}

/**
 * @param {Pick<Source, "id" | "label"> & Partial<Source>} facts
 * @returns {Source}
 */
export function newSource(facts) {
  return {
    region: "", endpoint: "", canRefresh: false, jobs: null, busy: null, stopped: false, complete: false, error: null,
    rejected: null, notice: "", asOf: null, kept: false, keptBytes: 0, keepError: "", ...facts,
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
 * Holds the state. Subscribers run once after the changes of one turn, however many there were.
 * @param {State} state
 */
export function createStore(state) {
  const subscribers = new Set();
  let told = true;

  function tell() {
    told = true;
    for (const subscriber of subscribers) subscriber(state);
  }

  return {
    get state() {
      return state;
    },
    /** @param {Partial<State>} changes */
    set(changes) {
      state = { ...state, ...changes };
      if (!told) return;
      told = false;
      queueMicrotask(tell);
    },
    /**
     * @param {string} id
     * @param {Partial<Source>} changes
     */
    setSource(id, changes) {
      this.set({ sources: state.sources.map((source) => (source.id === id ? { ...source, ...changes } : source)) });
    },
    /** @param {(state: State) => void} subscriber */
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
  };
}

/** @typedef {Readonly<ReturnType<typeof createStore>>} Store */
