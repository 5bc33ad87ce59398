// What went wrong with a source: the service's error, and the records of a file that could not be read.
import { html, nothing } from "lit";
import { count, plural } from "./format.js";
import * as icons from "./icons.js";
import { shownSource } from "./state.js";

/**
 * @param {NonNullable<import("./state.js").Source["error"]>} error
 * @param {Pick<import("./actions.js").Actions, "openSources">} actions
 */
export function errorMessage({ name, message, advice, retry }, actions) {
  const needsSignIn = name === "SignInNeeded";
  return html`
    <div id="error" class="message error" role="alert">
      ${icons.warning}
      <div class="error-text"><p><b>${name}</b> <span>${message}</span></p>
        ${advice ? html`<p class="advice">${advice}</p>` : nothing}</div>
      ${needsSignIn
        ? html`<button id="sign-in" type="button" @click=${actions.openSources}>Connect…</button>`
        : html`<button id="retry" type="button" @click=${retry}>Retry</button>`}
    </div>`;
}

function rejectedMessage({ items, count: total }, files) {
  return html`
    <details id="rejected" class="message rejected" open>
      <summary>${plural(total, "record")} could not be read${
        items.length < total ? `; the first ${count(items.length)}` : nothing}</summary>
      <ol tabindex="0" aria-label="Records that could not be read">
        ${items.map(({ file, offset, message }) => html`<li>
          <span class="offset">${files > 1 ? `${file}, ` : nothing}byte ${count(offset)}</span>
          <span>${message}</span></li>`)}
      </ol>
    </details>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function messages(state, actions) {
  const source = shownSource(state);
  if (!source || !(source.error || source.rejected)) return nothing;
  const files = new Set(source.rejected?.items.map((item) => item.file)).size;
  return html`<div class="messages">
    ${source.error ? errorMessage(source.error, actions) : nothing}
    ${source.rejected ? rejectedMessage(source.rejected, files) : nothing}
  </div>`;
}
