// Opens a rendered dialog as a modal, and closes it on Escape or a press outside.
import { html } from "lit-html";
import * as icons from "./icons.js";

/** Call it after each render. */
export function openPendingModals() {
  /** @type {NodeListOf<HTMLDialogElement>} */
  const hidden = document.querySelectorAll("dialog:not([open])");
  for (const dialog of hidden) dialog.showModal();
}

/**
 * Returns listeners that close a dialog on Escape and on a click outside.
 * @param {() => void} close
 */
export function dismissHandlers(close) {
  return {
    cancel(event) {
      if (event.target !== event.currentTarget) return;
      event.preventDefault();
      close();
    },
    click(event) {
      if (event.target === event.currentTarget) close();
    },
  };
}

/**
 * Renders a dialog with a title and a close button.
 * @param {string} id
 * @param {string} title
 * @param {() => void} close
 * @param {unknown} body
 */
export function modal(id, title, close, body) {
  const { cancel, click } = dismissHandlers(close);
  return html`
    <dialog id=${id} class="dialog" aria-labelledby="${id}-title" @cancel=${cancel} @click=${click}>
      <div class="dialog-head">
        <h2 id="${id}-title" tabindex="-1">${title}</h2>
        <button type="button" class="button-ghost" aria-label="Close" @click=${close}>${icons.cross}</button>
      </div>
      ${body}
    </dialog>`;
}
