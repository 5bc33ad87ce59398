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
import { sourceBar } from "./source_bar.js";
import { sourceDialog } from "./source_dialog.js";

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function screen(state, actions) {
  return html`
    ${sourceBar(state, actions)}
    <main class=${state.job ? "inspecting" : ""}>
      ${queryBar(state, actions)}
      ${messages(state, actions)}
      ${guard([state.summary, state.tokens, state.queryError, state.facetsOpen, state.openFacet], () => facets(state, actions))}
      ${guard([state.summary, state.tokens, state.queryError, state.chartOpen, state.numbersOpen, state.times], () => chart(state, actions))}
      ${jobTable(state, actions)}
      ${pager(state, actions)}
    </main>
    ${inspector(state, actions)}
    ${sourceDialog(state, actions)}
    ${helpSheet(state, actions)}
    ${dropZone(state)}
    <p class="hidden" role="status">${state.copied ? `${state.copied.split("\n")[0]} copied` : ""}</p>`;
}
