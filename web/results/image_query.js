// Runs the query of the open results: images, how many are flagged, their labels, and a comparison.
import { createListQuery } from "../query/list_query.js";
import { postTask } from "../ui/post_task.js";
import { requiredTerms, withTerm, withoutField } from "../query/query_terms.js";

/**
 * Returns the query for the images of a filter. Those without an answer are neither flagged nor unflagged.
 * @param {Pick<import("rekognition-jobs").Results, "tokens">} results
 * @param {string} query  a valid one
 * @param {number} threshold
 * @param {import("../state/results_state.js").ShownResults["filter"]} filter
 */
export function narrowed(results, query, threshold, filter) {
  if (filter === "all") return query;
  const within = query.trim() === "" ? "" : `(${query}) `;
  if (filter === "unanswered") return `${within}no:answer`;
  const flagged = withTerm(query, results.tokens(query), `confidence:>=${threshold}`);
  if (filter === "flagged") return flagged;
  return `${within}has:answer -(${flagged})`;
}

const BUCKETS = 50;

/** Returns the label that a query requires, if it requires exactly one. */
function labelOf(tokens) {
  const terms = requiredTerms(tokens).filter(({ field }) => field === "label");
  const [only, ...others] = terms.flatMap(({ values }) => values);
  return only?.exact && others.length === 0 ? only.value : undefined;
}

/** Returns the histogram of one label's confidences, or of all. */
function histogramOf(view, label) {
  return view.histogram("confidence", BUCKETS, label === undefined ? {} : { label });
}

function lengthOf(results, query) {
  const view = results.query(query);
  const { length } = view;
  view.close();
  return length;
}

/** @param {import("../state/results_state.js").ResultsStore} store */
export function createImageQuery(store) {
  const list = createListQuery(
    store,
    () => store.state.results,
    (results, query) => {
      const { threshold, filter } = store.state;
      // An error must point into the text of the query itself.
      if (filter !== "all") results.query(query).close();
      return results.query(narrowed(results, query, threshold, filter));
    },
  );
  let latest = 0;

  /** Counts the labels in a later task, as if the query had no label, so that more of them can be added. */
  function countLabels() {
    latest += 1;
    const mine = latest;
    postTask(() => {
      const { results, threshold } = store.state;
      if (mine !== latest || !results) return;
      const query = list.lastValidQuery;
      const wider = results.query(withoutField(query, results.tokens(query), "label"));
      store.set({ tree: wider.labels({ threshold }), histogram: histogramOf(wider, labelOf(results.tokens(query))) });
      wider.close();
      compare();
    });
  }

  function compare() {
    const { results, threshold, other } = store.state;
    if (!other?.results) return;
    other.comparison?.close();
    const all = results.query(list.lastValidQuery);
    store.set({ other: { ...other, comparison: all.compare(other.results, { threshold }) } });
    all.close();
  }

  return {
    compare,
    /** Runs the query again: its text, the threshold or the filter has changed. */
    run() {
      const found = list.run();
      const { results, threshold, filter } = store.state;
      const query = list.lastValidQuery;
      const { length } = list.view;
      store.set({
        ...found,
        matching: filter === "all" ? length : lengthOf(results, query),
        flagged: filter === "flagged" ? length : lengthOf(results, narrowed(results, query, threshold, "flagged")),
        unanswered:
          filter === "unanswered" ? length : lengthOf(results, narrowed(results, query, threshold, "unanswered")),
      });
      countLabels();
    },
    scroll: list.scroll,
    snapshot: list.snapshot,
    /** Forgets the results, before others are opened. */
    reset() {
      latest += 1;
      list.reset();
    },
  };
}
