// One job with all its members: a panel beside the list, or on a phone a sheet over it.
import { html, nothing } from "lit";
import { took, title } from "./format.js";
import * as icons from "./icons.js";
import { memberList } from "./members.js";
import { shownSource } from "./state.js";
import { statusMark } from "./status.js";

function failure({ FailureDetails: details }) {
  if (!details) return nothing;
  return html`<div class="failure"><p class="failure-code">${details.Code ?? "Failed"}</p><p class="failure-message">${details.Message ?? "The service gave no message."}</p></div>`;
}

function head(heading, actions) {
  return html`
    <div class="inspector-head">
      <h2 id="inspector-title" tabindex="-1">${heading}</h2>
      <button id="close" type="button" class="plain" aria-label="Close the job" @click=${actions.closeJob}>${icons.cross}</button>
    </div>`;
}

function contents(job, state, actions) {
  const time = took(job);
  return html`
    ${head(title(job), actions)}
    <div class="inspector-body">
      <p class="inspector-status">${statusMark(job.Status)}${time ? html`<span>took ${time}</span>` : nothing}</p>
      ${failure(job)}
      ${memberList(job, state, actions)}
      <details class="raw"><summary>JSON</summary><pre tabindex="0">${JSON.stringify(job, null, 2)}</pre></details>
    </div>`;
}

function absent(state, actions) {
  const coming = shownSource(state)?.busy;
  return html`
    ${head(state.job, actions)}
    <div class="inspector-body"><p>${coming ? "Not read yet." : "This source has no job with this JobId."}</p></div>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function inspector(state, actions) {
  if (!state.job) return nothing;
  const inside = state.opened ? contents(state.opened, state, actions) : absent(state, actions);
  if (!state.narrow) return html`<aside id="inspector" class="inspector" aria-labelledby="inspector-title">${inside}</aside>`;
  return html`
    <dialog id="inspector" class="inspector sheet" aria-labelledby="inspector-title"
      @cancel=${(event) => {
        event.preventDefault();
        actions.closeJob();
      }}
      @click=${(event) => {
        const besideIt = event.target === event.currentTarget;
        if (besideIt) actions.closeJob();
      }}>${inside}</dialog>`;
}
