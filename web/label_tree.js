// The labels as a tree, each with how many images have it; a check mark puts one into the query or takes it out.
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { count } from "./format.js";
import { properties } from "./properties.js";
import { neededTerms } from "./query_terms.js";
import { isLabel } from "./results_actions.js";

/** The image count of a label that is only there for those below it is not told. */
function label({ name, count: images, children }, facts) {
  const isMarked = facts.marks.some(isLabel(name));
  return html`<li>
    <label title=${name}>
      <input type="checkbox" .checked=${live(isMarked)} ?disabled=${facts.isStale}
        @change=${() => facts.actions.toggleLabel(name)}>
      <span class="facet-value">${name}</span>
      <span class="facet-count">${images > 0 ? count(images) : nothing}</span>
      <span class="bar" aria-hidden="true" ${properties({ "--share": `${(100 * images) / facts.most}%` })}></span>
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

/**
 * @param {import("./results_state.js").ShownResults} open
 * @param {import("./results_actions.js").ResultsActions} actions
 * @param {boolean} isOpen
 */
export function labelTree({ tree, tokens, queryError, threshold }, actions, isOpen) {
  const marks = neededTerms(tokens).filter(({ field }) => field === "label").flatMap(({ values }) => values);
  const facts = { actions, marks, most: Math.max(1, most(tree)), isStale: queryError !== null };
  return html`
    <div id="labels" class="counts labels ${queryError ? "stale" : ""}" role="group" tabindex="0"
      aria-label="Labels from ${threshold} percent" ?hidden=${!isOpen}>
      ${tree.length > 0 ? labels(tree, facts) : html`<p class="labels-none">No label from ${threshold} %.</p>`}
    </div>`;
}
