// Counts the facets and the buckets of the chart, one after the other, so that a question comes between them.
import { FACETS } from "../query/facet_fields.js";
import { shownSource } from "../state/state.js";
import { requiredTerms, withoutField } from "../query/query_terms.js";

export const BUCKETS = 96;

/**
 * Counts the values of a facet as if the query had no term of that field, so that more of them can be added.
 */
async function count(facet, jobs, view, query, tokens) {
  if (!requiredTerms(tokens).some(({ field }) => field === facet.field)) return view.facets(facet.counted);
  const wider = await jobs.query(withoutField(query, tokens, facet.field));
  try {
    return await wider.facets(facet.counted);
  } finally {
    wider.close();
  }
}

/**
 * @param {import("../state/state.js").Store} store
 * @param {import("../engine/language.js").Language} language
 */
export function createSummaries(store, language) {
  let latest = 0;

  return {
    /** Cancels the previous count and counts this view, which must stay open until the next call. */
    async count(jobs, view, query) {
      latest += 1;
      const mine = latest;
      if (!view) {
        store.set({ summary: { buckets: [], facets: {} } });
        return;
      }
      const tokens = language.tokens(query);
      const facets = {};
      try {
        const buckets = await view.histogram("created", BUCKETS);
        for (const facet of FACETS) {
          if (mine !== latest) return;
          facets[facet.field] = await count(facet, jobs, view, query, tokens);
        }
        if (mine === latest) store.set({ summary: { buckets, facets } });
      } catch (error) {
        if (mine === latest && jobs === shownSource(store.state)?.jobs) throw error;
      }
    },
  };
}
