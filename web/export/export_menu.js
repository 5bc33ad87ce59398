// Shows the menu that exports what a query found.
import { html, nothing } from "lit-html";
import { FORMATS } from "./formats.js";
import { formatBytes, formatCount } from "../ui/format.js";
import * as icons from "../ui/icons.js";

/**
 * @param {Pick<import("../state/state.js").State, "answer" | "queryError" | "exporting" | "exportError">} state
 * @param {Pick<import("../app/actions.js").Actions, "export" | "stopExport">} actions
 * @param {"job" | "image"} noun  what is exported
 */
export function exportMenu(state, actions, noun) {
  const { answer, queryError, exporting } = state;
  if (exporting) {
    return html`
      <div class="export">
        <button id="stop-export" type="button" @click=${actions.stopExport}>
          ${icons.stop}<span class="button-word">Stop export</span></button>
        <span class="visually-hidden" role="status">Exporting ${exporting.format}</span>
        <span class="export-size muted" aria-hidden="true">${formatBytes(exporting.bytes)}</span>
      </div>`;
  }
  const whole = `${formatCount(answer.matching)} of ${formatCount(answer.all)} ${noun}s`;
  return html`
    <details id="export" class="menu export">
      <summary class="button" aria-label="Export">${icons.download}<span class="button-word">Export</span></summary>
      <div class="menu-body">
        <p class="export-what muted">${queryError ? "Fix the query to export." : whole}</p>
        ${Object.entries(FORMATS).map(
          ([format, about]) => html`
          <button type="button" class="button-ghost" data-format=${format} ?disabled=${queryError !== null}
          @click=${(event) => {
            event.currentTarget.closest("details").open = false;
            actions.export(/** @type {keyof typeof FORMATS} */ (format));
          }}>${about.name} <small class="muted">${about[noun]}</small></button>`,
        )}
        ${state.exportError ? html`<p class="form-error" role="alert">${state.exportError}</p>` : nothing}
      </div>
    </details>`;
}
