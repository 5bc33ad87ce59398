// Runs the query of a list; while it is not valid, the result of the last valid one stays.
import { QueryError } from "rekognition-jobs";
import { reactive, update } from "../state/reactive.js";
import { isScrolling, renderedRange } from "../ui/list_layout.js";

/**
 * @typedef {import("rekognition-jobs").Jobs | import("rekognition-jobs").Results} Engine
 * @typedef {{ length: number, rows(first: number, count: number): any[], close(): void,
 *   exportStream(format: import("rekognition-jobs").ExportFormat): ReadableStream<Uint8Array> }} ListView
 *
 * @param {import("../state/state.js").ListStore} store
 * @param {() => Engine | null | undefined} engine
 * @param {(engine: any, query: string) => any} open  gives the view to show, or throws a QueryError
 */
export function createListQuery(store, engine, open) {
  /** @type {any} */
  let view = null;
  let lastValidQuery = "";
  let milliseconds = 0;
  /** @type {{ query: string, tokens: import("rekognition-jobs").QueryToken[] }} */
  let cut = { query: "", tokens: [] };

  function replaceView(next) {
    view?.close();
    view = next;
  }

  function run(query) {
    const start = performance.now();
    const next = open(engine(), query);
    milliseconds = performance.now() - start;
    replaceView(next);
  }

  /** @returns {QueryError | null} what is wrong with the query, when the last valid one was run instead */
  function runLastValid(query) {
    try {
      run(query);
      lastValidQuery = query;
      return null;
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      run(lastValidQuery);
      return error;
    }
  }

  /** Remembers the tokens: while records come in, the same query is run again and again. */
  function tokensOf(query) {
    if (cut.query !== query) cut = { query, tokens: engine().tokens(query) };
    return cut.tokens;
  }

  function answer() {
    const { state } = store;
    const matching = view.length;
    const pages = isScrolling(state) ? Math.min(matching, 1) : Math.ceil(matching / state.size);
    const page = Math.min(state.page, Math.max(1, pages));
    const { first, count } = renderedRange(state, matching, page);
    return reactive({ rows: view.rows(first, count), first, page, pages, matching, all: engine().size, milliseconds });
  }

  /** Returns the rows from `first` on. Those that are rendered already stay the same objects, and are not rendered again. */
  function rowsFrom(first, count, before) {
    const [end, endBefore] = [first + count, before.first + before.rows.length];
    if (end <= before.first || first >= endBefore) return view.rows(first, count);
    const head = first < before.first ? view.rows(first, before.first - first) : [];
    const kept = before.rows.slice(Math.max(0, first - before.first), end - before.first);
    return [...head, ...kept, ...(end > endBefore ? view.rows(endBefore, end - endBefore) : [])];
  }

  return {
    get view() {
      return view;
    },
    get lastValidQuery() {
      return lastValidQuery;
    },
    /** Runs the query of the state. */
    run() {
      const { query } = store.state;
      const queryError = runLastValid(query);
      return { queryError, answer: answer(), tokens: tokensOf(query) };
    },
    /** Returns the rows of the page that the state names. */
    answer,
    /** Reads the rows that have become visible. */
    scroll() {
      const { state } = store;
      if (!view || !isScrolling(state)) return;
      const { answer: before } = state;
      const { first, count } = renderedRange(state, before.matching);
      if (first !== before.first || count !== before.rows.length)
        update(before, { first, rows: rowsFrom(first, count, before) });
    },
    /** Returns another view of the same result, which the caller closes. @returns {ListView | null} */
    snapshot: () => (engine() ? open(engine(), lastValidQuery) : null),
    close() {
      replaceView(null);
    },
    /** Closes the view and forgets the last valid query. */
    reset() {
      replaceView(null);
      lastValidQuery = "";
      cut = { query: "", tokens: [] };
    },
  };
}
