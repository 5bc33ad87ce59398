// Renders a button that copies a text and confirms it for a moment.
import { html } from "lit-html";
import * as icons from "./icons.js";

/**
 * @param {string} text
 * @param {string} what  it is called by
 * @param {import("../state/state.js").State} state
 * @param {import("../app/actions.js").Actions} actions
 */
export function copyButton(text, what, state, actions) {
  const isDone = state.copied?.label === what && state.copied.text === text;
  return html`<button type="button" class="button-ghost copy" aria-label=${isDone ? `${what} copied` : `Copy ${what}`}
    title=${isDone ? "Copied" : "Copy"}
    @click=${() => actions.copy(text, what)}>${isDone ? icons.check : icons.copy}</button>`;
}
