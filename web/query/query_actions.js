// Edits the query for facets and chart: each changes its own term alone.
import { timeRange } from "./time_range.js";
import { toggleValue, setTerm, withoutField } from "./query_terms.js";

/**
 * @param {import("../state/state.js").Store} store
 * @param {(query: string) => void} changeQuery
 */
export function queryActions(store, changeQuery) {
  const edit = (change) => changeQuery(change(store.state.query, store.state.tokens));

  return {
    /** @param {import("./facet_fields.js").FacetField} facet */
    toggleFacet(facet, value) {
      edit((text, tokens) => toggleValue(text, tokens, facet.field, facet.term(value), facet.isSame(value)));
    },
    /** Filters to jobs created within a range, in milliseconds since 1970. */
    chooseTimes(from, to) {
      edit((text, tokens) => setTerm(text, tokens, "created", timeRange(from, to)));
    },
    chooseAllTimes() {
      edit((text, tokens) => withoutField(text, tokens, "created"));
    },
    toggleFacets() {
      store.set({ facetsOpen: !store.state.facetsOpen });
    },
    /** Shows all values of one facet; "" shows none in full. */
    openFacet(field) {
      store.set({ openFacet: field });
    },
    toggleChart() {
      store.set({ chartOpen: !store.state.chartOpen });
    },
    toggleNumbers() {
      store.set({ numbersOpen: !store.state.numbersOpen });
    },
  };
}
