// Compares the open results with another job's: how many images changed, and which.
import { html, nothing } from "lit-html";
import { formatCount, displayName, utcTime } from "../ui/format.js";
import * as icons from "../ui/icons.js";
import { titleOf } from "./title.js";

function option(job, chosen) {
  const model = job.Results?.ModelVersions?.Moderation;
  const created = job.CreationTimestamp ? utcTime(job.CreationTimestamp).slice(0, 16) : "";
  const facts = [displayName(job), created, model ? `model ${model}` : ""].filter(Boolean);
  return html`<option value=${job.JobId} .selected=${job.JobId === chosen}>${facts.join(" · ")}</option>`;
}

/** Renders the choice of the job to compare with. */
export function comparisonChoice(state, actions) {
  const { other, offered: groups } = state.results;
  if (groups.length === 0 && !other) return nothing;
  const isOffered = groups.some(({ group }) => group.some(({ JobId }) => JobId === other?.job));
  return html`
    <select id="compare-results" aria-label="Compare with"
      @change=${(event) => actions.results.compareWith(event.target.value)}>
      <option value="" .selected=${!other}>${other ? "Stop comparing" : "Compare with…"}</option>
      ${other && !isOffered ? html`<option value=${other.job} selected>${titleOf(other)}</option>` : nothing}
      ${groups.map(
        ({ name, group }) => html`<optgroup label=${name}>${group.map((job) => option(job, other?.job))}</optgroup>`,
      )}
    </select>`;
}

/** Names the two sides: by their models where these differ. */
function sidesOf(state) {
  const { record, other } = state.results;
  const [here, there] = [record, other.record].map((job) => job?.Results?.ModelVersions?.Moderation);
  return here && there && here !== there ? [`model ${here}`, `model ${there}`] : ["this job", "the other job"];
}

function changeNames([here, there]) {
  return {
    nowFlagged: `flagged only by ${there}`,
    nowUnflagged: `flagged only by ${here}`,
    otherLabels: "different labels",
  };
}

function names(image, threshold) {
  const labels = image["detect-moderation-labels"]?.ModerationLabels ?? [];
  return (
    labels
      .filter(({ Confidence = 100 }) => Confidence >= threshold)
      .map(({ Name }) => Name)
      .join(", ") || "none"
  );
}

function change({ "source-ref": uri, change: kind, here, there }, threshold, sides) {
  return html`<tr><th scope="row" class="value">${uri}</th><td>${changeNames(sides)[kind]}</td>
    <td>${names(here, threshold)}</td><td>${names(there, threshold)}</td></tr>`;
}

/** Counts the changes. For a query, images that only the other job has mean nothing. */
function counts({ both, onlyHere, onlyThere, unchanged, ...changed }, query, sides) {
  const all = [
    ["images in both", both],
    ["unchanged", unchanged],
    ...Object.entries(changeNames(sides)).map(([member, name]) => [name, changed[member]]),
    ["only in this job", onlyHere],
    ...(query.trim() === "" ? [["only in the other job", onlyThere]] : []),
  ];
  return html`<dl class="statistics">${all.map(
    ([name, number]) => html`<div><dt class="muted">${name}</dt><dd>${formatCount(number)}</dd></div>`,
  )}</dl>`;
}

function changes({ comparison, changed: shown }, threshold, sides, actions) {
  const left = comparison.length - shown.length;
  if (comparison.length === 0) return html`<p>No differences at this threshold.</p>`;
  return html`
    <div class="summary-errors" tabindex="0" role="region" aria-label="Changed images">
      <table>
        <thead><tr><th scope="col">Image</th><th scope="col">Change</th>
          ${sides.map((side) => html`<th scope="col">Labels by ${side}</th>`)}</tr></thead>
        <tbody>${shown.map((each) => change(each, threshold, sides))}</tbody>
      </table>
      ${
        left > 0
          ? html`<button type="button" @click=${actions.results.showMoreChanges}>${formatCount(left)} more</button>`
          : nothing
      }
    </div>`;
}

/** @type {import("../app/actions.js").Template} */
export function resultsComparison(state, actions) {
  const { other, threshold, query } = state.results;
  if (!other) return nothing;
  const { comparison, error } = other;
  const sides = sidesOf(state);
  return html`
    <section id="results-comparison" class="results-comparison" aria-labelledby="comparison-title">
      <div class="comparison-line">
        <h3 id="comparison-title">Compared with <bdi>${titleOf(other)}</bdi></h3>
        <button id="end-comparison" type="button"
          @click=${() => actions.results.compareWith("")}>${icons.cross}Close comparison</button>
      </div>
      ${
        error
          ? html`<p class="form-error" role="alert"><b>${error.name}</b> ${error.message} ${error.advice}</p>`
          : nothing
      }
      ${!comparison && !error ? html`<p role="status">Loading…</p>` : nothing}
      ${comparison ? html`${counts(comparison, query, sides)}${changes(other, threshold, sides, actions)}` : nothing}
    </section>`;
}
