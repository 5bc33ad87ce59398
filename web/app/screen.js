// Renders the whole screen: its parts, each again when something that it read has changed.
import { html, nothing } from "lit-html";
import { chart } from "../chart/chart.js";
import { dropZone } from "../sources/drop_zone.js";
import { facets } from "../jobs/facets.js";
import { helpSheet } from "./help_sheet.js";
import { inspector } from "../details/inspector.js";
import { createJobTable } from "../jobs/job_table.js";
import { sourceMessages } from "../sources/messages.js";
import { pager } from "../jobs/pager.js";
import { queryBar } from "../query/query_bar.js";
import { createResultsView } from "../results/results.js";
import { sourceBar } from "../sources/source_bar.js";
import { sourceDialog } from "../sources/source_dialog.js";
import { part } from "../ui/part.js";

/**
 * @param {import("../state/state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function createScreen(state, actions) {
  const made = (template) => part(() => template(state, actions));
  const [top, query, told, counts, times, footer, open] = [
    sourceBar,
    queryBar,
    sourceMessages,
    facets,
    chart,
    pager,
    inspector,
  ].map(made);
  const [sources, help, drop] = [sourceDialog, helpSheet, dropZone].map(made);
  const table = createJobTable(state, actions);
  const results = createResultsView(state, actions);

  const list = () => html`
    <main class=${state.job ? "inspecting" : ""}>${query()}${told()}${counts()}${times()}${table()}${footer()}</main>
    ${open()}`;

  return () => html`
    ${top()}${state.results ? results() : list()}${sources()}${help()}${drop()}
    <p class="visually-hidden" role="status">${state.copied ? `${state.copied.label} copied` : nothing}</p>`;
}
