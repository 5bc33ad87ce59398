// The page's one state object: whoever changes it calls set, whoever shows it subscribes.

/**
 * @typedef {import("rekognition-jobs").Jobs} Jobs
 * @typedef {import("rekognition-jobs").MediaAnalysisJob} MediaAnalysisJob
 *
 * @typedef {object} Source  where jobs come from: the account behind the page, or a file
 * @property {string} id
 * @property {string} label
 * @property {boolean} canRefresh
 * @property {Jobs | null} jobs           null until its engine has started
 * @property {object | null} busy         what is under way: { doing, pages?, jobs?, retries?, waitingMs?, bytes?, totalBytes? }
 * @property {{ name: string, message: string, retry: () => void } | null} error
 * @property {{ items: { file: string, offset: number, message: string }[], count: number } | null} rejected
 * @property {string} notice              what the last refresh or import brought
 * @property {Date | null} asOf           when the jobs were last read from it
 *
 * @typedef {object} Answer  what the engine said to the last readable query
 * @property {MediaAnalysisJob[]} rows    the page that is shown
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
 * @property {number} size
 * @property {string} job                 the open job's JobId, or ""
 * @property {string} source              the id of the source that is shown
 * @property {Source[]} sources
 * @property {Answer} answer
 * @property {import("rekognition-jobs").QueryError | null} queryError
 * @property {MediaAnalysisJob | undefined} opened
 * @property {number} cursor              the row that the arrow keys stand on
 * @property {boolean} narrow             a phone's width: the inspector is a sheet
 * @property {boolean} dragging           a file is held over the page
 * @property {string} copied              the text that was just copied, or ""
 * @property {"" | "row" | "inspector" | "query"} focus   where the focus goes after the next drawing
 */

export const PAGE_SIZES = [25, 50, 100, 200];

/** @returns {State} */
export function initialState() {
  return {
    query: "",
    sort: "",
    page: 1,
    size: 50,
    job: "",
    source: "account",
    sources: [],
    answer: { rows: [], page: 1, pages: 0, matching: 0, all: 0, milliseconds: 0 },
    queryError: null,
    opened: undefined,
    cursor: 0,
    narrow: false,
    dragging: false,
    copied: "",
    focus: "",
  };
}

/**
 * @param {Pick<Source, "id" | "label"> & Partial<Source>} facts
 * @returns {Source}
 */
export function newSource(facts) {
  return { canRefresh: false, jobs: null, busy: null, error: null, rejected: null, notice: "", asOf: null, ...facts };
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

/** @typedef {ReturnType<typeof createStore>} Store */
