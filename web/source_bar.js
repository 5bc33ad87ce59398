// The top line: which jobs are shown, how they are being read, and the ways to read others.
import { html, nothing } from "lit";
import { clockTime, count, plural, sinceReading } from "./format.js";
import * as icons from "./icons.js";
import { pageTools } from "./page_tools.js";
import { refreshChoice } from "./refresh_choice.js";
import { shownSource } from "./state.js";

function progress({ doing, pages, jobs, rate, retries, waitingMs, bytes, totalBytes }) {
  const facts = [];
  if (totalBytes) facts.push(`${Math.floor((100 * bytes) / totalBytes)} %`);
  if (jobs !== undefined) facts.push(plural(jobs, "job"));
  if (pages) facts.push(plural(pages, "page"));
  if (rate) facts.push(`${count(Math.round(rate))} jobs/s`);
  if (retries > 0) facts.push(retries === 1 ? "1 retry" : `${count(retries)} retries`);
  if (waitingMs) facts.push(`waiting ${(waitingMs / 1000).toFixed(1)} s`);
  return `${doing}… ${facts.join(" · ")}`;
}

/** How the reading stands. Its age passes silently: a screen reader would tell each second. */
function standing(source, clock) {
  const told = source?.busy ? progress(source.busy) : source?.notice;
  const asOf = source?.busy ? null : source?.asOf;
  return html`<p class="standing">
    <span id="standing" role="status" aria-busy=${source?.busy ? "true" : "false"}>${told}</span>
    ${asOf ? html`<time id="as-of" datetime=${asOf.toISOString()}
      title=${`Read at ${clockTime(asOf)}`}>${sinceReading(asOf, clock)}</time>` : nothing}</p>`;
}

function button(id, icon, word, act, disabled = false) {
  return html`<button id=${id} type="button" ?disabled=${disabled} @click=${act}>
    ${icon}<span class="button-word">${word}</span></button>`;
}

/** What can be done with the reading: stop it, go on with it, or look for news. */
function reading(source, actions) {
  if (!source?.canRefresh) return nothing;
  if (source.busy)
    return button("stop", icons.stop, "Stop", actions.stop, source.busy.pages === undefined && !source.jobs);
  if (source.stopped) return button("go-on", icons.play, "Go on", actions.goOn);
  return button("refresh", icons.refresh, "Refresh", actions.refresh, !source.jobs);
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
          ${state.sources.map((each) => html`<option value=${each.id}
            .selected=${each.id === state.source}>${each.label}</option>`)}
        </select>
      </label>
      ${button("sources-button", icons.add, "Add…", actions.openSources)}
      ${reading(source, actions)}
      ${source?.canRefresh && !state.narrow ? refreshChoice(state, actions) : nothing}
      ${standing(source, state.clock)}
      <label class="button file-button">
        <input id="file" type="file" multiple class="hidden" accept=".json,.ndjson,.jsonl,.txt,application/json"
          @change=${(event) => {
            actions.openFiles([...event.target.files]);
            event.target.value = "";
          }}>
        ${icons.file}<span class="button-word">Open file…</span>
      </label>
      ${pageTools(state, actions)}
    </header>`;
}
