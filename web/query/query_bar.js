// Renders the query box, the size of its result, and where an invalid query goes wrong.
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ref } from "lit-html/directives/ref.js";
import { alignText, keepAligned } from "./aligned_text.js";
import { completionId, completionList } from "./completion_list.js";
import { exportMenu } from "../export/export_menu.js";
import { answerTime, formatCount, truncateMiddle } from "../ui/format.js";
import * as icons from "../ui/icons.js";
import { pastedQuery } from "./pasted_job_ids.js";
import { querySegments } from "./highlight.js";
import { shownSource } from "../state/state.js";

const MOST_EXPECTED = 24;
const MOST_OF_BAD = 160;
const MOST_AROUND = 100;
/** The longest query that is coloured, in characters. */
const MOST_COLOURED = 2_000;

function expectation(expected) {
  if (expected.length === 0) return nothing;
  const more = expected.length - MOST_EXPECTED;
  const some = expected.slice(0, MOST_EXPECTED);
  return html`<p class="expected">Expected ${some.map(
    (each, index) => html`${index > 0 ? ", " : nothing}<code>${each}</code>`,
  )}${more > 0 ? ` or ${formatCount(more)} others` : nothing}</p>`;
}

/** Shows the error with as much of the query around it as can be read at a glance. */
function errorNote(query, { start, end, expected, message }) {
  const bad = truncateMiddle(query.slice(start, end), MOST_OF_BAD);
  const [before, after] = [query.slice(0, start), query.slice(end)];
  return html`
    <div id="query-error" class="query-error" role="alert">
      <p class="query-excerpt"><span>${truncateMiddle(before, MOST_AROUND, 0)}</span><mark
        class=${bad ? "" : "ellipsis"}>${bad}</mark><span>${truncateMiddle(after, MOST_AROUND, MOST_AROUND)}</span></p>
      <p class="query-message">${truncateMiddle(message, MOST_OF_BAD)}</p>
      ${expectation(expected)}
    </div>`;
}

/** Renders the coloured text, which lies over the transparent text of the box and scrolls along. */
function colours({ query, tokens, queryError }) {
  if (query.length > MOST_COLOURED) return nothing;
  const pieces = querySegments(query, tokens, queryError);
  return html`<div class="query-colours" aria-hidden="true"><div
    class="query-text">${pieces.map(
      ({ text, kind, isBad }) => html`<span class="token-${kind} ${isBad ? "token-bad" : ""}">${text}</span>`,
    )}</div></div>`;
}

let settled = "";

/**
 * Call it after each render. It measures only when the query has changed, since measuring would delay each frame of
 * scrolling.
 * @param {import("../state/state.js").ListStore} store
 */
export function settleQueryBox(store) {
  if (!document.querySelector("#query")) return;
  const { caret, query } = store.state;
  if (caret >= 0) {
    const box = /** @type {HTMLInputElement} */ (document.querySelector("#query"));
    box.setSelectionRange(caret, caret);
    if (caret === box.value.length) box.scrollLeft = box.scrollWidth;
    store.set({ caret: -1 });
  }
  if (query !== settled) alignText();
  settled = query;
}

/**
 * @param {ClipboardEvent} event
 * @param {Pick<import("../app/actions.js").Actions, "typeQuery">} actions
 */
function pasteJobIds(event, { typeQuery }) {
  const box = /** @type {HTMLInputElement} */ (event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const inserted = pastedQuery(text, box.value.slice(0, box.selectionStart));
  if (inserted === text) return;
  event.preventDefault();
  box.setRangeText(inserted, box.selectionStart, box.selectionEnd, "end");
  typeQuery(box.value, box.selectionStart);
}

/** Renders a button that shows or hides a part of the screen. */
export function switchButton(id, label, icon, isOn, controls, press) {
  return html`<button id=${id} type="button" class="toggle" aria-label=${label} title=${label}
    aria-expanded=${isOn ? "true" : "false"} aria-controls=${controls} @click=${press}>${icon}</button>`;
}

/**
 * @param {import("../state/state.js").ListState} state
 * @param {Pick<import("../app/actions.js").Actions, "typeQuery" | "suggest" | "settleQuery" | "clearQuery" | "acceptCompletion" |
 *   "pressCompletionKey">} actions
 * @param {{ example: string, takesJobIds?: boolean }} options
 */
export function queryBox(state, actions, { example, takesJobIds = false }) {
  const { query, queryError, completion } = state;
  const isOpen = completion.items.length > 0;
  return html`
    <form class="query-box ${query.length > MOST_COLOURED ? "uncoloured" : ""}" @submit=${(event) => {
      event.preventDefault();
      actions.settleQuery();
    }}>
      ${icons.search}
      <label for="query" class="visually-hidden">Query</label>
      <input ${ref(keepAligned)} id="query" type="text" inputmode="search" enterkeyhint="search" autocomplete="off"
        autocapitalize="off" autocorrect="off" spellcheck="false"
        placeholder=${example}
        role="combobox" aria-autocomplete="list" aria-haspopup="listbox"
        aria-controls="completions" aria-expanded=${isOpen ? "true" : "false"}
        aria-activedescendant=${completion.active >= 0 ? completionId(completion.active) : nothing}
        aria-invalid=${queryError ? "true" : "false"}
        aria-describedby=${queryError && !isOpen ? "query-error" : "count"}
        aria-keyshortcuts="/"
        .value=${live(query)}
        @input=${(event) => actions.typeQuery(event.target.value, event.target.selectionStart)}
        @paste=${takesJobIds ? (event) => pasteJobIds(event, actions) : nothing}
        @click=${(event) => actions.suggest(event.target.selectionStart, query === "")}
        @keydown=${actions.pressCompletionKey}
        @blur=${actions.settleQuery}>
      ${colours(state)}
      ${
        query
          ? html`<button type="button" class="button-ghost clear" aria-label="Clear query"
        @click=${actions.clearQuery}>${icons.cross}</button>`
          : nothing
      }
      <div class="query-panel">
        ${completionList(state, actions)}
        ${queryError && !isOpen ? errorNote(query, queryError) : nothing}
      </div>
    </form>`;
}

/**
 * Shows how many records the query found, and in what time.
 * @param {import("../state/state.js").ListState} state
 * @param {boolean} isBusy
 */
export function answerLine({ queryError, answer, isAsking }, isBusy) {
  return html`
    <p class="answer ${queryError ? "stale" : ""} ${isAsking ? "asking" : ""}">
      <span id="count" aria-live="polite" aria-busy=${isBusy ? "true" : "false"}><b>${formatCount(answer.matching)}</b> of ${formatCount(
        answer.all,
      )}</span>
      <span class="answer-time"> · ${answerTime(answer.milliseconds)}</span>
    </p>`;
}

/** @type {import("../app/actions.js").Template} */
export function queryBar(state, actions) {
  return html`
    <div role="search" class="query-bar">
      ${queryBox(state, actions, { example: "status:failed created:>=now-7d promo", takesJobIds: true })}
      ${answerLine(state, Boolean(shownSource(state)?.busy))}
      ${switchButton("facets-switch", "Filters", icons.facets, state.facetsOpen, "facets", actions.toggleFacets)}
      ${switchButton("chart-switch", "Jobs over time", icons.chart, state.chartOpen, "chart", actions.toggleChart)}
      ${exportMenu(state, actions, "job")}
    </div>`;
}
