// The list of jobs: a grid whose rows take the focus one at a time. Of a long list only the rows in sight are drawn.
import { html, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { resizeByKey, resizer } from "./column_resizer.js";
import { columnTracks, direction, shownColumns } from "./columns.js";
import { isScrolling, isTight, isTwoLine, rowHeight } from "./geometry.js";
import * as icons from "./icons.js";
import { properties } from "./properties.js";
import { createScrollScale } from "./scroll_scale.js";
import { shownSource } from "./state.js";

function heading(column, index, state, actions) {
  const sorted = direction(state.sort, column.field);
  const unit = column.unit?.(state);
  return html`
    <th role="columnheader" scope="col" class="column-${column.field}" aria-sort=${sorted} aria-colindex=${index + 1}>
      <button type="button" class="plain" @click=${() => actions.sortBy(column.field)}
        @keydown=${(event) => resizeByKey(event, column, actions)}>
        <span class="heading">${column.heading}</span>${unit ? html` <span class="unit">${unit}</span>` : nothing}
        ${sorted === "none" ? nothing : sorted === "ascending" ? icons.ascending : icons.descending}
      </button>
      ${resizer(column, actions)}
    </th>`;
}

function cell(column, job, index, state) {
  const role = column.field === "name" ? "rowheader" : "gridcell";
  return html`<td role=${role} class="column-${column.field}"
    aria-colindex=${index + 1}>${column.cell(job, state)}</td>`;
}

/** Drawn anew only when something of it has changed. */
function steadyRow(job, index, columns, state, actions) {
  const { cursor, times, now } = state;
  const shows = [job, index, index === cursor, job.JobId === state.job, times, now, fieldsOf(columns)];
  return guard(shows, () => row(job, index, columns, state, actions));
}

const fieldsOf = (columns) => columns.map(({ field }) => field).join();

/** In a leap all rows are others: their elements are kept, only the texts change. Else rows keep their elements. */
function drawnRows(columns, state, actions) {
  const { rows, first } = state.answer;
  const draw = (job, index) => steadyRow(job, first + index, columns, state, actions);
  return state.isLeaping ? rows.map(draw) : repeat(rows, (_, index) => first + index, draw);
}

function row(job, index, columns, state, actions) {
  return html`
    <tr role="row" data-job=${job.JobId} aria-rowindex=${index + 2}
      tabindex=${index === state.cursor ? "0" : "-1"} aria-selected=${job.JobId === state.job ? "true" : "false"}
      @focus=${() => actions.standOn(index)}
      @click=${(event) => (event.ctrlKey || event.metaKey ? actions.openBeside(index) : actions.openRow(index))}>
      ${columns.map((column, place) => cell(column, job, place, state))}
    </tr>`;
}

function emptiness(state, actions) {
  const source = shownSource(state);
  if (source?.busy) return html`<p>${source.busy.doing}…</p>`;
  if (state.answer.all > 0) {
    return html`<p>No job matches this query.</p>
      <button type="button" @click=${actions.clearQuery}>Clear the query</button>`;
  }
  return html`<p>No jobs here. Drop a file of jobs on the page: the output of
    <code>aws rekognition list-media-analysis-jobs</code>, as it is.</p>`;
}

/** A cell that cuts its text shows all of it to who points at it. */
function tellWhole({ target }, columns, { answer }) {
  const place = target.closest?.("td");
  if (!place) return;
  const column = columns[place.getAttribute("aria-colindex") - 1];
  const job = answer.rows[place.parentElement.getAttribute("aria-rowindex") - 2 - answer.first];
  place.title = (job && column?.whole?.(job)) || "";
}

/** The height that all rows take, and where in it the drawn ones start. */
function place(state) {
  const { answer, shift } = state;
  const height = rowHeight(state);
  if (!isScrolling(state)) return { height: "auto", "padding-top": "0px" };
  const whole = createScrollScale().fit(answer.matching * height, state.list.height);
  return { height: `${whole}px`, "padding-top": `${answer.first * height - shift}px` };
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function jobTable(state, actions) {
  const { answer, cursor } = state;
  const columns = shownColumns(state);
  const cursorIsDrawn = cursor >= answer.first && cursor < answer.first + answer.rows.length;
  const density = isTwoLine(state) ? "two-line" : isTight(state) ? "tight" : "";
  const classes = ["list", state.queryError ? "stale" : "", density];
  return html`
    <section id="list" class=${classes.join(" ")} aria-label="Jobs"
      aria-busy=${shownSource(state)?.busy ? "true" : "false"}>
      <table id="jobs" role="grid" aria-label="Jobs" aria-rowcount=${answer.matching + 1}
        aria-colcount=${columns.length}
        tabindex=${cursorIsDrawn || answer.matching === 0 ? "-1" : "0"}
        ${properties(columnTracks(columns, state))}>
        <thead role="rowgroup"><tr role="row" aria-rowindex="1">${repeat(columns, ({ field }) => field,
          (column, index) => heading(column, index, state, actions))}</tr></thead>
        <tbody role="rowgroup" ${properties(place(state))}
          @pointerover=${(event) => tellWhole(event, columns, state)}>${drawnRows(columns, state, actions)}</tbody>
      </table>
      ${answer.matching === 0 ? html`<div class="empty">${emptiness(state, actions)}</div>` : nothing}
    </section>`;
}
