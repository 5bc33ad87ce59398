// The top line: which jobs are shown, how they are being read, and the ways to read others.
import { html, nothing } from "lit";
import { clockTime, count, plural } from "./format.js";
import * as icons from "./icons.js";
import { shownSource } from "./state.js";

function progress({ doing, pages, jobs, retries, waitingMs, bytes, totalBytes }) {
  const facts = [];
  if (totalBytes) facts.push(`${Math.floor((100 * bytes) / totalBytes)} %`);
  if (jobs !== undefined) facts.push(plural(jobs, "job"));
  if (pages) facts.push(plural(pages, "page"));
  if (retries) facts.push(retries === 1 ? "1 retry" : `${count(retries)} retries`);
  if (waitingMs) facts.push(`waiting ${(waitingMs / 1000).toFixed(1)} s`);
  return `${doing}… ${facts.join(" · ")}`;
}

function standing(source) {
  if (source.busy) return progress(source.busy);
  const read = source.asOf ? clockTime(source.asOf) : "";
  return [source.notice, read].filter(Boolean).join(" · ");
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function sourceBar(state, actions) {
  const source = shownSource(state);
  return html`
    <header class="source-bar">
      <h1>rekognition-jobs</h1>
      <label class="source-choice">
        <span class="source-label">Source</span>
        <select id="source" @change=${(event) => actions.chooseSource(event.target.value)}>
          ${state.sources.map((each) => html`<option value=${each.id} .selected=${each.id === state.source}>${each.label}</option>`)}
        </select>
      </label>
      ${source?.canRefresh
        ? html`<button id="refresh" type="button" ?disabled=${!source.jobs || source.busy !== null} @click=${actions.refresh}>
            ${icons.refresh}<span class="button-word">Refresh</span>
          </button>`
        : nothing}
      <p id="standing" class="standing" role="status" aria-busy=${source?.busy ? "true" : "false"}>${source ? standing(source) : nothing}</p>
      <label class="button file-button">
        <input id="file" type="file" multiple class="hidden" accept=".json,.ndjson,.jsonl,.txt,application/json"
          @change=${(event) => {
            actions.openFiles([...event.target.files]);
            event.target.value = "";
          }}>
        ${icons.file}<span class="button-word">Open file…</span>
      </label>
    </header>`;
}
