// The whole screen as one function of the state.
import { html } from "lit";
import { guard } from "lit/directives/guard.js";
import { chart } from "./chart.js";
import { dropZone } from "./drop_zone.js";
import { facets } from "./facets.js";
import { helpSheet } from "./help_sheet.js";
import { inspector } from "./inspector.js";
import { jobTable } from "./job_table.js";
import { messages } from "./messages.js";
import { pager } from "./pager.js";
import { queryBar } from "./query_bar.js";
import { results } from "./results.js";
import { sourceBar } from "./source_bar.js";
import { sourceDialog } from "./source_dialog.js";
import { createSteadiness } from "./steady.js";

const versionOf = createSteadiness();

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function screen(state, actions) {
  const version = [versionOf(state)];
  const steady = (part) => guard(version, () => part(state, actions));
  const counted = [state.summary, state.tokens, state.queryError, state.facetsOpen, state.openFacet, state.chartOpen,
    state.numbersOpen, state.times];
  return html`
    ${guard([...version, state.clock], () => sourceBar(state, actions))}
    ${state.results ? results(state, actions) : html`
      <main class=${state.job ? "inspecting" : ""}>
        ${steady(queryBar)}
        ${steady(messages)}
        ${guard(counted, () => facets(state, actions))}
        ${guard(counted, () => chart(state, actions))}
        ${guard([...version, state.answer, state.shift], () => jobTable(state, actions))}
        ${steady(pager)}
      </main>
      ${steady(inspector)}`}
    ${steady(sourceDialog)}
    ${steady(helpSheet)}
    ${steady(dropZone)}
    <p class="hidden" role="status">${state.copied ? `${state.copied.split("\n")[0]} copied` : ""}</p>`;
}
