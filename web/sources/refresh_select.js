// Renders the choice of the auto-refresh interval.
import { html } from "lit-html";
import { INTERVALS } from "./auto_refresh.js";

function interval(milliseconds) {
  if (milliseconds === 0) return "Off";
  return milliseconds < 60_000 ? `Every ${milliseconds / 1000} s` : `Every ${milliseconds / 60_000} min`;
}

/** @type {import("../app/actions.js").Template} */
export function refreshSelect(state, actions) {
  return html`<label class="auto-refresh"><span class=${state.narrow ? "" : "visually-hidden"}>Auto-refresh</span>
    <select id="auto-refresh" title="Auto-refresh" @change=${(event) => actions.setAutoRefresh(Number(event.target.value))}>
      ${INTERVALS.map(
        (each) => html`<option value=${each}
        .selected=${each === state.autoRefresh}>${interval(each)}</option>`,
      )}
    </select></label>`;
}
