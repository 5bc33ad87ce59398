// The choice of how often the shown source is refreshed by itself.
import { html } from "lit";
import { INTERVALS } from "./auto_refresh.js";

function interval(milliseconds) {
  if (milliseconds === 0) return "by hand";
  return milliseconds < 60_000 ? `every ${milliseconds / 1000} s` : `every ${milliseconds / 60_000} min`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function refreshChoice(state, actions) {
  return html`<label class="auto-refresh"><span class="auto-refresh-word">Refresh</span>
    <select id="auto-refresh" @change=${(event) => actions.setAutoRefresh(Number(event.target.value))}>
      ${INTERVALS.map((each) => html`<option value=${each}
        .selected=${each === state.autoRefresh}>${interval(each)}</option>`)}
    </select></label>`;
}
