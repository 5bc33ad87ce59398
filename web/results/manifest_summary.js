// Shows the manifest summary: how many lines were valid, and the errors of the others.
import { html, nothing } from "lit-html";
import { copyButton } from "../ui/copy_button.js";
import { formatCount, plural } from "../ui/format.js";

const LISTED = 500;

function statistic(name, number) {
  return number === undefined
    ? nothing
    : html`<div><dt class="muted">${name}</dt><dd>${formatCount(number)}</dd></div>`;
}

function byCode(errors) {
  const counts = new Map();
  for (const { code = "no code" } of errors) counts.set(code, (counts.get(code) ?? 0) + 1);
  const sorted = [...counts].sort((one, other) => other[1] - one[1]);
  return sorted.map(([code, times]) => `${formatCount(times)} ${code}`).join(", ");
}

function line(error, state, actions) {
  const { "line-number": number, "source-ref": image, code, message } = error;
  return html`<tr>
    <th scope="row">${number === undefined ? html`<span class="missing muted">all</span>` : formatCount(number)}</th>
    <td class="value">${code}</td>
    <td>${message}</td>
    <td>${
      image === undefined
        ? nothing
        : html`<span class="value">${image}</span>${copyButton(image, "S3 URI of the image", state, actions)}`
    }</td>
  </tr>`;
}

function table(errors, state, actions) {
  const listed = errors.slice(0, LISTED);
  return html`
    <div class="summary-errors" tabindex="0" role="region" aria-label="Manifest errors">
      <table>
        <thead><tr><th scope="col">Line</th><th scope="col">Code</th><th scope="col">Message</th>
          <th scope="col">Image</th></tr></thead>
        <tbody>${listed.map((error) => line(error, state, actions))}</tbody>
      </table>
      ${listed.length < errors.length ? html`<p>${formatCount(errors.length - listed.length)} more</p>` : nothing}
    </div>`;
}

/**
 * Shows the summary, expanded where there are no images.
 * @param {Pick<import("rekognition-jobs").Results, "summary" | "size">} results
 * @param {import("../state/state.js").State} state
 * @param {import("../app/actions.js").Actions} actions
 */
export function manifestSummary({ summary, size }, state, actions) {
  const { statistics, errors } = summary;
  const told = errors.length > 0 ? `${plural(errors.length, "error")}: ${byCode(errors)}` : "no errors";
  return html`
    <details id="summary" class="summary" ?open=${size === 0}>
      <summary>Manifest summary <span class=${errors.length > 0 ? "has-errors" : ""}>${told}</span></summary>
      <dl class="statistics">
        ${statistic("Lines in total", statistics["total-json-lines"])}
        ${statistic("Valid lines", statistics["valid-json-lines"])}
        ${statistic("Invalid lines", statistics["invalid-json-lines"])}
      </dl>
      ${errors.length > 0 ? table(errors, state, actions) : nothing}
    </details>`;
}
