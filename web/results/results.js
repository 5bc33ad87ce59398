// Renders the results of a job in place of the list: summary, query, threshold, labels, images, comparison.
import { html, nothing } from "lit-html";
import { exportMenu } from "../export/export_menu.js";
import { formatBytes, plural } from "../ui/format.js";
import * as icons from "../ui/icons.js";
import { imageList } from "./image_list.js";
import { labelTree } from "./label_tree.js";
import { manifestSummary } from "./manifest_summary.js";
import { answerLine, queryBox, switchButton } from "../query/query_bar.js";
import { comparisonChoice, resultsComparison } from "./comparison.js";
import { resultsMessages } from "./messages.js";
import { part } from "../ui/part.js";
import { thresholdBar } from "./threshold_bar.js";
import { titleOf } from "./title.js";

function progress({ activity, bytes: read, totalBytes, images }) {
  const facts = [
    totalBytes ? `${Math.floor((100 * read) / totalBytes)} %` : read ? formatBytes(read) : "",
    images === undefined ? "" : plural(images, "image"),
  ];
  return `${activity}… ${facts.filter(Boolean).join(" · ")}`;
}

function loadStatus({ busy, results }) {
  if (busy) return progress(busy);
  if (!results) return "";
  return results.size > 0 || !results.summary
    ? plural(results.size, "image")
    : results.resultsError
      ? "Manifest summary only - the results were deleted"
      : "Manifest summary only - the job produced no results";
}

function title({ job, results }) {
  if (!job) return nothing;
  return results?.summary && results.size === 0 && !results.resultsError ? "Manifest errors: " : "Results of ";
}

function head(state, actions) {
  const { results: open } = state;
  return html`
    <div class="results-head">
      <button id="close-results" type="button" title="Back to the jobs (Esc)"
        @click=${actions.results.close}>${icons.back}Jobs</button>
      <h2 id="results-title" tabindex="-1">${title(open)}<bdi>${titleOf(open)}</bdi></h2>
      <p class="load-status muted" role="status" aria-busy=${open.busy ? "true" : "false"}>${loadStatus(open)}</p>
      ${open.results?.size ? comparisonChoice(state, actions) : nothing}
    </div>`;
}

function question(state, actions) {
  const { results: open } = state;
  return html`
    <div role="search" class="query-bar">
      ${queryBox(open, actions.results, { example: "label:violence confidence:>=80 -image:*/test/*" })}
      ${answerLine(open, open.busy !== null)}
      ${switchButton("facets-switch", "Labels", icons.facets, state.facetsOpen, "labels", actions.toggleFacets)}
      ${exportMenu(open, actions.results, "image")}
    </div>`;
}

function summary(state, actions) {
  const { results } = state.results;
  return results?.summary ? manifestSummary(results, state, actions) : nothing;
}

/**
 * @param {import("../state/state.js").State} state
 * @param {import("../app/actions.js").Actions} actions
 */
export function createResultsView(state, actions) {
  const made = (template) => part(() => template(state, actions));
  const [top, errors, manifest, query, threshold, comparison, labels, images] = [
    head,
    resultsMessages,
    summary,
    question,
    thresholdBar,
    resultsComparison,
    labelTree,
    imageList,
  ].map(made);

  return () => html`
    <main class="results" aria-labelledby="results-title">
      ${top()}${errors()}${manifest()}
      ${
        state.results.results?.size
          ? html`${query()}${threshold()}${comparison()}
        <div class="results-body">${labels()}${images()}</div>`
          : nothing
      }
    </main>`;
}
