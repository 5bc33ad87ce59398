// Renders the dialog of data sources: an account, files and pasted text, and what is stored on this device.
import { html, nothing } from "lit-html";
import { accountForm } from "./account_form.js";
import { fileButton } from "./file_button.js";
import { modal } from "../ui/modal.js";
import { formatBytes } from "../ui/format.js";
import { refreshSelect } from "./refresh_select.js";
import { shownSource } from "../state/state.js";

function files(actions) {
  return html`
    <section aria-labelledby="files-heading">
      <h3 id="files-heading">Files</h3>
      <p>The output of <code>aws rekognition list-media-analysis-jobs</code>, API responses or NDJSON; a job's
        results file and its manifest summary. Choose files, drop them anywhere on the page, or paste JSON: the type is
        detected automatically.</p>
      <form class="paste" @submit=${(event) => {
        event.preventDefault();
        const text = String(new FormData(event.target).get("text"));
        if (text.trim()) actions.openFiles([new File([text], "pasted text", { type: "application/json" })]);
      }}>
        <label for="pasted-jobs">Paste JSON</label>
        <textarea id="pasted-jobs" name="text" rows="3" spellcheck="false" autocomplete="off"
          placeholder='{ "MediaAnalysisJobs": [ … ] }'></textarea>
        <div class="form-buttons">
          <button type="submit">Load</button>
          ${fileButton(html`<span>Choose files…</span>`, actions)}
        </div>
      </form>
    </section>`;
}

function device(state, actions) {
  const source = shownSource(state);
  const cached = state.sources.filter((each) => each.cached);
  return html`
    <section aria-labelledby="device-heading">
      <h3 id="device-heading">On this device</h3>
      ${
        source?.canRefresh
          ? html`<label class="check"><input id="store-listing" type="checkbox" .checked=${source.cached}
            @change=${(event) => actions.keep(event.target.checked)}>
            Keep the jobs of <bdi>${source.label}</bdi> here, so they load instantly next time</label>`
          : html`<p>The jobs of an account can be kept here; files are not stored.</p>`
      }
      <p>Credentials are never stored: they are gone when you close this tab.</p>
      ${source?.cacheError ? html`<p class="form-error" role="alert">${source.cacheError}</p>` : nothing}
      <ul id="stored-listings" class="stored">${cached.map(
        ({ label, cachedBytes }) =>
          html`<li><bdi>${label}</bdi>${
            cachedBytes ? html` <small class="muted">${formatBytes(cachedBytes)}</small>` : nothing
          }</li>`,
      )}</ul>
      <details class="confirmation">
        <summary class="button">Delete all stored data…</summary>
        <p>This deletes the stored jobs and settings and disconnects all accounts.</p>
        <button id="delete-stored" type="button" @click=${actions.forget}>Delete</button>
      </details>
    </section>`;
}

/** @type {import("../app/actions.js").Template} */
export function sourceDialog(state, actions) {
  if (state.dialog !== "sources") return nothing;
  return modal(
    "sources",
    "Data sources",
    actions.closeDialog,
    html`
    <div class="dialog-body">
      ${shownSource(state)?.canRefresh && state.narrow ? refreshSelect(state, actions) : nothing}
      ${accountForm(state, actions)}
      ${files(actions)}
      ${device(state, actions)}
    </div>`,
  );
}
