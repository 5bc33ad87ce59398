// The time chart's frame: its legend, the place that plot.js draws in, and the same numbers as a table.
import { html, nothing } from "lit";
import { stackedStatuses } from "./chart_data.js";
import { count, plural, shownTime } from "./format.js";
import * as icons from "./icons.js";
import { neededTerms } from "./query_terms.js";
import { statusClass } from "./status.js";

function time(milliseconds, state) {
  return shownTime(new Date(milliseconds), { ...state, times: state.times === "local" ? "local" : "utc" }).join(" ");
}

function line(bucket, statuses, state, actions) {
  const [from, to] = [time(bucket.from, state), time(bucket.to, state)];
  return html`<tr>
    <th scope="row">${from}</th><td>${to}</td>
    ${statuses.map((status) => html`<td>${count(bucket.byStatus[status] ?? 0)}</td>`)}
    <td>${count(bucket.count)}</td>
    <td><button type="button" aria-label="Show only jobs from ${from} to ${to}" ?disabled=${state.queryError !== null}
      @click=${() => actions.chooseTimes(bucket.from, bucket.to)}>Show</button></td>
  </tr>`;
}

function numbers(statuses, state, actions) {
  const buckets = state.summary.buckets.filter((bucket) => bucket.count > 0);
  return html`
    <div class="numbers-body" tabindex="0" role="region" aria-label="Jobs over time, in numbers">
      <table>
        <thead><tr><th scope="col">From</th><th scope="col">To</th>
          ${statuses.map((status) => html`<th scope="col">${status}</th>`)}
          <th scope="col">All</th><td></td></tr></thead>
        <tbody>${buckets.map((bucket) => line(bucket, statuses, state, actions))}</tbody>
      </table>
    </div>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function chart(state, actions) {
  const { buckets } = state.summary;
  const statuses = stackedStatuses(buckets);
  const jobs = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const isNarrowed = neededTerms(state.tokens).some(({ field }) => field === "created");
  return html`
    <section id="chart" class="chart ${state.queryError ? "stale" : ""}" aria-label="Jobs over time"
      ?hidden=${!state.chartOpen}>
      <div class="chart-head">
        <ul class="legend" role="list" aria-label="Statuses">${statuses.map((status) => html`<li>
          <span class="swatch ${statusClass(status)}" data-status=${status}></span>${status}</li>`)}</ul>
        <output id="chart-at" aria-hidden="true"></output>
        ${isNarrowed ? html`<button id="all-times" type="button" ?disabled=${state.queryError !== null}
          @click=${actions.chooseAllTimes}>All times ${icons.cross}</button>` : nothing}
        <button id="numbers" type="button" class="plain" aria-expanded=${state.numbersOpen ? "true" : "false"}
          @click=${actions.toggleNumbers}>Numbers</button>
      </div>
      <div id="plot" class="plot" role="img"
        aria-label="${plural(jobs, "job")} over time, by status; Numbers has the same as a table"></div>
      ${state.numbersOpen ? numbers(statuses, state, actions) : nothing}
      <span class="axis-colour" hidden></span><span class="grid-colour" hidden></span>
    </section>`;
}
