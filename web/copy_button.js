// A button that copies a text, and says for a moment that it did.
import { html } from "lit";
import * as icons from "./icons.js";

/**
 * @param {string} text
 * @param {string} what  it is called by
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function copyButton(text, what, state, actions) {
  const isDone = state.copied === `${what}\n${text}`;
  return html`<button type="button" class="plain copy" aria-label=${isDone ? `${what} copied` : `Copy ${what}`}
    title=${isDone ? "Copied" : "Copy"}
    @click=${() => actions.copy(text, what)}>${isDone ? icons.check : icons.copy}</button>`;
}
