// Renders the frame of the time chart: legend, canvas container, and the same data as a table.
import { html, nothing } from "lit-html";
import { countOf, stackedStatuses } from "./chart_data.js";
import { formatCount, plural, shownTime } from "../ui/format.js";
import * as icons from "../ui/icons.js";
import { requiredTerms } from "../query/query_terms.js";
import { statusClass } from "../ui/status_badge.js";

function time(milliseconds, state) {
  return shownTime(new Date(milliseconds), { times: state.times === "local" ? "local" : "utc", now: 0 }).join(" ");
}

function line(bucket, statuses, state, actions) {
  const [from, to] = [time(bucket.from, state), time(bucket.to, state)];
  return html`<tr>
    <th scope="row">${from}</th><td>${to}</td>
    ${statuses.map((status) => html`<td>${formatCount(countOf(bucket, status))}</td>`)}
    <td>${formatCount(bucket.count)}</td>
    <td><button type="button" aria-label="Filter to this period: ${from} to ${to}" ?disabled=${state.queryError !== null}
      @click=${() => actions.chooseTimes(bucket.from, bucket.to)}>Filter to this period</button></td>
  </tr>`;
}

function numbers(statuses, state, actions) {
  const buckets = state.summary.buckets.filter((bucket) => bucket.count > 0);
  return html`
    <div class="numbers-body" tabindex="0" role="region" aria-label="Jobs over time, as a table">
      <table>
        <thead><tr><th scope="col">From</th><th scope="col">To</th>
          ${statuses.map((status) => html`<th scope="col">${status}</th>`)}
          <th scope="col">Total</th><td></td></tr></thead>
        <tbody>${buckets.map((bucket) => line(bucket, statuses, state, actions))}</tbody>
      </table>
    </div>`;
}

/** @type {import("../app/actions.js").Template} */
export function chart(state, actions) {
  const { buckets } = state.summary;
  const statuses = stackedStatuses(buckets);
  const jobs = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const isNarrowed = requiredTerms(state.tokens).some(({ field }) => field === "created");
  return html`
    <section id="chart" class="chart ${state.queryError ? "stale" : ""}" aria-label="Jobs over time"
      ?hidden=${!state.chartOpen}>
      <div class="chart-head">
        <ul class="legend" role="list" aria-label="Statuses">${statuses.map(
          (status) => html`<li>
          <span class="swatch ${statusClass(status)}" data-status=${status}></span>${status}</li>`,
        )}</ul>
        <output id="chart-at" class="truncate" aria-hidden="true"></output>
        ${
          isNarrowed
            ? html`<button id="all-times" type="button" ?disabled=${state.queryError !== null}
          @click=${actions.chooseAllTimes}>Clear time range ${icons.cross}</button>`
            : nothing
        }
        <button id="numbers" type="button" class="button-ghost" aria-expanded=${state.numbersOpen ? "true" : "false"}
          @click=${actions.toggleNumbers}>Table</button>
      </div>
      <div id="plot" class="plot" role="img"
        aria-label="${plural(jobs, "job")} over time, by status; the same data is available as a table"></div>
      ${state.numbersOpen ? numbers(statuses, state, actions) : nothing}
      <span class="axis-colour muted" hidden></span><span class="grid-colour" hidden></span>
    </section>`;
}
