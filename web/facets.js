// The facets beside the list: how often each value occurs; a check mark puts it into the query or takes it out.
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { FACETS } from "./facet_fields.js";
import { count } from "./format.js";
import { neededTerms } from "./query_terms.js";
import { statusMark } from "./status.js";

const SHOWN_AT_FIRST = 6;

/** The counted values, the marked ones among them however rarely they occur. */
function values(facet, state) {
  const counted = state.summary.facets[facet.field] ?? [];
  const marks = neededTerms(state.tokens).filter(({ field }) => field === facet.field).flatMap((term) => term.values);
  const found = counted.map(({ value, count: times }) => ({ value, times, isMarked: marks.some(facet.isSame(value)) }));
  const missing = marks.filter((token) => !found.some(({ value }) => facet.isSame(value)(token))).map(facet.named);
  const named = new Set(missing.filter((value) => value !== undefined));
  return [...found, ...[...named].map((value) => ({ value, times: 0, isMarked: true }))];
}

function choice(facet, { value, times, isMarked }, state, actions) {
  const name = facet.field === "status" ? statusMark(value)
    : html`<span class="facet-value" title=${value}>${facet.shown(value)}</span>`;
  return html`<li><label>
    <input type="checkbox" .checked=${live(isMarked)} ?disabled=${state.queryError !== null}
      @change=${() => actions.toggleFacet(facet, value)}>
    ${name}<span class="facet-count">${count(times)}</span></label></li>`;
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
      <ul role="list">${repeat(shown, ({ value }) => value, (each) => choice(facet, each, state, actions))}</ul>
      ${more > 0 || isOpen ? html`<button type="button" class="plain more" aria-expanded=${isOpen ? "true" : "false"}
        @click=${() => actions.openFacet(isOpen ? "" : facet.field)}>${
          isOpen ? "Fewer" : `${count(more)} more`}</button>`
        : nothing}
    </fieldset>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function facets(state, actions) {
  const lists = FACETS.map((facet) => facetList(facet, state, actions));
  return html`<div id="facets" class="counts facets ${state.queryError ? "stale" : ""}" role="group" aria-label="Facets"
    ?hidden=${!state.facetsOpen}>${lists}</div>`;
}
