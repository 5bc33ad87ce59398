// One job with all its members, or two side by side: a panel beside the list, or on a phone a sheet over it.
import { html, nothing } from "lit";
import { getCommand, startCommand } from "./cli_commands.js";
import { comparison } from "./comparison.js";
import { copyButton } from "./copy_button.js";
import { closing } from "./dialogs.js";
import { failureHelp } from "./failure_help.js";
import { took, title } from "./format.js";
import * as icons from "./icons.js";
import { memberList } from "./members.js";
import { whereaboutsOf } from "./partition.js";
import { shownSource } from "./state.js";
import { statusMark } from "./status.js";

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
      <button id="job-before" type="button" class="plain" aria-label="Job before" title="Job before"
        aria-disabled=${cursor <= 0 ? "true" : "false"} @click=${() => actions.walk(-1)}>${icons.ascending}</button>
      <button id="job-after" type="button" class="plain" aria-label="Job after" title="Job after"
        aria-disabled=${cursor >= answer.matching - 1 ? "true" : "false"}
        @click=${() => actions.walk(1)}>${icons.descending}</button>
      <button id="compare" type="button" class="plain" aria-pressed=${isBase(state) ? "true" : "false"}
        ?disabled=${!opened}
        aria-label="Compare with another job" title="Compare with another job (c)"
        @click=${actions.compare}>${icons.columns}</button>
      <button id="close" type="button" class="plain" aria-label="Close the job" title="Close (Esc)"
        @click=${actions.closeJob}>${icons.cross}</button>
    </div>`;
}

/** The way to what the job has written: its results, or what its manifest summary tells. */
function produced({ JobId, Results, ManifestSummary }, actions) {
  if (!Results?.S3Object && !ManifestSummary?.S3Object) return nothing;
  const name = Results?.S3Object ? "Show its results" : "Show its manifest summary";
  return html`<p class="produced"><button id="show-results" type="button"
    @click=${() => actions.results.open(JobId)}>${icons.images}${name}</button></p>`;
}

/** A text to look at on demand and to copy. */
function extra(name, text, state, actions) {
  return html`<details class="raw"><summary>${name}</summary>
    <div class="raw-text"><pre tabindex="0" aria-label=${name}>${text}</pre>
      ${copyButton(text, name, state, actions)}</div></details>`;
}

function one(job, state, actions) {
  const source = shownSource(state);
  const whereabouts = whereaboutsOf(job, source);
  const account = { region: whereabouts.region, endpoint: source?.endpoint ?? "" };
  const time = took(job);
  return html`
    <p class="inspector-status">${statusMark(job.Status)}${time ? html`<span>took ${time}</span>` : nothing}</p>
    ${failure(job)}
    ${produced(job, actions)}
    ${memberList(job, { whereabouts, state, actions })}
    ${extra("JSON", JSON.stringify(job, null, 2), state, actions)}
    ${extra("AWS CLI: get this job", getCommand(job, account), state, actions)}
    ${extra("AWS CLI: start it again", startCommand(job, account), state, actions)}`;
}

/** What is to come beside the open job, when no other is yet. */
function note(state, actions) {
  if (!state.base) return nothing;
  return html`<p class="note" role="status">
    ${isBase(state) ? "Choose another job to see it beside this one." : `${state.base}: ${absence(state)}`}
    <button id="end-comparison" type="button" @click=${actions.endComparison}>Cancel</button></p>`;
}

function contents(job, state, actions) {
  if (isComparing(state))
    return html`
      ${head("Two jobs", state, actions)}
      <div class="inspector-body">${comparison(state.compared, job, state, actions)}</div>`;
  return html`
    ${head(title(job), state, actions)}
    <div class="inspector-body">${note(state, actions)}${one(job, state, actions)}</div>`;
}

function absence(state) {
  return shownSource(state)?.busy ? "Not read yet." : "This source has no job with this JobId.";
}

function absent(state, actions) {
  return html`
    ${head(state.job, state, actions)}
    <div class="inspector-body"><p>${absence(state)}</p></div>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function inspector(state, actions) {
  if (!state.job) return nothing;
  const { opened, narrow } = state;
  const inside = opened ? contents(opened, state, actions) : absent(state, actions);
  const wide = isComparing(state) ? "comparing" : "";
  if (!narrow)
    return html`<aside id="inspector" class="inspector ${wide}" aria-labelledby="inspector-title">${inside}</aside>`;
  const { cancel, click } = closing(actions.closeJob);
  return html`<dialog id="inspector" class="inspector sheet" aria-labelledby="inspector-title"
    @cancel=${cancel} @click=${click}>${inside}</dialog>`;
}
