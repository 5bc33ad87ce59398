// Counts what the answer holds: the chart's buckets and the facets, one task each, so that no task holds up the typing.
import { FACETS } from "./facet_fields.js";
import { later } from "./later.js";
import { neededTerms, withoutField } from "./query_terms.js";

export const BUCKETS = 96;

/**
 * How often each of a facet's values would occur without the query's own terms of that field, so that others can be
 * added to it.
 */
function count(facet, jobs, view, query, tokens) {
  if (!neededTerms(tokens).some(({ field }) => field === facet.field)) return view.facets(facet.counted);
  const wider = jobs.query(withoutField(query, tokens, facet.field));
  try {
    return wider.facets(facet.counted);
  } finally {
    wider.close();
  }
}

/** @param {import("./state.js").Store} store */
export function createSummaries(store) {
  let latest = 0;

  return {
    /** Drops what it was counting, and counts this answer. It must stay open until the next call. */
    count(jobs, view, query) {
      latest += 1;
      const mine = latest;
      if (!view) {
        store.set({ summary: { buckets: [], facets: {} } });
        return;
      }
      const tokens = jobs.tokens(query);
      const summary = { buckets: [], facets: {} };
      const tasks = [
        () => (summary.buckets = view.histogram("created", BUCKETS)),
        ...FACETS.map((facet) => () => (summary.facets[facet.field] = count(facet, jobs, view, query, tokens))),
        () => store.set({ summary }),
      ];
      function next() {
        if (mine !== latest) return;
        tasks.shift()();
        if (tasks.length > 0) later(next);
      }
      later(next);
    },
  };
}
