// What a job has produced, in the list's place: summary, query, threshold, labels, images, and a comparison.
import { html, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { exportMenu } from "./export_menu.js";
import { bytes, plural } from "./format.js";
import * as icons from "./icons.js";
import { imageList } from "./image_list.js";
import { labelTree } from "./label_tree.js";
import { manifestSummary } from "./manifest_summary.js";
import { answerLine, queryBox, switchButton } from "./query_bar.js";
import { comparisonChoice, resultsComparison } from "./results_comparison.js";
import { resultsMessages } from "./results_messages.js";
import { thresholdBar } from "./threshold_bar.js";
import { titleOfJob } from "./results_title.js";

const EXPORTS = { noun: "image", csv: "a row a label", json: "an array", ndjson: "an image a line, as the file is" };

function progress({ doing, bytes: read, totalBytes, images }) {
  const facts = [
    totalBytes ? `${Math.floor((100 * read) / totalBytes)} %` : read ? bytes(read) : "",
    images === undefined ? "" : plural(images, "image"),
  ];
  return `${doing}… ${facts.filter(Boolean).join(" · ")}`;
}

function standing({ busy, results }) {
  if (busy) return progress(busy);
  if (!results) return "";
  return results.size > 0 || !results.summary ? `${plural(results.size, "image")} read` : "no images, only a summary";
}

function head(state, actions) {
  const { results: open } = state;
  return html`
    <div class="results-head">
      <button id="close-results" type="button" title="Back to the jobs (Esc)"
        @click=${actions.results.close}>${icons.back}Jobs</button>
      <h2 id="results-title" tabindex="-1">${open.job ? "Results of " : nothing}<bdi>${
        open.job ? titleOfJob(state, open.job) : open.title}</bdi></h2>
      <p class="standing" role="status" aria-busy=${open.busy ? "true" : "false"}>${standing(open)}</p>
      ${open.results?.size
        ? guard([open.results, open.other, state.sources], () => comparisonChoice(state, actions)) : nothing}
    </div>`;
}

function question(state, actions) {
  const { results: open } = state;
  return html`
    <div role="search" class="query-bar">
      ${queryBox(open, actions.results, { example: "label:violence confidence:>=80 -image:*/test/*" })}
      ${answerLine(open, open.busy !== null)}
      ${switchButton("facets-switch", "Labels", icons.facets, state.facetsOpen, "labels", actions.toggleFacets)}
      ${exportMenu(open, actions.results, EXPORTS)}
    </div>`;
}

function images(state, actions) {
  const { results: open } = state;
  if (!open.results?.size) return nothing;
  return html`
    ${question(state, actions)}
    ${thresholdBar(open, actions.results)}
    ${guard([open.other, open.query], () => resultsComparison(state, actions))}
    <div class="results-body">
      ${guard([open.tree, open.tokens, open.queryError, state.facetsOpen, open.threshold], () =>
        labelTree(open, actions.results, state.facetsOpen))}
      ${imageList(state, actions)}
    </div>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function results(state, actions) {
  const { results: open } = state;
  return html`
    <main class="results" aria-labelledby="results-title">
      ${head(state, actions)}
      ${resultsMessages(open, actions)}
      ${open.results?.summary
        ? guard([open.results, state.copied], () => manifestSummary(open.results, state, actions)) : nothing}
      ${images(state, actions)}
    </main>`;
}
