// Shows the facets beside the list: the values of a field with their counts; a checkbox adds one to the query or removes it.
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { FACETS } from "../query/facet_fields.js";
import { formatCount } from "../ui/format.js";
import { keyed } from "../ui/part.js";
import { requiredTerms } from "../query/query_terms.js";
import { statusBadge } from "../ui/status_badge.js";

const SHOWN_AT_FIRST = 6;

/** Returns the values with their counts, including checked ones that no longer occur. */
function values(facet, state) {
  const counted = state.summary.facets[facet.field] ?? [];
  const marks = requiredTerms(state.tokens)
    .filter(({ field }) => field === facet.field)
    .flatMap((term) => term.values);
  const found = counted.map(({ value, count: times }) => ({ value, times, isMarked: marks.some(facet.isSame(value)) }));
  const missing = marks.filter((token) => !found.some(({ value }) => facet.isSame(value)(token))).map(facet.named);
  const named = new Set(missing.filter((value) => value !== undefined));
  return [...found, ...[...named].map((value) => ({ value, times: 0, isMarked: true }))];
}

function choice(facet, { value, times, isMarked }, state, actions) {
  const name =
    facet.field === "status"
      ? statusBadge(value)
      : html`<span class="facet-value truncate" title=${value}>${facet.shown(value)}</span>`;
  return html`<li><label>
    <input type="checkbox" .checked=${live(isMarked)} ?disabled=${state.queryError !== null}
      @change=${() => actions.toggleFacet(facet, value)}>
    ${name}<span class="facet-count muted">${formatCount(times)}</span></label></li>`;
}

function facetList(facet, state, actions) {
  const all = values(facet, state);
  if (all.length === 0) return nothing;
  const isOpen = state.openFacet === facet.field;
  const shown = isOpen ? all : all.filter(({ isMarked }, index) => isMarked || index < SHOWN_AT_FIRST);
  const more = all.length - shown.length;
  return html`
    <fieldset class="facet" data-field=${facet.field}>
      <legend>${facet.heading}</legend>
      <ul role="list">${keyed(
        shown,
        ({ value }) => value,
        (each) => choice(facet, each, state, actions),
      )}</ul>
      ${
        more > 0 || isOpen
          ? html`<button type="button" class="button-ghost more" aria-expanded=${isOpen ? "true" : "false"}
        @click=${() => actions.openFacet(isOpen ? "" : facet.field)}>${
          isOpen ? "Fewer" : `${formatCount(more)} more`
        }</button>`
          : nothing
      }
    </fieldset>`;
}

/** @type {import("../app/actions.js").Template} */
export function facets(state, actions) {
  const lists = FACETS.map((facet) => facetList(facet, state, actions));
  return html`<div id="facets" class="side-panel facets ${state.queryError ? "stale" : ""}" role="group" aria-label="Filters"
    ?hidden=${!state.facetsOpen}>${lists}</div>`;
}
