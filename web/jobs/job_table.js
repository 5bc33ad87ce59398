// Renders the list of jobs as a grid with one focusable row. Of a long list only the visible rows are rendered.
import { computed } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { resizeByKey, resizer } from "./column_resizer.js";
import { columnTracks, direction, shownColumns } from "./columns.js";
import { isScrolling, isCompact, isStacked, rowHeight } from "../ui/list_layout.js";
import * as icons from "../ui/icons.js";
import { cssProperties } from "../ui/css_properties.js";
import { createElementPool } from "../ui/element_pool.js";
import { keyed, memo, part } from "../ui/part.js";
import { createScrollScale } from "../ui/scroll_scale.js";
import { shownSource } from "../state/state.js";

function heading(column, index, sort, times, actions) {
  const sorted = direction(sort, column.field);
  const unit = column.unit?.(times);
  return html`
    <th role="columnheader" scope="col" class="column-${column.field}" aria-sort=${sorted} aria-colindex=${index + 1}>
      <button type="button" class="button-ghost" @click=${() => actions.sortBy(column.field)}
        @keydown=${(event) => resizeByKey(event, column, actions)}>
        <span class="heading truncate">${column.heading}</span>${unit ? html` <span class="unit muted">${unit}</span>` : nothing}
        ${sorted === "none" ? nothing : sorted === "ascending" ? icons.ascending : icons.descending}
      </button>
      ${resizer(column, actions)}
    </th>`;
}

function cell(column, job, index, clock) {
  const role = column.field === "name" ? "rowheader" : "gridcell";
  return html`<td role=${role} class="column-${column.field}"
    aria-colindex=${index + 1}>${column.cell(job, clock)}</td>`;
}

function row(job, index, isAtCursor, isOpen, columns, clock, actions) {
  return html`
    <tr role="row" data-job=${job.JobId} aria-rowindex=${index + 2}
      tabindex=${isAtCursor ? "0" : "-1"} aria-selected=${isOpen ? "true" : "false"}
      @focus=${() => actions.focusRow(index)}
      @click=${(event) => (event.ctrlKey || event.metaKey ? actions.openBeside(index) : actions.openRow(index))}>
      ${columns.map((column, at) => cell(column, job, at, clock))}
    </tr>`;
}

function emptyState(state, actions) {
  const source = shownSource(state);
  if (source?.busy) return html`<p>${source.busy.activity}…</p>`;
  if (source?.error?.isStopped) return nothing;
  if (state.answer.all > 0) {
    return html`<p>No jobs match this query.</p>
      <button type="button" @click=${actions.clearQuery}>Clear query</button>`;
  }
  if (source?.error) return html`<p>No jobs were loaded.</p>`;
  if (source?.complete) return html`<p>This account has no media analysis jobs in this region.</p>`;
  return html`<p>No jobs yet. Drop the output of <code>aws rekognition list-media-analysis-jobs</code>
    anywhere on this page.</p>`;
}

/** Shows the full text of a truncated cell as its tooltip. */
function setTooltip({ target }, columns, { answer }) {
  const cell = target.closest?.("td");
  if (!cell) return;
  const column = columns[cell.getAttribute("aria-colindex") - 1];
  const job = answer.rows[cell.parentElement.getAttribute("aria-rowindex") - 2 - answer.first];
  cell.title = (job && column?.fullText?.(job)) || "";
}

/** Computes the height of all rows, and the offset of the rendered ones. */
function scrollSpacer(state) {
  const { answer, scrollOffset } = state;
  const height = rowHeight(state);
  if (!isScrolling(state)) return { height: "auto", "padding-top": "0px" };
  const whole = createScrollScale().fit(answer.matching * height, state.list.height);
  return { height: `${whole}px`, "padding-top": `${answer.first * height - scrollOffset}px` };
}

/**
 * @param {import("../state/state.js").State} state
 * @param {import("../app/actions.js").Actions} actions
 */
export function createJobTable(state, actions) {
  const elementsOf = createElementPool();
  const columns = computed(() => shownColumns(state));
  const tracks = computed(() => columnTracks(columns.value, state));
  const clock = computed(() => ({ times: state.times, now: state.times === "age" ? state.now : 0 }));
  const head = part(
    () =>
      html`<tr role="row" aria-rowindex="1">${keyed(
        columns.value,
        ({ field }) => field,
        (column, index) => heading(column, index, state.sort, state.times, actions),
      )}</tr>`,
  );

  /** A row keeps its element while it is rendered, or a press on it would be lost when the list moves. */
  function rows() {
    const {
      answer: { rows: jobs, first },
      cursor,
      job: open,
    } = state;
    const elements = elementsOf(first, jobs.length);
    const draw = (job, index) =>
      memo(row, job, first + index, first + index === cursor, job.JobId === open, columns.value, clock.value, actions);
    return keyed(jobs, (_, index) => elements[index], draw);
  }

  return part(() => {
    const { answer, cursor } = state;
    const isCursorDrawn = cursor >= answer.first && cursor < answer.first + answer.rows.length;
    const density = isStacked(state) ? "stacked" : isCompact(state) ? "compact" : "";
    const classes = ["list", state.queryError ? "stale" : "", density];
    return html`
      <section id="list" class=${classes.join(" ")} aria-label="Jobs"
        aria-busy=${shownSource(state)?.busy ? "true" : "false"}>
        <table id="jobs" role="grid" aria-label="Jobs" aria-rowcount=${answer.matching + 1}
          aria-colcount=${columns.value.length}
          tabindex=${isCursorDrawn || answer.matching === 0 ? "-1" : "0"} ${cssProperties(tracks.value)}>
          <thead role="rowgroup">${head()}</thead>
          <tbody role="rowgroup" ${cssProperties(scrollSpacer(state))}
            @pointerover=${(event) => setTooltip(event, columns.value, state)}>${rows()}</tbody>
        </table>
        ${answer.matching === 0 ? html`<div class="empty">${emptyState(state, actions)}</div>` : nothing}
      </section>`;
  });
}
