// Renders a button that opens files.
import { html, nothing } from "lit-html";
import * as icons from "../ui/icons.js";

/**
 * @param {unknown} word
 * @param {Pick<import("../app/actions.js").Actions, "openFiles">} actions
 * @param {string} [id]
 */
export function fileButton(word, actions, id) {
  return html`<label class="button file-button">
    <input id=${id ?? nothing} type="file" multiple class="visually-hidden" accept=".json,.ndjson,.jsonl,.txt,application/json"
      @change=${({ target }) => {
        actions.openFiles([...target.files]);
        target.value = "";
      }}>
    ${icons.file}${word}</label>`;
}
