// Takes along what a query shows: as CSV, JSON or NDJSON.
import { html, nothing } from "lit";
import { bytes, count } from "./format.js";
import * as icons from "./icons.js";

/** @type {[import("rekognition-jobs").ExportFormat, string][]} */
const FORMATS = [["csv", "CSV"], ["json", "JSON"], ["ndjson", "NDJSON"]];

/**
 * @param {Pick<import("./state.js").State, "answer" | "queryError" | "exporting" | "exportError">} state
 * @param {Pick<import("./actions.js").Actions, "export" | "stopExport">} actions
 * @param {{ noun: string, csv?: string, json: string, ndjson: string }} uses  what is exported, and what each format is
 */
export function exportMenu(state, actions, { noun, ...uses }) {
  const { answer, queryError, exporting } = state;
  if (exporting) {
    return html`
      <div class="export">
        <button id="stop-export" type="button" @click=${actions.stopExport}>
          ${icons.stop}<span class="button-word">Stop export</span></button>
        <span class="hidden" role="status">Exporting ${exporting.format}</span>
        <span class="export-size" aria-hidden="true">${bytes(exporting.bytes)}</span>
      </div>`;
  }
  const whole = `${count(answer.matching)} of ${count(answer.all)} ${noun}s`;
  return html`
    <details id="export" class="menu export">
      <summary class="button" aria-label="Export">${icons.download}<span class="button-word">Export</span></summary>
      <div class="menu-body">
        <p class="export-what">${queryError ? "The query cannot be read." : whole}</p>
        ${FORMATS.map(([format, name]) => html`
          <button type="button" class="plain" data-format=${format} ?disabled=${queryError !== null}
          @click=${(event) => {
            event.currentTarget.closest("details").open = false;
            actions.export(format);
          }}>${name} <small>${uses[format] ?? "for a spreadsheet"}</small></button>`,
        )}
        ${state.exportError ? html`<p class="form-error" role="alert">${state.exportError}</p>` : nothing}
      </div>
    </details>`;
}
