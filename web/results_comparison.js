// The open results beside those of another job: how many images changed their verdict, and which.
import { html, nothing } from "lit";
import { count, s3Uri, title, utcTime } from "./format.js";
import * as icons from "./icons.js";
import { titleOfJob } from "./results_title.js";
import { shownSource } from "./state.js";
import { written } from "./query_terms.js";

const OFFERED = 30;

/**
 * Finished jobs to compare with: first those of the same manifest, as two model versions are compared.
 * @param {import("./state.js").State} state
 */
function offered(state) {
  const { results: open } = state;
  const jobs = shownSource(state)?.jobs;
  if (!jobs) return [];
  const input = s3Uri(jobs.get(open.job)?.Input?.S3Object);
  const same = input ? rowsOf(jobs, `has:results input:=${written(input)}`) : [];
  const others = rowsOf(jobs, "has:results").filter(({ JobId }) => !same.some((each) => each.JobId === JobId));
  return [{ name: "Of the same manifest", group: same }, { name: "The newest", group: others }]
    .map(({ name, group }) => ({ name, group: group.filter(({ JobId }) => JobId !== open.job) }))
    .filter(({ group }) => group.length > 0);
}

function rowsOf(jobs, query) {
  const view = jobs.query(query);
  const rows = view.rows(0, OFFERED);
  view.close();
  return rows;
}

function option(job, chosen) {
  const model = job.Results?.ModelVersions?.Moderation;
  const created = job.CreationTimestamp ? utcTime(job.CreationTimestamp).slice(0, 16) : "";
  const facts = [title(job), created, model ? `model ${model}` : ""].filter(Boolean);
  return html`<option value=${job.JobId} .selected=${job.JobId === chosen}>${facts.join(" · ")}</option>`;
}

/** The choice of what the open results are compared with. */
export function comparisonChoice(state, actions) {
  const { other } = state.results;
  const groups = offered(state);
  if (groups.length === 0 && !other) return nothing;
  const isOffered = groups.some(({ group }) => group.some(({ JobId }) => JobId === other?.job));
  return html`
    <select id="compare-results" aria-label="Compare with"
      @change=${(event) => actions.results.compareWith(event.target.value)}>
      <option value="" .selected=${!other}>${other ? "No comparison" : "Compare with…"}</option>
      ${other && !isOffered ? html`<option value=${other.job} selected>${titleOf(state, other)}</option>` : nothing}
      ${groups.map(({ name, group }) => html`<optgroup label=${name}>${
        group.map((job) => option(job, other?.job))}</optgroup>`)}
    </select>`;
}

function titleOf(state, { job, title: own }) {
  return job ? titleOfJob(state, job) : own;
}

const CHANGES = { nowFlagged: "flagged only there", nowUnflagged: "flagged only here", otherLabels: "other labels" };

function names(image, threshold) {
  const labels = image["detect-moderation-labels"]?.ModerationLabels ?? [];
  return labels.filter(({ Confidence = 100 }) => Confidence >= threshold).map(({ Name }) => Name).join(", ") || "none";
}

function change({ "source-ref": uri, change: kind, here, there }, threshold) {
  return html`<tr><th scope="row" class="value">${uri}</th><td>${CHANGES[kind]}</td>
    <td>${names(here, threshold)}</td><td>${names(there, threshold)}</td></tr>`;
}

/** Of a query's images it means nothing that others are only there. */
function counts({ both, onlyHere, onlyThere, unchanged, ...changed }, query) {
  const all = [
    ["in both", both], ["unchanged", unchanged],
    ...Object.entries(CHANGES).map(([member, name]) => [name, changed[member]]),
    ["image only here", onlyHere], ...(query.trim() === "" ? [["image only there", onlyThere]] : []),
  ];
  return html`<dl class="statistics">${all.map(([name, number]) =>
    html`<div><dt>${name}</dt><dd>${count(number)}</dd></div>`)}</dl>`;
}

function changes({ comparison, changes: more }, threshold, state, actions) {
  const shown = comparison.rows(0, 100 + more);
  const left = comparison.length - shown.length;
  if (shown.length === 0) return html`<p>No image changed its verdict.</p>`;
  return html`
    <div class="summary-errors" tabindex="0" role="region" aria-label="Changed images">
      <table>
        <thead><tr><th scope="col">Image</th><th scope="col">Change</th><th scope="col">Labels here</th>
          <th scope="col">Labels there</th></tr></thead>
        <tbody>${shown.map((each) => change(each, threshold))}</tbody>
      </table>
      ${left > 0 ? html`<button type="button" @click=${actions.results.showMoreChanges}>${count(left)} more</button>`
        : nothing}
    </div>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function resultsComparison(state, actions) {
  const { other, threshold, query } = state.results;
  if (!other) return nothing;
  const { comparison, error } = other;
  return html`
    <section id="results-comparison" class="results-comparison" aria-labelledby="comparison-title">
      <div class="comparison-line">
        <h3 id="comparison-title">Compared with <bdi>${titleOf(state, other)}</bdi></h3>
        <button id="end-comparison" type="button"
          @click=${() => actions.results.compareWith("")}>${icons.cross}End comparison</button>
      </div>
      ${error ? html`<p class="form-error" role="alert"><b>${error.name}</b> ${error.message} ${error.advice}</p>`
        : nothing}
      ${!comparison && !error ? html`<p role="status">Reading…</p>` : nothing}
      ${comparison ? html`${counts(comparison, query)}${changes(other, threshold, state, actions)}` : nothing}
    </section>`;
}
