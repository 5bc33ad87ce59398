// The view in the URL's hash, which no server ever sees: query, sort, columns, page, its size, open job and comparison;
// of open results their job, query, threshold, which images are shown and what they are compared with.
import { COLUMNS } from "./columns.js";
import { SHOWN, USUAL_THRESHOLD } from "./results_state.js";
import { readSettings } from "./settings.js";
import { PAGE_SIZES } from "./state.js";

/**
 * @typedef {Pick<import("./state.js").State, "query" | "sort" | "columns" | "page" | "size" | "job" | "base" |
 *   "onlyDifferences"> & { resultsOf: string, resultsQuery: string, threshold: number, shown: string,
 *   comparedWith: string }} ViewState  resultsOf, comparedWith: JobIds, or ""
 */

const NO_RESULTS = { resultsOf: "", resultsQuery: "", threshold: USUAL_THRESHOLD, shown: "all", comparedWith: "" };
/** @type {ViewState} */
const DEFAULTS = {
  query: "", sort: "", columns: null, page: 1, size: 0, job: "", base: "", onlyDifferences: false, ...NO_RESULTS,
};
const NAMES = {
  query: "q", sort: "sort", columns: "columns", page: "page", size: "size", job: "job", base: "beside",
  onlyDifferences: "differences", resultsOf: "results", resultsQuery: "rq", threshold: "threshold", shown: "show",
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
    shown: SHOWN.includes(text("shown")) ? text("shown") : DEFAULTS.shown,
    comparedWith: text("comparedWith"),
  };
}

/**
 * What to show at an address. One that says nothing shows the page as this browser remembers it; any other shows all
 * who follow it the same.
 * @param {string} hash
 * @returns {ViewState}
 */
export function viewAt(hash) {
  if (hash.length > 1) return readHash(hash);
  const { columns, size } = { ...DEFAULTS, ...readSettings() };
  return { ...DEFAULTS, columns, size };
}

/**
 * The view that the state shows. Of results from files there is none: the address cannot bring them back.
 * @param {import("./state.js").State} state
 * @returns {ViewState}
 */
function viewOf(state) {
  const { job: resultsOf = "", query: resultsQuery, threshold, shown, other } = state.results ?? {};
  const of = resultsOf ? { resultsOf, resultsQuery, threshold, shown, comparedWith: other?.job ?? "" } : {};
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
 * Keeps the address bar and the state alike. One burst of typing is one step back in the history.
 * @param {import("./state.js").Store} store
 * @param {(view: ViewState) => void} onTravel  called when the person goes back or forth
 */
export function createLocation(store, onTravel) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let ownsEntry = false;

  function write(replace) {
    clearTimeout(timer);
    timer = undefined;
    const hash = writeHash(viewOf(store.state));
    if (hash === location.hash) return;
    const url = location.pathname + location.search + hash;
    if (replace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
  }

  addEventListener("popstate", () => {
    clearTimeout(timer);
    ownsEntry = false;
    onTravel(viewAt(location.hash));
  });

  return {
    /** A step that Back should undo. */
    step() {
      this.settle();
      write(false);
    },
    /** A change that is no step of its own. */
    amend() {
      write(true);
    },
    /** A change of the query while it is being typed. */
    typing() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        write(ownsEntry);
        ownsEntry = true;
      }, TYPING_PAUSE);
    },
    /** The typing has ended: what follows is another step. */
    settle() {
      if (timer) write(ownsEntry);
      ownsEntry = false;
    },
  };
}
