// Runs the query of the open results: images, how many are flagged, their labels, and a comparison.
import { createListQuery } from "../query/list_query.js";
import { oneAtATime } from "../ui/one_at_a_time.js";
import { resultLanguage as language } from "../engine/engine.js";
import { requiredTerms, withTerm, withoutField } from "../query/query_terms.js";

/**
 * Returns the query for the images of a filter. Those without an answer are neither flagged nor unflagged.
 * @param {Pick<import("../engine/language.js").Language, "tokens">} language
 * @param {string} query  a valid one
 * @param {number} threshold
 * @param {import("../state/results_state.js").ShownResults["filter"]} filter
 */
export function narrowed(language, query, threshold, filter) {
  if (filter === "all") return query;
  const within = query.trim() === "" ? "" : `(${query}) `;
  if (filter === "unanswered") return `${within}no:answer`;
  const flagged = withTerm(query, language.tokens(query), `confidence:>=${threshold}`);
  if (filter === "flagged") return flagged;
  return `${within}has:answer -(${flagged})`;
}

const BUCKETS = 50;
const CHANGES_AT_ONCE = 100;

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

async function lengthOf(results, query) {
  const view = await results.query(query);
  const { length } = view;
  view.close();
  return length;
}

/** The labels as if the query had none, so that more of them can be added. */
async function countLabels(results, query, threshold) {
  const tokens = language.tokens(query);
  const wider = await results.query(withoutField(query, tokens, "label"));
  try {
    const [tree, histogram] = await Promise.all([wider.labels({ threshold }), histogramOf(wider, labelOf(tokens))]);
    return { tree, histogram };
  } finally {
    wider.close();
  }
}

/** @param {import("../state/results_state.js").ResultsStore} store */
export function createImageQuery(store) {
  async function open(results, query) {
    const { threshold, filter } = store.state;
    // An error must point into the text of the query itself.
    if (filter !== "all") (await results.query(query)).close();
    return results.query(narrowed(language, query, threshold, filter));
  }

  const list = createListQuery(store, {
    language,
    engine: () => store.state.results,
    open,
    count: async (results) => results.size,
  });

  /** Counts the images of each filter, of which the list shows one. */
  async function counted(results, query, view) {
    const { threshold, filter } = store.state;
    const lengths = /** @type {const} */ (["all", "flagged", "unanswered"]).map((each) =>
      each === filter ? view.length : lengthOf(results, narrowed(language, query, threshold, each)),
    );
    const [matching, flagged, unanswered] = await Promise.all(lengths);
    return { matching, flagged, unanswered };
  }

  const ask = oneAtATime(async () => {
    const { results } = store.state;
    if (!results) return;
    const found = await list.ask(results, (view, query) => counted(results, query, view));
    if (!found) return;
    store.set(found);
    list.scroll();
    countAfter();
  });

  /** Counts the labels and the changes of what is shown, while the next query can be asked. */
  const countAfter = oneAtATime(async () => {
    const { results, threshold } = store.state;
    if (!results) return;
    const counts = await whileShown(results, countLabels(results, list.lastValidQuery, threshold));
    if (!counts) return;
    store.set(counts);
    await compare();
  });

  /** What was asked of results; nothing once others are shown. */
  async function whileShown(results, asked) {
    try {
      const answer = await asked;
      return results === store.state.results ? answer : undefined;
    } catch (error) {
      if (results === store.state.results) throw error;
      return undefined;
    }
  }

  const compare = oneAtATime(async () => {
    const { results, threshold, other } = store.state;
    if (!results || !other?.results) return;
    const compared = await whileShown(results, compareAll(results, other.results, list.lastValidQuery, threshold));
    if (!compared) return;
    const { other: now } = store.state;
    if (now?.results !== other.results) {
      compared.comparison.close();
      return;
    }
    now.comparison?.close();
    store.set({ other: { ...now, ...compared } });
  });

  async function compareAll(results, other, query, threshold) {
    const all = await results.query(query);
    try {
      const comparison = await all.compare(other, { threshold });
      return { comparison, changed: await comparison.rows(0, CHANGES_AT_ONCE) };
    } finally {
      all.close();
    }
  }

  return {
    compare,
    /** Lists more of the changed images. */
    async showMoreChanges() {
      const { other } = store.state;
      const changed = await other.comparison.rows(0, other.changed.length + CHANGES_AT_ONCE);
      const { other: now } = store.state;
      if (now?.comparison === other.comparison) store.set({ other: { ...now, changed } });
    },
    /** Runs the query again: its text, the threshold or the filter has changed. */
    run: () => list.run(ask),
    scroll: list.scroll,
    snapshot: list.snapshot,
    /** Forgets the results, before others are opened. */
    reset: list.reset,
  };
}
