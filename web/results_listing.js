// Asks the engine for what is shown of the open results: images in sight, flagged ones, the labels, a comparison.
import { QueryError } from "rekognition-jobs";
import { drawnRows } from "./geometry.js";
import { later } from "./later.js";
import { neededTerms, withTerm, withoutField } from "./query_terms.js";

/**
 * The query of those images that are flagged, or of all others of its.
 * @param {Pick<import("rekognition-jobs").Results, "tokens">} results
 * @param {string} query  a readable one
 * @param {number} threshold
 * @param {import("./results_state.js").ShownResults["shown"]} shown
 */
export function narrowed(results, query, threshold, shown) {
  if (shown === "all") return query;
  const flagged = withTerm(query, results.tokens(query), `confidence:>=${threshold}`);
  if (shown === "flagged") return flagged;
  return query.trim() === "" ? `-(${flagged})` : `(${query}) -(${flagged})`;
}

const BUCKETS = 50;

/** The one label that a query needs by its name, if it needs one alone. */
function labelOf(tokens) {
  const terms = neededTerms(tokens).filter(({ field }) => field === "label");
  const [only, ...others] = terms.flatMap(({ values }) => values);
  return only?.exact && others.length === 0 ? only.value : undefined;
}

/** Of the label, or of all of them. */
function spreadOf(view, label) {
  return view.histogram("confidence", BUCKETS, label === undefined ? {} : { label });
}

/** @param {import("./results_state.js").ResultsStore} store */
export function createResultsListing(store) {
  /** @type {import("rekognition-jobs").ResultView | null} */
  let view = null;
  let readable = "";
  let latest = 0;

  function lengthOf(query) {
    const asked = store.state.results.query(query);
    const { length } = asked;
    asked.close();
    return length;
  }

  /** @returns {QueryError | null} what is wrong with the query; the last readable one then stays */
  function read(results, query) {
    try {
      const all = results.query(query);
      store.set({ matching: all.length });
      all.close();
      readable = query;
      return null;
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      return error;
    }
  }

  function rowsOf(state) {
    const { first, count } = drawnRows(state, view.length);
    return { first, rows: view.rows(first, count) };
  }

  /** The labels, counted soon after the images are shown, as if none were asked for, so that others can be. */
  function countLabels() {
    latest += 1;
    const mine = latest;
    later(() => {
      const { results, threshold } = store.state;
      if (mine !== latest || !results) return;
      const wider = results.query(withoutField(readable, results.tokens(readable), "label"));
      store.set({ tree: wider.labels({ threshold }), spread: spreadOf(wider, labelOf(results.tokens(readable))) });
      wider.close();
      compare();
    });
  }

  function compare() {
    const { results, threshold, other } = store.state;
    if (!other?.results) return;
    other.comparison?.close();
    const all = results.query(readable);
    store.set({ other: { ...other, comparison: all.compare(other.results, { threshold }) } });
    all.close();
  }

  return {
    compare,
    /** The query, the threshold, or which images are shown has changed. */
    ask() {
      const { results, query } = store.state;
      const queryError = read(results, query);
      const { threshold, shown } = store.state;
      const start = performance.now();
      view?.close();
      view = results.query(narrowed(results, readable, threshold, shown));
      const milliseconds = performance.now() - start;
      store.set({
        queryError,
        tokens: results.tokens(query),
        flagged: shown === "flagged" ? view.length : lengthOf(narrowed(results, readable, threshold, "flagged")),
        answer: {
          ...rowsOf(store.state), page: 1, pages: 1, matching: view.length, all: results.size, milliseconds,
        },
      });
      countLabels();
    },
    /** Other rows are in sight. */
    scroll() {
      const { answer } = store.state;
      if (view) store.set({ answer: { ...answer, ...rowsOf(store.state) } });
    },
    /** For an export: theirs to close. */
    snapshot() {
      const { results, threshold, shown } = store.state;
      return results?.query(narrowed(results, readable, threshold, shown));
    },
    /** Other results are to be asked, or none. */
    reset() {
      latest += 1;
      view = null;
      readable = "";
    },
  };
}
