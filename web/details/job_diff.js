// Compares two jobs field by field, and marks the differences.
import { html, nothing } from "lit-html";
import * as icons from "../ui/icons.js";

/** @returns {[string, string][]} every member's path, such as Input.S3Object.Bucket, and its text */
function flatten(members, prefix = "") {
  return Object.entries(members).flatMap(([name, member]) => {
    if (member === undefined || member === null) return [];
    if (member instanceof Date) return [[prefix + name, member.toISOString()]];
    return typeof member === "object" ? flatten(member, `${prefix}${name}.`) : [[prefix + name, String(member)]];
  });
}

/**
 * @param {object} one
 * @param {object} other
 * @returns {{ path: string, values: [string | undefined, string | undefined], differs: boolean }[]} members of either,
 *   in the first one's order, each that only the other has after the one before it there
 */
export function compare(one, other) {
  const [first, second] = [new Map(flatten(one)), new Map(flatten(other))];
  const paths = [...first.keys()];
  let at = 0;
  for (const path of second.keys()) {
    if (first.has(path)) at = paths.indexOf(path) + 1;
    else paths.splice(at++, 0, path);
  }
  return paths.map((path) => {
    const values = /** @type {[string | undefined, string | undefined]} */ ([first.get(path), second.get(path)]);
    return { path, values, differs: values[0] !== values[1] };
  });
}

/** Lets a path break after a dot and before a capital. */
function breakable(path) {
  return path.split(/(?<=\.)|(?<=[a-z])(?=[A-Z])/).map((part) => html`${part}<wbr>`);
}

function row({ path, values, differs }) {
  const cell = (value) =>
    html`<td>${
      value === undefined ? html`<span class="missing muted">none</span>` : html`<span class="value">${value}</span>`
    }</td>`;
  return html`<tr class=${differs ? "differs" : ""}>
    <th scope="row">${
      differs
        ? html`<span class="difference" aria-hidden="true">≠</span><span
      class="visually-hidden">Different: </span>`
        : nothing
    }${breakable(path)}</th>
    ${values.map(cell)}
  </tr>`;
}

/**
 * @param {import("rekognition-jobs").MediaAnalysisJob} base
 * @param {import("rekognition-jobs").MediaAnalysisJob} job
 * @param {import("../state/state.js").State} state
 * @param {import("../app/actions.js").Actions} actions
 */
export function comparison(base, job, state, actions) {
  const rows = compare(base, job);
  const differing = rows.filter(({ differs }) => differs);
  /** @param {import("rekognition-jobs").MediaAnalysisJob} job */
  const heading = ({ JobName, JobId }) => JobName ?? JobId;
  return html`
    <div class="comparison-head">
      <p role="status">${differing.length} of ${rows.length} fields differ</p>
      <label class="check"><input id="only-differences" type="checkbox" .checked=${state.onlyDifferences}
        @change=${(event) => actions.showOnlyDifferences(event.target.checked)}> Show differences only</label>
      <button id="end-comparison" type="button" @click=${actions.endComparison}>${icons.cross}Close comparison</button>
    </div>
    <table class="comparison">
      <thead><tr><th scope="col">Field</th><th scope="col">${heading(base)}</th>
        <th scope="col">${heading(job)}</th></tr></thead>
      <tbody>${(state.onlyDifferences ? differing : rows).map(row)}</tbody>
    </table>`;
}
