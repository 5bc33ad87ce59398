// The confidence from which an image counts as flagged, how many do, and which of them are shown, and whether as images.
import { html } from "lit";
import { live } from "lit/directives/live.js";
import { count } from "./format.js";
import { properties } from "./properties.js";

function choice(value, name, number, { shown }, actions) {
  return html`<label class="check"><input type="radio" name="shown" value=${value} .checked=${live(shown === value)}
    @change=${() => actions.show(value)}> <b>${count(number)}</b> ${name}</label>`;
}

/** How the confidences are spread, over the slider that cuts them. */
function spread(buckets, threshold) {
  const most = Math.max(1, ...buckets.map(({ count: labels }) => labels));
  return html`<span class="spread" aria-hidden="true">${buckets.map(({ from, count: labels }) => html`<span
    class=${from >= threshold ? "sure" : ""} ${properties({ height: `${(100 * labels) / most}%` })}></span>`)}</span>`;
}

/**
 * @param {import("./results_state.js").ShownResults} open
 * @param {import("./results_actions.js").ResultsActions} actions
 */
export function thresholdBar(open, actions) {
  const { threshold, matching, flagged } = open;
  return html`
    <div class="threshold-bar">
      <label class="threshold"><span>Flagged from</span>
        <span class="slider">${spread(open.spread, threshold)}
        <input id="threshold" type="range" min="0" max="100" step="1" .value=${live(String(threshold))}
          aria-valuetext="${threshold} percent"
          @input=${(event) => actions.setThreshold(Number(event.target.value))}></span>
        <output for="threshold">${threshold} %</output></label>
      <fieldset class="shown"><legend class="hidden">Images to show</legend>
        ${choice("all", "all", matching, open, actions)}
        ${choice("flagged", "flagged", flagged, open, actions)}
        ${choice("unflagged", "unflagged", matching - flagged, open, actions)}
      </fieldset>
      <label class="check"><input id="show-images" type="checkbox" .checked=${live(open.images !== null)}
        @change=${(event) => actions.showImages(event.target.checked)}> Blurred images</label>
    </div>`;
}
