// Renders the bottom line: page numbers, display options, and the sort order where there are no column heads to click.
import { html, nothing } from "lit-html";
import { columnMenu } from "./column_menu.js";
import { COLUMNS } from "./columns.js";
import { formatCount } from "../ui/format.js";
import { isScrolling, isStacked } from "../ui/list_layout.js";
import * as icons from "../ui/icons.js";
import { PAGE_SIZES } from "../state/state.js";

const GAP = 0;

/**
 * Returns the page numbers to show: at most seven, so that nothing moves under the pointer.
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
  if (each === GAP) return html`<li class="ellipsis" aria-hidden="true">…</li>`;
  return html`<li><button type="button" class="button-ghost" aria-label="Page ${formatCount(each)}"
    aria-current=${each === page ? "page" : nothing}
    @click=${() => actions.goToPage(each)}>${formatCount(each)}</button></li>`;
}

function rowsShown({ first, rows, matching }) {
  if (rows.length === 0) return nothing;
  return `${formatCount(first + 1)}–${formatCount(first + rows.length)} of ${formatCount(matching)}`;
}

function pages(state, actions) {
  const { page, pages: all } = state.answer;
  return html`
    <nav aria-label="Pages">
      <button id="previous-page" type="button" aria-label="Previous page" ?disabled=${page <= 1}
        @click=${() => actions.goToPage(page - 1)}>${icons.back}</button>
      <ol class="page-numbers">${pageNumbers(page, all).map((each) => number(each, page, actions))}</ol>
      <span class="page-of">${formatCount(Math.min(page, all))} / ${formatCount(all)}</span>
      <button id="next-page" type="button" aria-label="Next page" ?disabled=${page >= all}
        @click=${() => actions.goToPage(page + 1)}>${icons.forth}</button>
    </nav>
    <span class="rows-shown">${rowsShown(state.answer)}</span>`;
}

/** Renders a select with these [value, label] pairs. */
function choice(id, name, pairs, chosen, choose) {
  return html`<label class="choice"><span class="choice-name">${name}</span>
    <select id=${id} aria-label=${name} @change=${(event) => choose(event.target.value)}>
      ${pairs.map(([value, label]) => html`<option value=${value} .selected=${value === chosen}>${label}</option>`)}
    </select></label>`;
}

const TIME_CHOICES = [
  ["utc", "UTC"],
  ["local", "Local"],
  ["age", "Relative"],
];
const SIZE_CHOICES = PAGE_SIZES.map((size) => [size, size === 0 ? "All (scroll)" : `${size} per page`]);

function sortOptions() {
  const all = [
    ["", "Newest first"],
    ["created", "Oldest first"],
  ];
  for (const { field, heading } of COLUMNS) {
    if (field !== "created") all.push([field, `${heading} ↑`], [`-${field}`, `${heading} ↓`]);
  }
  return all;
}

/** @type {import("../app/actions.js").Template} */
export function pager(state, actions) {
  return html`
    <footer class="pager">
      ${isScrolling(state) ? nothing : pages(state, actions)}
      ${isStacked(state) ? choice("order", "Order", sortOptions(), state.sort, actions.sort) : nothing}
      ${choice("size", "Rows", SIZE_CHOICES, state.size, (value) => actions.setSize(Number(value)))}
      ${choice("times", "Times", TIME_CHOICES, state.times, actions.setTimes)}
      ${isStacked(state) ? nothing : columnMenu(state, actions)}
      <p class="keys" aria-hidden="true"><kbd>/</kbd> query
        <kbd>↑</kbd><kbd>↓</kbd> move <kbd>Enter</kbd> open <kbd>?</kbd> help</p>
    </footer>`;
}
