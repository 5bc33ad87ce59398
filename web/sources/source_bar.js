// Renders the top line: the source, its load status, and the ways to open another.
import { html, nothing } from "lit-html";
import { clockTime, formatCount, plural, relativeTime } from "../ui/format.js";
import * as icons from "../ui/icons.js";
import { fileButton } from "./file_button.js";
import { pageTools } from "../ui/page_tools.js";
import { refreshSelect } from "./refresh_select.js";
import { shownSource } from "../state/state.js";

function progress({ activity, pages, jobs, rate, retries, waitingMs, bytes, totalBytes }) {
  const facts = [];
  if (totalBytes) facts.push(`${Math.floor((100 * bytes) / totalBytes)} %`);
  if (jobs !== undefined) facts.push(plural(jobs, "job"));
  if (pages) facts.push(plural(pages, "page"));
  if (rate) facts.push(`${formatCount(Math.round(rate))} jobs/s`);
  if (retries > 0) facts.push(retries === 1 ? "1 retry" : `${formatCount(retries)} retries`);
  if (waitingMs) facts.push(`waiting ${(waitingMs / 1000).toFixed(1)} s`);
  return `${activity}… ${facts.join(" · ")}`;
}

/** Shows the load status. Its age is silent, or a screen reader would speak each second. */
function loadStatus(source, clock) {
  const told = source?.busy ? progress(source.busy) : source?.notice;
  const loadedAt = source?.busy ? null : source?.loadedAt;
  return html`<p class="load-status muted">
    <span id="load-status" class="truncate" role="status" aria-busy=${source?.busy ? "true" : "false"}>${told}</span>
    ${
      loadedAt
        ? html`<time id="loaded-at" datetime=${loadedAt.toISOString()}
      title=${`Loaded at ${clockTime(loadedAt)}`}>${relativeTime(loadedAt, clock)}</time>`
        : nothing
    }</p>`;
}

function button(id, icon, word, act, disabled = false) {
  return html`<button id=${id} type="button" ?disabled=${disabled} @click=${act}>
    ${icon}<span class="button-word">${word}</span></button>`;
}

/** Renders the button for the load status: stop, resume or refresh. */
function reading(source, actions) {
  if (!source?.canRefresh) return nothing;
  if (source.busy)
    return button("stop", icons.stop, "Stop", actions.stop, source.busy.pages === undefined && !source.jobs);
  if (source.paused) return button("resume", icons.play, "Resume", actions.resume);
  return button("refresh", icons.refresh, "Refresh", actions.refresh, !source.jobs);
}

/** @type {import("../app/actions.js").Template} */
export function sourceBar(state, actions) {
  const source = shownSource(state);
  return html`
    <header class="source-bar">
      <h1>rekognition-jobs</h1>
      <label class="source-choice">
        <span class="source-label muted">Source</span>
        <select id="source" @change=${(event) => actions.chooseSource(event.target.value)}>
          ${state.sources.map(
            (each) => html`<option value=${each.id}
            .selected=${each.id === state.source}>${each.label}</option>`,
          )}
        </select>
      </label>
      ${button("sources-button", icons.add, "Add source…", actions.openSources)}
      ${reading(source, actions)}
      ${source?.canRefresh && !state.narrow ? refreshSelect(state, actions) : nothing}
      ${loadStatus(source, state.clock)}
      ${fileButton(html`<span class="button-word">Open file…</span>`, actions, "file")}
      ${pageTools(state, actions)}
    </header>`;
}
