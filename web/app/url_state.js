// Keeps the view in the URL's hash, which no server ever sees: query, sort, columns, page and its size, open job and
// comparison; of open results the job, query, threshold, which images are shown and what they are compared with.
import { COLUMNS } from "../jobs/columns.js";
import { FILTERS, DEFAULT_THRESHOLD } from "../state/results_state.js";
import { readPreferences } from "./preferences.js";
import { PAGE_SIZES } from "../state/state.js";

/**
 * @typedef {Pick<import("../state/state.js").State, "query" | "sort" | "columns" | "page" | "size" | "job" | "base" |
 *   "onlyDifferences"> & { resultsOf: string, resultsQuery: string, threshold: number, filter: string,
 *   comparedWith: string }} ViewState  resultsOf, comparedWith: JobIds, or ""
 */

const NO_RESULTS = { resultsOf: "", resultsQuery: "", threshold: DEFAULT_THRESHOLD, filter: "all", comparedWith: "" };
/** @type {ViewState} */
const DEFAULTS = {
  query: "",
  sort: "",
  columns: null,
  page: 1,
  size: 0,
  job: "",
  base: "",
  onlyDifferences: false,
  ...NO_RESULTS,
};
const NAMES = {
  query: "q",
  sort: "sort",
  columns: "columns",
  page: "page",
  size: "size",
  job: "job",
  base: "beside",
  onlyDifferences: "differences",
  resultsOf: "results",
  resultsQuery: "rq",
  threshold: "threshold",
  filter: "show",
  comparedWith: "with",
};
const TYPING_PAUSE = 250;

function knownColumns(text) {
  const asked = text?.split(",") ?? [];
  const fields = COLUMNS.map(({ field }) => field).filter((field) => asked.includes(field));
  return fields.length > 0 ? fields : DEFAULTS.columns;
}

/**
 * @param {string} hash
 * @returns {ViewState}
 */
export function readHash(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (key) => parameters.get(NAMES[key]) ?? DEFAULTS[key];
  const page = Number(text("page"));
  const size = Number(text("size"));
  const threshold = Number(text("threshold"));
  return {
    query: text("query"),
    sort: text("sort"),
    columns: knownColumns(text("columns")),
    page: Number.isSafeInteger(page) && page > 0 ? page : DEFAULTS.page,
    size: PAGE_SIZES.includes(size) ? size : DEFAULTS.size,
    job: text("job"),
    base: text("base"),
    onlyDifferences: text("onlyDifferences") === "true",
    resultsOf: text("resultsOf"),
    resultsQuery: text("resultsQuery"),
    threshold: threshold >= 0 && threshold <= 100 ? threshold : DEFAULTS.threshold,
    filter: FILTERS.includes(text("filter")) ? text("filter") : DEFAULTS.filter,
    comparedWith: text("comparedWith"),
  };
}

/**
 * Returns the view for a hash. An empty one gives the saved preferences; any other gives everybody the same view.
 * @param {string} hash
 * @returns {ViewState}
 */
export function viewAt(hash) {
  if (hash.length > 1) return readHash(hash);
  const { columns, size } = { ...DEFAULTS, ...readPreferences() };
  return { ...DEFAULTS, columns, size };
}

/**
 * Returns what a view sets in the page's state: all but what it says of results.
 * @param {ViewState} view
 */
export function stateIn({ resultsOf, resultsQuery, threshold, filter, comparedWith, ...state }) {
  return state;
}

/**
 * Returns the view of the state. Results from files have none, since a link cannot bring them back.
 * @param {import("../state/state.js").State} state
 * @returns {ViewState}
 */
function viewOf(state) {
  const { job: resultsOf = "", query: resultsQuery, threshold, filter, other } = state.results ?? {};
  const of = resultsOf ? { resultsOf, resultsQuery, threshold, filter, comparedWith: other?.job ?? "" } : {};
  return { ...state, ...NO_RESULTS, ...of };
}

/**
 * @param {ViewState} view
 * @returns {string} "" or "#…", with only what differs from the first view
 */
export function writeHash(view) {
  const parameters = new URLSearchParams();
  for (const key of Object.keys(DEFAULTS)) {
    if (view[key] !== DEFAULTS[key]) parameters.set(NAMES[key], String(view[key]));
  }
  const text = parameters.toString().replaceAll("%3A", ":").replaceAll("%2F", "/").replaceAll("%2C", ",");
  return text && `#${text}`;
}

/**
 * Keeps the URL and the state in sync. One burst of typing is one entry of the history.
 * @param {import("../state/state.js").Store} store
 * @param {(view: ViewState) => void} onPopState  called when the person goes back or forth
 */
export function createUrlState(store, onPopState) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let ownsEntry = false;

  function write(isReplacing) {
    clearTimeout(timer);
    timer = undefined;
    const hash = writeHash(viewOf(store.state));
    if (hash === location.hash) return;
    const url = location.pathname + location.search + hash;
    if (isReplacing) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
  }

  addEventListener("popstate", () => {
    clearTimeout(timer);
    ownsEntry = false;
    onPopState(viewAt(location.hash));
  });

  return {
    /** Adds an entry that Back undoes. */
    push() {
      this.flush();
      write(false);
    },
    /** Changes the current entry. */
    replace() {
      write(true);
    },
    /** Changes the entry of the query that is being typed, after a pause. */
    replaceDebounced() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        write(ownsEntry);
        ownsEntry = true;
      }, TYPING_PAUSE);
    },
    /** Ends the entry of the typing, so that what follows is another. */
    flush() {
      if (timer) write(ownsEntry);
      ownsEntry = false;
    },
  };
}
