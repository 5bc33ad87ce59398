// The list of jobs: a grid whose rows take the focus one at a time; two-line rows where it is narrow.
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { COLUMNS, direction } from "./columns.js";
import * as icons from "./icons.js";
import { shownSource } from "./state.js";

function heading(column, state, actions) {
  const sorted = direction(state.sort, column.field);
  return html`
    <th role="columnheader" scope="col" class="column-${column.field}" aria-sort=${sorted}>
      <button type="button" class="plain" @click=${() => actions.sortBy(column.field)}>
        ${column.heading}${column.unit ? html` <span class="unit">${column.unit}</span>` : nothing}
        ${sorted === "none" ? nothing : sorted === "ascending" ? icons.ascending : icons.descending}
      </button>
    </th>`;
}

function cell(column, job) {
  const text = column.whole?.(job);
  const role = column.field === "name" ? "rowheader" : "gridcell";
  return html`<td role=${role} class="column-${column.field}" title=${text || nothing}>${column.cell(job)}</td>`;
}

function row(job, index, state, actions) {
  const { answer, size } = state;
  return html`
    <tr role="row" data-job=${job.JobId} aria-rowindex=${(answer.page - 1) * size + index + 2}
      tabindex=${index === state.cursor ? "0" : "-1"} aria-selected=${job.JobId === state.job ? "true" : "false"}
      @focus=${() => actions.standOn(index)}
      @click=${() => actions.openRow(index)}>
      ${COLUMNS.map((column) => cell(column, job))}
    </tr>`;
}

function emptiness(state, actions) {
  const source = shownSource(state);
  if (source?.busy) return html`<p>${source.busy.doing}…</p>`;
  if (state.answer.all > 0) {
    return html`<p>No job matches this query.</p><button type="button" @click=${actions.clearQuery}>Clear the query</button>`;
  }
  return html`<p>No jobs here. Drop a file of jobs on the page: the output of <code>aws rekognition list-media-analysis-jobs</code>, as it is.</p>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function jobTable(state, actions) {
  const { answer } = state;
  return html`
    <section class="list ${state.queryError ? "stale" : ""}" aria-label="Jobs" aria-busy=${shownSource(state)?.busy ? "true" : "false"}>
      <table id="jobs" role="grid" aria-label="Jobs" aria-rowcount=${answer.matching + 1} aria-colcount=${COLUMNS.length}>
        <thead role="rowgroup"><tr role="row" aria-rowindex="1">${COLUMNS.map((column) => heading(column, state, actions))}</tr></thead>
        <tbody role="rowgroup">${repeat(answer.rows, (job) => job.JobId, (job, index) => row(job, index, state, actions))}</tbody>
      </table>
      ${answer.rows.length === 0 ? html`<div class="empty">${emptiness(state, actions)}</div>` : nothing}
    </section>`;
}
