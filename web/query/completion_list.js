// Renders the suggestions below the query box (ARIA's combobox pattern).
import { html, nothing } from "lit-html";
import { formatCount } from "../ui/format.js";

/** @param {number} index */
export function completionId(index) {
  return `completion-${index}`;
}

/**
 * @param {import("./suggestions.js").Completion} completion
 * @param {number} index
 * @param {import("../state/state.js").ListState} state
 * @param {Pick<import("../app/actions.js").Actions, "acceptCompletion">} actions
 */
function option({ label, note, count: times }, index, state, actions) {
  const isActive = index === state.completion.active;
  return html`<li id=${completionId(index)} role="option" aria-selected=${isActive ? "true" : "false"}
    @pointerdown=${(event) => event.preventDefault()} @click=${() => actions.acceptCompletion(index)}>
    <span class="completion-label truncate">${label}</span>
    ${note ? html`<span class="completion-note truncate muted">${note}</span>` : nothing}
    ${times === undefined ? nothing : html`<span class="completion-count muted">${formatCount(times)}</span>`}</li>`;
}

/**
 * @param {import("../state/state.js").ListState} state
 * @param {Pick<import("../app/actions.js").Actions, "acceptCompletion">} actions
 */
export function completionList(state, actions) {
  const { items } = state.completion;
  return html`<ul id="completions" role="listbox" aria-label="Suggestions" ?hidden=${items.length === 0}>${items.map(
    (item, index) => option(item, index, state, actions),
  )}</ul>`;
}
