// The dialog of sources: an account of the service, files and pasted text, and what is kept on this device.
import { html, nothing } from "lit";
import { accountForm } from "./account_form.js";
import { closing } from "./dialogs.js";
import { bytes } from "./format.js";
import * as icons from "./icons.js";
import { refreshChoice } from "./refresh_choice.js";
import { shownSource } from "./state.js";

function files(actions) {
  return html`
    <section aria-labelledby="files-heading">
      <h3 id="files-heading">Files</h3>
      <p>The output of <code>aws rekognition list-media-analysis-jobs</code> as it is, the API's own responses,
        or NDJSON; a job's results file and its manifest summary. Choose files, drop them anywhere on the page, or paste
        their text: which is which is told by what they hold.</p>
      <form class="paste" @submit=${(event) => {
        event.preventDefault();
        const text = String(new FormData(event.target).get("text"));
        if (text.trim()) actions.openFiles([new File([text], "pasted text", { type: "application/json" })]);
      }}>
        <label for="pasted-jobs">Their text</label>
        <textarea id="pasted-jobs" name="text" rows="3" spellcheck="false" autocomplete="off"
          placeholder='{ "MediaAnalysisJobs": [ … ] }'></textarea>
        <div class="form-buttons">
          <button type="submit">Read the text</button>
          <label class="button file-button">
            <input type="file" multiple class="hidden" accept=".json,.ndjson,.jsonl,.txt,application/json"
              @change=${(event) => actions.openFiles([...event.target.files])}>
            ${icons.file}<span>Choose files…</span>
          </label>
        </div>
      </form>
    </section>`;
}

function device(state, actions) {
  const source = shownSource(state);
  const kept = state.sources.filter((each) => each.kept);
  return html`
    <section aria-labelledby="device-heading">
      <h3 id="device-heading">On this device</h3>
      ${
        source?.canRefresh
          ? html`<label class="check"><input id="keep" type="checkbox" .checked=${source.kept}
            @change=${(event) => actions.keep(event.target.checked)}>
            Keep the jobs of <bdi>${source.label}</bdi> here, so that they are there at once next time</label>`
          : html`<p>The jobs of an account can be kept here; a file is where it came from.</p>`
      }
      <p>Credentials are never kept: they end with this tab.</p>
      ${source?.keepError ? html`<p class="form-error" role="alert">${source.keepError}</p>` : nothing}
      <ul id="kept" class="kept">${kept.map(({ label, keptBytes }) => html`<li><bdi>${label}</bdi>${
        keptBytes ? html` <small>${bytes(keptBytes)}</small>` : nothing}</li>`)}</ul>
      <button id="forget" type="button" @click=${actions.forget}>Forget everything on this device</button>
    </section>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function sourceDialog(state, actions) {
  if (state.dialog !== "sources") return nothing;
  const { cancel, click } = closing(actions.closeDialog);
  return html`
    <dialog id="sources" class="dialog" aria-labelledby="sources-title" @cancel=${cancel} @click=${click}>
      <div class="dialog-head">
        <h2 id="sources-title" tabindex="-1">Where the jobs come from</h2>
        <button type="button" class="plain" aria-label="Close the sources"
          @click=${actions.closeDialog}>${icons.cross}</button>
      </div>
      <div class="dialog-body">
        ${shownSource(state)?.canRefresh && state.narrow ? refreshChoice(state, actions) : nothing}
        ${accountForm(state, actions)}
        ${files(actions)}
        ${device(state, actions)}
      </div>
    </dialog>`;
}
