// Shows what went wrong with a source or with results: the error, a question, invalid records.
import { html, nothing } from "lit-html";
import { formatCount, plural } from "../ui/format.js";
import * as icons from "../ui/icons.js";
import { shownSource } from "../state/state.js";

/** @param {import("../state/state.js").Source["error"]} error */
function errorMessage({ name, message, advice, retry, isStopped }, actions) {
  const needsSignIn = name === "SignInNeeded";
  return html`
    <div id="error" class="message error" role="alert">
      ${icons.warning}
      <div class="error-text"><p><b>${name}</b> <span>${message}</span></p>
        ${advice ? html`<p class="advice">${advice}</p>` : nothing}</div>
      ${needsSignIn
        ? html`<button id="sign-in" type="button" @click=${actions.openSources}>Connect…</button>`
        : html`<button id="retry" type="button" @click=${retry}>${isStopped ? "Reload" : "Retry"}</button>`}
    </div>`;
}

function rejectedMessage({ noun, items, count: total }) {
  return html`
    <details id="rejected" class="message rejected" open>
      <summary>${plural(total, noun)} could not be read${
        items.length < total ? `, showing the first ${formatCount(items.length)}` : nothing}</summary>
      <ol tabindex="0" aria-label="${noun[0].toUpperCase()}${noun.slice(1)}s that could not be read">
        ${items.map(({ at, message }) => html`<li><span class="offset muted">${at}</span> <span>${message}</span></li>`)}
      </ol>
    </details>`;
}

/**
 * @param {object} told
 * @param {import("../state/state.js").Source["error"]} [told.error]
 * @param {unknown} [told.question]
 * @param {{ noun: string, items: { at: string, message: string }[], count: number } | null} [told.rejected]  at: where it is
 * @param {Pick<import("../app/actions.js").Actions, "openSources">} actions
 */
export function messageList({ error, question = nothing, rejected }, actions) {
  if (!error && question === nothing && !rejected?.count) return nothing;
  return html`<div class="messages">
    ${error ? errorMessage(error, actions) : nothing}${question}${rejected?.count ? rejectedMessage(rejected) : nothing}
  </div>`;
}

/** @type {import("../app/actions.js").Template} */
export function sourceMessages(state, actions) {
  const { error, rejected } = shownSource(state) ?? {};
  const files = new Set(rejected?.items.map(({ file }) => file)).size;
  const items = rejected?.items.map(({ file, offset, message }) =>
    ({ at: `${files > 1 ? `${file}, ` : ""}byte ${formatCount(offset)}`, message }));
  return messageList({ error, rejected: rejected && { noun: "record", items, count: rejected.count } }, actions);
}
