// The query box, what it found, and where an unreadable query goes wrong.
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { completionId, completionKey, completionList } from "./completion_list.js";
import { exportMenu } from "./export_menu.js";
import { answerTime, count, shortened } from "./format.js";
import * as icons from "./icons.js";
import { queryPieces } from "./query_pieces.js";
import { shownSource } from "./state.js";

const JOB_EXPORTS = { noun: "job", json: "the API's response", ndjson: "a job a line" };
const MOST_EXPECTED = 24;
const MOST_OF_BAD = 160;
const MOST_AROUND = 100;

function expectation(expected) {
  if (expected.length === 0) return nothing;
  const more = expected.length - MOST_EXPECTED;
  const some = expected.slice(0, MOST_EXPECTED);
  return html`<p class="expected">Expected ${
    some.map((each, index) => html`${index > 0 ? ", " : nothing}<code>${each}</code>`)}${
    more > 0 ? ` or ${count(more)} others` : nothing}</p>`;
}

/** The bad place with as much around it as can be looked over. */
function trouble(query, { start, end, expected, message }) {
  const bad = shortened(query.slice(start, end), MOST_OF_BAD);
  const [before, after] = [query.slice(0, start), query.slice(end)];
  return html`
    <div id="query-error" class="query-error" role="alert">
      <p class="query-place"><span>${shortened(before, MOST_AROUND, 0)}</span><mark
        class=${bad ? "" : "gap"}>${bad}</mark><span>${shortened(after, MOST_AROUND, MOST_AROUND)}</span></p>
      <p class="query-message">${shortened(message, MOST_OF_BAD)}</p>
      ${expectation(expected)}
    </div>`;
}

/** The coloured text lies over the box's own, which is see-through, and moves along with it. */
function colours({ query, tokens, queryError }) {
  const pieces = queryPieces(query, tokens, queryError);
  return html`<div class="query-colours" aria-hidden="true"><div
    class="query-text">${pieces.map(({ text, kind, isBad }) =>
    html`<span class="token-${kind} ${isBad ? "token-bad" : ""}">${text}</span>`)}</div></div>`;
}

function alignColours() {
  const box = document.querySelector("#query");
  /** @type {HTMLElement} */ (document.querySelector(".query-text")).style.setProperty("transform", `translateX(${-box.scrollLeft}px)`);
}

let settled = "";

/**
 * To be called after each drawing. It measures only when the query has changed: while the list is scrolled that would
 * hold up each frame.
 * @param {import("./state.js").ListedStore} store
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
  if (query !== settled) alignColours();
  settled = query;
}

/** A button that folds a part of the screen away. */
export function switchButton(id, label, icon, isOn, controls, press) {
  return html`<button id=${id} type="button" class="switch" aria-label=${label} title=${label}
    aria-expanded=${isOn ? "true" : "false"} aria-controls=${controls} @click=${press}>${icon}</button>`;
}

/**
 * @param {import("./state.js").Listed} state
 * @param {Pick<import("./actions.js").Actions, "typeQuery" | "suggest" | "settleQuery" | "clearQuery" | "complete" |
 *   "standOnCompletion" | "closeCompletions">} actions
 * @param {{ example: string }} texts
 */
export function queryBox(state, actions, { example }) {
  const { query, queryError, completion } = state;
  const isOpen = completion.items.length > 0;
  return html`
    <form class="query-box" @submit=${(event) => {
      event.preventDefault();
      actions.settleQuery();
    }}>
      ${icons.search}
      <label for="query" class="hidden">Query</label>
      <input id="query" type="text" inputmode="search" enterkeyhint="search" autocomplete="off"
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
        @click=${(event) => actions.suggest(event.target.selectionStart, query === "")}
        @keydown=${(event) => completionKey(event, state, actions)}
        @scroll=${alignColours}
        @blur=${actions.settleQuery}>
      ${colours(state)}
      ${query ? html`<button type="button" class="plain clear" aria-label="Clear the query"
        @click=${actions.clearQuery}>${icons.cross}</button>` : nothing}
      <div class="query-panel">
        ${completionList(state, actions)}
        ${queryError && !isOpen ? trouble(query, queryError) : nothing}
      </div>
    </form>`;
}

/**
 * How many the query found, and how soon.
 * @param {import("./state.js").Listed} state
 * @param {boolean} isBusy
 */
export function answerLine({ queryError, answer }, isBusy) {
  return html`
    <p class="answer ${queryError ? "stale" : ""}">
      <span id="count" aria-live="polite" aria-busy=${isBusy ? "true" : "false"}><b>${count(answer.matching)}</b> of ${
        count(answer.all)}</span>
      <span class="answer-time"> · ${answerTime(answer.milliseconds)}</span>
    </p>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function queryBar(state, actions) {
  return html`
    <div role="search" class="query-bar">
      ${queryBox(state, actions, { example: "status:failed created:>=now-7d promo" })}
      ${answerLine(state, Boolean(shownSource(state)?.busy))}
      ${switchButton("facets-switch", "Facets", icons.facets, state.facetsOpen, "facets", actions.toggleFacets)}
      ${switchButton("chart-switch", "Jobs over time", icons.chart, state.chartOpen, "chart", actions.toggleChart)}
      ${exportMenu(state, actions, JOB_EXPORTS)}
    </div>`;
}
