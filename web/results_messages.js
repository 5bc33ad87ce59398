// What went wrong with results: why they could not be had, and the lines that could not be read.
import { html, nothing } from "lit";
import { count, plural } from "./format.js";
import { errorMessage } from "./messages.js";

function rejectedLines({ rejected, rejectedCount }) {
  if (rejectedCount === 0) return nothing;
  return html`
    <details id="rejected" class="message rejected" open>
      <summary>${plural(rejectedCount, "line")} could not be read${
        rejected.length < rejectedCount ? `; the first ${count(rejected.length)}` : nothing}</summary>
      <ol tabindex="0" aria-label="Lines that could not be read">
        ${rejected.map(({ line, offset, message }) => html`<li>
          <span class="offset">line ${count(line)}, byte ${count(offset)}</span> <span>${message}</span></li>`)}
      </ol>
    </details>`;
}

/**
 * @param {import("./results_state.js").ShownResults} open
 * @param {import("./actions.js").Actions} actions
 */
export function resultsMessages({ error, results }, actions) {
  if (!error && !results?.rejectedCount) return nothing;
  return html`<div class="messages">
    ${error ? errorMessage(error, actions) : nothing}
    ${results ? rejectedLines(results) : nothing}
  </div>`;
}
