// Numbered pages, the page size, and the order where there are no column heads to click.
import { html, nothing } from "lit";
import { COLUMNS } from "./columns.js";
import { count } from "./format.js";
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
  return html`<li><button type="button" class="plain" aria-label="Page ${count(each)}" aria-current=${each === page ? "page" : nothing}
    @click=${() => actions.goToPage(each)}>${count(each)}</button></li>`;
}

function rowsShown({ answer, size }) {
  if (answer.rows.length === 0) return nothing;
  const first = (answer.page - 1) * size + 1;
  return `${count(first)}–${count(first + answer.rows.length - 1)} of ${count(answer.matching)}`;
}

function orderChoice(state, actions) {
  const orders = [["", "Newest first"], ["created", "Oldest first"]];
  for (const { field, heading } of COLUMNS) {
    if (field !== "created") orders.push([field, `${heading} ↑`], [`-${field}`, `${heading} ↓`]);
  }
  return html`<label class="order"><span class="hidden">Order</span>
    <select id="order" @change=${(event) => actions.sort(event.target.value)}>
      ${orders.map(([sort, label]) => html`<option value=${sort} .selected=${sort === state.sort}>${label}</option>`)}
    </select></label>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function pager(state, actions) {
  const { page, pages } = state.answer;
  return html`
    <footer class="pager">
      <nav aria-label="Pages">
        <button id="back" type="button" aria-label="Page before" ?disabled=${page <= 1} @click=${() => actions.goToPage(page - 1)}>${icons.back}</button>
        <ol class="page-numbers">${pageNumbers(page, pages).map((each) => number(each, page, actions))}</ol>
        <span class="page-of">${count(Math.min(page, pages))} / ${count(pages)}</span>
        <button id="forth" type="button" aria-label="Next page" ?disabled=${page >= pages} @click=${() => actions.goToPage(page + 1)}>${icons.forth}</button>
      </nav>
      <span class="rows-shown">${rowsShown(state)}</span>
      ${orderChoice(state, actions)}
      <label class="page-size"><span class="page-size-word">Rows a page</span>
        <select id="size" aria-label="Rows a page" @change=${(event) => actions.setSize(Number(event.target.value))}>
          ${PAGE_SIZES.map((each) => html`<option value=${each} .selected=${each === state.size}>${each}</option>`)}
        </select>
      </label>
      <p class="keys" aria-hidden="true"><kbd>/</kbd> query <kbd>↑</kbd><kbd>↓</kbd> move <kbd>Enter</kbd> open <kbd>Esc</kbd> close</p>
    </footer>`;
}
