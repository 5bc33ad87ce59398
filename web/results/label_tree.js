// Renders the labels as a tree with image counts; a checkbox adds one to the query or removes it.
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { formatCount } from "../ui/format.js";
import { cssProperties } from "../ui/css_properties.js";
import { requiredTerms } from "../query/query_terms.js";
import { isLabel } from "./actions.js";

/** Renders a label with its count, and without one when only its children occur. */
function label({ name, count: images, children }, facts) {
  const isMarked = facts.marks.some(isLabel(name));
  return html`<li>
    <label title=${name}>
      <input type="checkbox" .checked=${live(isMarked)} ?disabled=${facts.isStale}
        @change=${() => facts.actions.toggleLabel(name)}>
      <span class="facet-value truncate">${name}</span>
      <span class="facet-count muted">${images > 0 ? formatCount(images) : nothing}</span>
      <span class="bar" aria-hidden="true" ${cssProperties({ "--share": `${(100 * images) / facts.most}%` })}></span>
    </label>
    ${children.length > 0 ? labels(children, facts) : nothing}
  </li>`;
}

function labels(tree, facts) {
  return html`<ul role="list">${tree.map((each) => label(each, facts))}</ul>`;
}

function most(tree) {
  return tree.reduce((found, { count: images, children }) => Math.max(found, images, most(children)), 0);
}

/** @type {import("../app/actions.js").Template} */
export function labelTree({ results, facetsOpen }, { results: actions }) {
  const { tree, tokens, queryError, threshold } = results;
  const marks = requiredTerms(tokens)
    .filter(({ field }) => field === "label")
    .flatMap(({ values }) => values);
  const facts = { actions, marks, most: Math.max(1, most(tree)), isStale: queryError !== null };
  return html`
    <div id="labels" class="side-panel labels ${queryError ? "stale" : ""}" role="group" tabindex="0"
      aria-label="Labels at or above ${threshold} percent" ?hidden=${!facetsOpen}>
      ${tree.length > 0 ? labels(tree, facts) : html`<p class="no-labels muted">No labels at or above ${threshold}%.</p>`}
    </div>`;
}
