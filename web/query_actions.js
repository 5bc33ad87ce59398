// What facets and chart write into the query: each only its own term.
import { timeRange } from "./chart_range.js";
import { toggled, withOnly, withoutField } from "./query_terms.js";

/**
 * @param {import("./state.js").Store} store
 * @param {(query: string) => void} changeQuery
 */
export function queryActions(store, changeQuery) {
  const edit = (change) => changeQuery(change(store.state.query, store.state.tokens));

  return {
    /** @param {import("./facet_fields.js").FacetField} facet */
    toggleFacet(facet, value) {
      edit((text, tokens) => toggled(text, tokens, facet.field, facet.term(value), facet.isSame(value)));
    },
    /** Only jobs created within these milliseconds since 1970. */
    chooseTimes(from, to) {
      edit((text, tokens) => withOnly(text, tokens, "created", timeRange(from, to)));
    },
    chooseAllTimes() {
      edit((text, tokens) => withoutField(text, tokens, "created"));
    },
    toggleFacets() {
      store.set({ facetsOpen: !store.state.facetsOpen });
    },
    /** Shows all values of one facet; "" of none. */
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
