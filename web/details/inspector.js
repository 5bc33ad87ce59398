// Shows one job with all its fields, or two side by side: in a panel beside the list, or on a phone in a sheet over it.
import { html, nothing } from "lit-html";
import { SHELLS, getCommand, startCommand } from "../aws/cli_commands.js";
import { comparison } from "./job_diff.js";
import { copyButton } from "../ui/copy_button.js";
import { dismissHandlers } from "../ui/modal.js";
import { failureHelp } from "../aws/failure_help.js";
import { jobDuration, displayName } from "../ui/format.js";
import * as icons from "../ui/icons.js";
import { memberList } from "./job_details.js";
import { resolveLocation } from "../aws/location.js";
import { shownSource } from "../state/state.js";
import { statusBadge } from "../ui/status_badge.js";

const isBase = ({ base, job }) => base !== "" && base === job;
const isComparing = ({ base, job, opened, compared }) => base !== job && Boolean(opened && compared);

function failure({ FailureDetails: details }) {
  if (!details) return nothing;
  const help = failureHelp(details.Code);
  return html`
    <section class="failure" aria-label="Failure">
      <p class="failure-code">${details.Code ?? "Failed"}</p>
      <p class="failure-message">${details.Message ?? "The service gave no message."}</p>
      ${
        help
          ? html`<dl class="failure-help">
            <dt>What it means</dt><dd>${help.means}</dd>
            <dt>Usual cause</dt><dd>${help.cause}</dd>
            <dt>How to fix it</dt><dd>${help.fix}</dd>
          </dl>`
          : nothing
      }
    </section>`;
}

function head(heading, state, actions) {
  const { cursor, answer, opened } = state;
  return html`
    <div class="inspector-head">
      <h2 id="inspector-title" tabindex="-1">${heading}</h2>
      <button id="previous-job" type="button" class="button-ghost" aria-label="Previous job" title="Previous job"
        aria-disabled=${cursor <= 0 ? "true" : "false"} @click=${() => actions.walk(-1)}>${icons.ascending}</button>
      <button id="next-job" type="button" class="button-ghost" aria-label="Next job" title="Next job"
        aria-disabled=${cursor >= answer.matching - 1 ? "true" : "false"}
        @click=${() => actions.walk(1)}>${icons.descending}</button>
      <button id="compare" type="button" class="button-ghost" aria-pressed=${isBase(state) ? "true" : "false"}
        ?disabled=${!opened}
        aria-label="Compare with another job" title="Compare with another job (c)"
        @click=${actions.compare}>${icons.columns}</button>
      <button id="close" type="button" class="button-ghost" aria-label="Close job" title="Close (Esc)"
        @click=${actions.closeJob}>${icons.cross}</button>
    </div>`;
}

/** Renders the button that opens the results or the manifest summary. */
function resultsLink({ JobId, Results, ManifestSummary }, actions) {
  if (!Results?.S3Object && !ManifestSummary?.S3Object) return nothing;
  const name = Results?.S3Object ? "View results" : "View manifest errors";
  return html`<p class="results-link"><button id="show-results" type="button"
    @click=${() => actions.results.open(JobId)}>${icons.images}${name}</button></p>`;
}

/**
 * Renders a collapsed text with a copy button.
 * @param {unknown} [about]  stands above it
 */
function rawSection(name, text, state, actions, about = nothing) {
  return html`<details class="raw"><summary>${name}</summary>${about}
    <div class="raw-text"><pre tabindex="0" aria-label=${name}>${text}</pre>
      ${copyButton(text, name, state, actions)}</div></details>`;
}

/** Renders a command for the chosen shell. */
function command(name, write, [job, account], state, actions) {
  const choice = html`<label class="check">For <select class="shell" aria-label="Shell"
    @change=${(event) => actions.chooseShell(event.target.value)}>${Object.entries(SHELLS).map(
      ([shell, called]) => html`<option value=${shell} .selected=${shell === state.shell}>${called}</option>`,
    )}</select></label>`;
  return rawSection(name, write(job, account, state.shell), state, actions, choice);
}

function jobSection(job, state, actions) {
  const source = shownSource(state);
  const awsLocation = resolveLocation(job, source);
  const account = { region: awsLocation.region, endpoint: source?.endpoint ?? "" };
  const time = jobDuration(job);
  return html`
    <p class="inspector-status">${statusBadge(job.Status)}${time ? html`<span>Duration: ${time}</span>` : nothing}</p>
    ${failure(job)}
    ${resultsLink(job, actions)}
    ${memberList(job, { awsLocation, state, actions })}
    ${rawSection("JSON", JSON.stringify(job, null, 2), state, actions)}
    ${command("AWS CLI: get this job", getCommand, [job, account], state, actions)}
    ${command("AWS CLI: rerun this job", startCommand, [job, account], state, actions)}`;
}

/** Says what is missing for a comparison. */
function comparisonNote(state, actions) {
  if (!state.base) return nothing;
  return html`<p class="note" role="status">
    ${isBase(state) ? "Select a second job to compare." : `${state.base}: ${missingReason(state)}`}
    <button id="end-comparison" type="button" @click=${actions.endComparison}>Cancel</button></p>`;
}

function contents(job, state, actions) {
  if (isComparing(state))
    return html`
      ${head("Compare jobs", state, actions)}
      <div class="inspector-body">${comparison(state.compared, job, state, actions)}</div>`;
  return html`
    ${head(displayName(job), state, actions)}
    <div class="inspector-body">${comparisonNote(state, actions)}${jobSection(job, state, actions)}</div>`;
}

function missingReason(state) {
  return shownSource(state)?.busy ? "Not loaded yet." : "No job with this ID in this source.";
}

function absent(state, actions) {
  return html`
    ${head(state.job, state, actions)}
    <div class="inspector-body"><p>${missingReason(state)}</p></div>`;
}

/** @type {import("../app/actions.js").Template} */
export function inspector(state, actions) {
  if (!state.job) return nothing;
  const { opened, narrow } = state;
  const inside = opened ? contents(opened, state, actions) : absent(state, actions);
  const wide = isComparing(state) ? "comparing" : "";
  if (!narrow)
    return html`<aside id="inspector" class="inspector ${wide}" aria-labelledby="inspector-title">${inside}</aside>`;
  const { cancel, click } = dismissHandlers(actions.closeJob);
  return html`<dialog id="inspector" class="inspector sheet" aria-labelledby="inspector-title"
    @cancel=${cancel} @click=${click}>${inside}</dialog>`;
}
