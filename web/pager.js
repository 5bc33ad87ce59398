// The bottom line: numbered pages, how the rows are shown, and the order where there are no column heads to click.
import { html, nothing } from "lit";
import { columnMenu } from "./column_menu.js";
import { COLUMNS } from "./columns.js";
import { count } from "./format.js";
import { isScrolling, isTwoLine } from "./geometry.js";
import * as icons from "./icons.js";
import { PAGE_SIZES } from "./state.js";

const GAP = 0;

/**
 * The numbers to show: always as many as fit seven places, so that nothing moves under the pointer.
 * @param {number} page
 * @param {number} pages
 * @returns {number[]} 0 stands for a gap
 */
export function pageNumbers(page, pages) {
  const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  if (pages <= 7) return range(1, pages);
  if (page <= 4) return [...range(1, 5), GAP, pages];
  if (page > pages - 4) return [1, GAP, ...range(pages - 4, pages)];
  return [1, GAP, page - 1, page, page + 1, GAP, pages];
}

function number(each, page, actions) {
  if (each === GAP) return html`<li class="gap" aria-hidden="true">…</li>`;
  return html`<li><button type="button" class="plain" aria-label="Page ${count(each)}"
    aria-current=${each === page ? "page" : nothing}
    @click=${() => actions.goToPage(each)}>${count(each)}</button></li>`;
}

function rowsShown({ first, rows, matching }) {
  if (rows.length === 0) return nothing;
  return `${count(first + 1)}–${count(first + rows.length)} of ${count(matching)}`;
}

function pages(state, actions) {
  const { page, pages: all } = state.answer;
  return html`
    <nav aria-label="Pages">
      <button id="back" type="button" aria-label="Page before" ?disabled=${page <= 1}
        @click=${() => actions.goToPage(page - 1)}>${icons.back}</button>
      <ol class="page-numbers">${pageNumbers(page, all).map((each) => number(each, page, actions))}</ol>
      <span class="page-of">${count(Math.min(page, all))} / ${count(all)}</span>
      <button id="forth" type="button" aria-label="Next page" ?disabled=${page >= all}
        @click=${() => actions.goToPage(page + 1)}>${icons.forth}</button>
    </nav>
    <span class="rows-shown">${rowsShown(state.answer)}</span>`;
}

/** A choice of one from [value, label] pairs. */
function choice(id, name, pairs, chosen, choose) {
  return html`<label class="choice"><span class="choice-name">${name}</span>
    <select id=${id} aria-label=${name} @change=${(event) => choose(event.target.value)}>
      ${pairs.map(([value, label]) => html`<option value=${value} .selected=${value === chosen}>${label}</option>`)}
    </select></label>`;
}

const TIME_CHOICES = [["utc", "UTC"], ["local", "Local"], ["age", "Age"]];
const SIZE_CHOICES = PAGE_SIZES.map((size) => [size, size === 0 ? "Scroll all" : `${size} a page`]);

function orders() {
  const all = [["", "Newest first"], ["created", "Oldest first"]];
  for (const { field, heading } of COLUMNS) {
    if (field !== "created") all.push([field, `${heading} ↑`], [`-${field}`, `${heading} ↓`]);
  }
  return all;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function pager(state, actions) {
  return html`
    <footer class="pager">
      ${isScrolling(state) ? nothing : pages(state, actions)}
      ${isTwoLine(state) ? choice("order", "Order", orders(), state.sort, actions.sort) : nothing}
      ${choice("size", "Rows", SIZE_CHOICES, state.size, (value) => actions.setSize(Number(value)))}
      ${choice("times", "Times", TIME_CHOICES, state.times, actions.setTimes)}
      ${isTwoLine(state) ? nothing : columnMenu(state, actions)}
      <p class="keys" aria-hidden="true"><kbd>/</kbd> query
        <kbd>↑</kbd><kbd>↓</kbd> move <kbd>Enter</kbd> open <kbd>?</kbd> help</p>
    </footer>`;
}
