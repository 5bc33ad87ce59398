// Renders the confidence threshold, how many images it flags, and the choice of images to show.
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { formatCount } from "../ui/format.js";
import { cssProperties } from "../ui/css_properties.js";

function choice(value, name, number, { filter }, actions) {
  return html`<label class="check"><input type="radio" name="shown" value=${value} .checked=${live(filter === value)}
    @change=${() => actions.show(value)}> <b>${formatCount(number)}</b> ${name}</label>`;
}

/** Renders the histogram of confidences above the slider. */
function sparkline(buckets, threshold) {
  const most = Math.max(1, ...buckets.map(({ count: labels }) => labels));
  return html`<span class="sparkline" aria-hidden="true">${buckets.map(
    ({ from, count: labels }) => html`<span
    class=${from >= threshold ? "above-threshold" : ""} ${cssProperties({ height: `${(100 * labels) / most}%` })}></span>`,
  )}</span>`;
}

/** @type {import("../app/actions.js").Template} */
export function thresholdBar({ results: open }, { results: actions }) {
  const { threshold, matching, flagged, unanswered } = open;
  return html`
    <div class="threshold-bar">
      <label class="threshold"><span>Flag at or above</span>
        <span class="slider">${sparkline(open.histogram, threshold)}
        <input id="threshold" type="range" min="0" max="100" step="1" .value=${live(String(threshold))}
          aria-valuetext="${threshold} percent"
          @input=${(event) => actions.setThreshold(Number(event.target.value))}></span>
        <output for="threshold">${threshold}%</output></label>
      <fieldset class="image-filter"><legend class="visually-hidden">Images to show</legend>
        ${choice("all", "all", matching, open, actions)}
        ${choice("flagged", "flagged", flagged, open, actions)}
        ${choice("unflagged", "unflagged", matching - flagged - unanswered, open, actions)}
        ${unanswered > 0 || open.filter === "unanswered" ? choice("unanswered", "without an answer", unanswered, open, actions) : nothing}
      </fieldset>
      <label class="check"><input id="show-images" type="checkbox" .checked=${live(open.images !== null)}
        @change=${(event) => actions.showImages(event.target.checked)}> Show images (blurred)</label>
    </div>`;
}
