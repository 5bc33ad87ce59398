// Asks the engine for what a list shows: the rows that a query finds, as far as they are in sight.
import { QueryError } from "rekognition-jobs";
import { reactive, update } from "../state/reactive.js";
import { isScrolling, renderedRange } from "../ui/list_layout.js";
import { oneAtATime } from "../ui/one_at_a_time.js";

/**
 * @typedef {{ length: number, rows(first: number, count: number): Promise<any[]>, close(): void,
 *   exportStream(format: import("rekognition-jobs").ExportFormat): ReadableStream<Uint8Array> }} ListView
 *
 * @param {import("../state/state.js").ListStore} store
 * @param {object} list
 * @param {import("../engine/language.js").Language} list.language
 * @param {() => any} list.engine  null or undefined while there is none
 * @param {(engine: any, query: string) => Promise<any>} list.open  asks a query, and gives a view
 * @param {(engine: any) => Promise<number>} list.count  counts all records
 */
export function createListQuery(store, { language, engine, open, count }) {
  /** @type {any} */
  let view = null;
  let lastValidQuery = "";
  let asked = 0;

  function replaceView(next) {
    view?.close();
    view = next;
  }

  /** @returns {Promise<{ view: any, query: string, error: QueryError | null }>} error: of the query, if another is asked */
  async function openLastValid(of, query) {
    try {
      return { view: await open(of, query), query, error: null };
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      return { view: await open(of, lastValidQuery), query: lastValidQuery, error };
    }
  }

  /** Returns the rows from `first` on. Those that are rendered already stay the same objects, and are not rendered again. */
  async function rowsFrom(of, first, wanted, before) {
    const [end, endBefore] = [first + wanted, before.first + before.rows.length];
    if (end <= before.first || first >= endBefore) return of.rows(first, wanted);
    const [head, tail] = await Promise.all([
      first < before.first ? of.rows(first, before.first - first) : [],
      end > endBefore ? of.rows(endBefore, end - endBefore) : [],
    ]);
    return [...head, ...before.rows.slice(Math.max(0, first - before.first), end - before.first), ...tail];
  }

  const follow = oneAtATime(async () => {
    const { answer: before } = store.state;
    const current = view;
    if (!current || !isScrolling(store.state)) return;
    const { first, count: wanted } = renderedRange(store.state, before.matching);
    if (first === before.first && wanted === before.rows.length) return;
    const rows = await rowsFrom(current, first, wanted, before).catch((error) => {
      if (view === current) throw error;
      return [];
    });
    if (view === current && store.state.answer === before) update(before, { first, rows });
  });

  return {
    get view() {
      return view;
    },
    get lastValidQuery() {
      return lastValidQuery;
    },
    /** Reads the tokens of the state's query, and asks it. @param {() => Promise<void>} askIt */
    run(askIt) {
      store.set({ tokens: language.tokens(store.state.query) });
      return this.asking(askIt);
    },
    /** Marks the answer as the one before until `work` is done. @param {() => Promise<void>} work */
    async asking(work) {
      asked += 1;
      store.set({ isAsking: true });
      try {
        await work();
      } finally {
        asked -= 1;
        store.set({ isAsking: asked > 0 });
      }
    },
    /**
     * Asks the query of the state; while it is not valid, the last valid one.
     * @param {any} of  the engine
     * @param {(view: any, query: string) => Promise<object>} [more]  asks for more that is shown with the rows
     * @returns {Promise<any>} what it said, once its view is this list's; null if another engine's jobs are
     *   shown by now
     */
    async ask(of, more = async () => ({})) {
      const { query } = store.state;
      const start = performance.now();
      let next;
      try {
        const valid = await openLastValid(of, query);
        next = valid.view;
        const milliseconds = performance.now() - start;
        const [answer, all, found] = await Promise.all([this.answerOf(next), count(of), more(next, valid.query)]);
        if (engine() !== of) {
          next.close();
          return null;
        }
        replaceView(next);
        lastValidQuery = valid.query;
        // An error points into its own text.
        const isCurrent = query === store.state.query;
        return {
          ...found,
          answer: reactive({ ...answer, all, milliseconds }),
          queryError: isCurrent ? valid.error : store.state.queryError,
        };
      } catch (error) {
        next?.close();
        if (engine() !== of) return null;
        throw error;
      }
    },
    /** The page that the state names, of a view. @param {ListView} of */
    async answerOf(of) {
      const { state } = store;
      const matching = of.length;
      const pages = isScrolling(state) ? Math.min(matching, 1) : Math.ceil(matching / state.size);
      const page = Math.min(state.page, Math.max(1, pages));
      const { first, count: wanted } = renderedRange(state, matching, page);
      return { rows: await of.rows(first, wanted), first, page, pages, matching };
    },
    /** Reads the rows that have become visible. */
    scroll: follow,
    /** Returns another view of the same result, which the caller closes. @returns {Promise<ListView | null>} */
    snapshot: async () => (engine() ? open(engine(), lastValidQuery) : null),
    close() {
      replaceView(null);
    },
    /** Closes the view and forgets the last valid query. */
    reset() {
      replaceView(null);
      lastValidQuery = "";
    },
  };
}
