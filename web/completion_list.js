// The list of completions below the query box, and the keys that work it (ARIA's combobox pattern).
import { html, nothing } from "lit";
import { count } from "./format.js";

/** @param {number} index */
export function completionId(index) {
  return `completion-${index}`;
}

/**
 * @param {import("./completions.js").Completion} completion
 * @param {number} index
 * @param {import("./state.js").Listed} state
 * @param {Pick<import("./actions.js").Actions, "complete" | "standOnCompletion" | "closeCompletions" | "suggest">} actions
 */
function option({ label, note, count: times }, index, state, actions) {
  const isActive = index === state.completion.active;
  return html`<li id=${completionId(index)} role="option" aria-selected=${isActive ? "true" : "false"}
    @pointerdown=${(event) => event.preventDefault()} @click=${() => actions.complete(index)}>
    <span class="completion-label">${label}</span>
    ${note ? html`<span class="completion-note">${note}</span>` : nothing}
    ${times === undefined ? nothing : html`<span class="completion-count">${count(times)}</span>`}</li>`;
}

/**
 * @param {import("./state.js").Listed} state
 * @param {Pick<import("./actions.js").Actions, "complete" | "standOnCompletion" | "closeCompletions" | "suggest">} actions
 */
export function completionList(state, actions) {
  const { items } = state.completion;
  return html`<ul id="completions" role="listbox" aria-label="Completions" ?hidden=${items.length === 0}>${items.map(
    (item, index) => option(item, index, state, actions))}</ul>`;
}

function reveal(index) {
  queueMicrotask(() => document.getElementById(completionId(index))?.scrollIntoView({ block: "nearest" }));
}

/**
 * A key pressed in the query box.
 * @param {KeyboardEvent} event
 */
export function completionKey(event, state, actions) {
  if (event.isComposing) return;
  const { items, active } = state.completion;
  const isOpen = items.length > 0;
  const asks = (event.altKey && event.key === "ArrowDown") || (event.ctrlKey && event.key === " ");
  const standOn = (index) => {
    actions.standOnCompletion(index);
    reveal(index);
  };
  const keys = {
    ArrowDown: () => standOn((active + 1) % items.length),
    ArrowUp: () => standOn((active <= 0 ? items.length : active) - 1),
    Escape: actions.closeCompletions,
    ...(active >= 0 ? { Enter: () => actions.complete(active), Tab: () => actions.complete(active) } : {}),
  };
  if (asks) actions.suggest(/** @type {HTMLInputElement} */ (event.target).selectionStart, true);
  else if (isOpen && !event.shiftKey && Object.hasOwn(keys, event.key)) keys[event.key]();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
