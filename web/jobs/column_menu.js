// Shows the menu that chooses the columns.
import { html } from "lit-html";
import { COLUMNS, shownColumns } from "./columns.js";
import * as icons from "../ui/icons.js";

/** @type {import("../app/actions.js").Template} */
export function columnMenu(state, actions) {
  const shown = new Set(shownColumns(state).map(({ field }) => field));
  return html`
    <details id="columns" class="menu">
      <summary class="button">Columns ${icons.ascending}</summary>
      <fieldset class="menu-body">
        <legend class="visually-hidden">Columns</legend>
        ${COLUMNS.map(
          ({ field, heading }) => html`<label><input type="checkbox"
          name=${field} .checked=${shown.has(field)} ?disabled=${shown.size === 1 && shown.has(field)}
          @change=${(event) => actions.showColumn(field, event.target.checked)}> ${heading}</label>`,
        )}
        <button type="button" ?disabled=${state.columns === null && Object.keys(state.widths).length === 0}
          @click=${actions.resetColumns}>Reset</button>
      </fieldset>
    </details>`;
}
