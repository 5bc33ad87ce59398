// Counts the facets and the buckets of the chart, one task each, so that counting never blocks typing.
import { FACETS } from "../query/facet_fields.js";
import { postTask } from "../ui/post_task.js";
import { requiredTerms, withoutField } from "../query/query_terms.js";

export const BUCKETS = 96;

/**
 * Counts the values of a facet as if the query had no term of that field, so that more of them can be added.
 */
function count(facet, jobs, view, query, tokens) {
  if (!requiredTerms(tokens).some(({ field }) => field === facet.field)) return view.facets(facet.counted);
  const wider = jobs.query(withoutField(query, tokens, facet.field));
  try {
    return wider.facets(facet.counted);
  } finally {
    wider.close();
  }
}

/** @param {import("../state/state.js").Store} store */
export function createSummaries(store) {
  let latest = 0;

  return {
    /** Cancels the previous count and counts this view, which must stay open until the next call. */
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
        if (tasks.length > 0) postTask(next);
      }
      postTask(next);
    },
  };
}
