// Shows what went wrong with a source or with results: the error, a question, invalid records.
import { html, nothing } from "lit-html";
import { formatCount, plural } from "../ui/format.js";
import { copyButton } from "../ui/copy_button.js";
import * as icons from "../ui/icons.js";
import { shownSource } from "../state/state.js";

/** @param {import("../state/state.js").Source["error"] & { pay?: () => void }} error */
function errorMessage({ name, message, advice, retry, pay, isStopped }, actions) {
  const needsSignIn = name === "SignInNeeded";
  return html`
    <div id="error" class="message error" role="alert">
      ${icons.warning}
      <div class="error-text"><p><b>${name}</b> <span>${message}</span></p>
        ${advice ? html`<p class="advice">${advice}</p>` : nothing}</div>
      ${
        needsSignIn
          ? html`<button id="sign-in" type="button" @click=${actions.openSources}>Connect…</button>`
          : html`<button id="retry" type="button" @click=${retry}>${isStopped ? "Reload" : "Retry"}</button>`
      }
      ${pay ? html`<button id="pay" type="button" @click=${pay}>Pay for the request</button>` : nothing}
    </div>`;
}

function rejectedMessage({ items, count: total }) {
  return html`
    <details id="rejected" class="message rejected" open>
      <summary>${plural(total, "record")} could not be read${
        items.length < total ? `, showing the first ${formatCount(items.length)}` : nothing
      }</summary>
      <ol tabindex="0" aria-label="Records that could not be read">
        ${items.map(({ at, message }) => html`<li><span class="offset muted">${at}</span> <span>${message}</span></li>`)}
      </ol>
    </details>`;
}

/** @param {import("rekognition-jobs").Notice} notice */
function noticeItem({ code, count, message, line, sample }) {
  return html`<li><b>${code.replace("-", " ")}</b> <span>${formatCount(count)} × ${message}${
    line ? `, first in line ${formatCount(line)}` : nothing
  }${sample ? html`: <code>${sample}</code>` : nothing}</span></li>`;
}

/**
 * Says that a file is a part of a list, and offers to load the rest.
 * @param {import("../state/state.js").Source} source
 * @param {import("../state/state.js").State} state
 * @param {import("../app/actions.js").Actions} actions
 */
function partMessage({ part, busy }, state, actions) {
  if (!part || busy) return nothing;
  const accounts = state.sources.filter(({ canRefresh, jobs, isSample }) => canRefresh && jobs && !isSample);
  return html`<div id="part" class="message question">
    <p class="error-text"><b><bdi>${part.file}</bdi></b> has the first pages of a list only: it ends with a NextToken.${
      accounts.length === 0 ? " Connect to its account to load the rest." : nothing
    }</p>
    ${accounts.length === 0 ? html`<button type="button" @click=${actions.openSources}>Connect…</button>` : nothing}
    ${accounts.map(({ id, label }) => html`<button type="button" @click=${() => actions.loadRest(id)}>Load the rest from <bdi>${label}</bdi></button>`)}
  </div>`;
}

/** The form of each file and its notices as text, a line each. */
function reportText(reports) {
  return reports
    .flatMap(({ file, format, notices }) => [
      `${file}: ${format}`,
      ...notices.map(
        ({ code, count, message, line, sample }) =>
          `  ${code}: ${count} × ${message}${line ? `, first in line ${line}` : ""}${sample ? `: ${JSON.stringify(sample)}` : ""}`,
      ),
    ])
    .join("\n");
}

/** Shows the notices about the files of a source, closed at first. */
export function noticesMessage(reports, state, actions) {
  const told = reports.filter(({ notices }) => notices.length > 0);
  if (told.length === 0) return nothing;
  const count = told.reduce((sum, { notices }) => sum + notices.length, 0);
  const name =
    told.length === 1 ? `${told[0].file} was read as ${told[0].format}` : `${plural(told.length, "file")} were read`;
  return html`
    <details id="notices" class="message notices">
      <summary>${name}: ${plural(count, "notice")}</summary>
      ${copyButton(reportText(reports), "the report", state, actions)}
      ${told.map(
        ({ file, format, notices }) => html`
        ${told.length > 1 ? html`<p>${file}: ${format}</p>` : nothing}
        <ol tabindex="0" aria-label="Notices about ${file}">${notices.map(noticeItem)}</ol>`,
      )}
    </details>`;
}

/**
 * @param {object} told
 * @param {import("../state/state.js").Source["error"] & { pay?: () => void }} [told.error]  pay: repeats it so
 * @param {unknown} [told.question]
 * @param {{ items: { at: string, message: string }[], count: number } | null} [told.rejected]  at: where it is
 * @param {unknown} [told.notices]
 * @param {Pick<import("../app/actions.js").Actions, "openSources">} actions
 */
export function messageList({ error, question = nothing, rejected, notices = nothing }, actions) {
  if (!error && question === nothing && !rejected?.count && notices === nothing) return nothing;
  return html`<div class="messages">
    ${error ? errorMessage(error, actions) : nothing}${question}${rejected?.count ? rejectedMessage(rejected) : nothing}${notices}
  </div>`;
}

/** @type {import("../app/actions.js").Template} */
export function sourceMessages(state, actions) {
  const source = shownSource(state);
  const { error, rejected, reports = [] } = source ?? {};
  const files = new Set(rejected?.items.map(({ file }) => file)).size;
  const items = rejected?.items.map(({ file, offset, line, message }) => ({
    at: `${files > 1 ? `${file}, ` : ""}line ${formatCount(line)}, byte ${formatCount(offset)}`,
    message,
  }));
  const notices = noticesMessage(reports, state, actions);
  const question = source ? partMessage(source, state, actions) : nothing;
  return messageList({ error, question, rejected: rejected && { items, count: rejected.count }, notices }, actions);
}
