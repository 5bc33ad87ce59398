// Shows the help: every key, and the query language by the fields of the records on screen.
import { html, nothing } from "lit-html";
import { JOB_VOCABULARY } from "../query/suggestions.js";
import { KEY_NAMES } from "../ui/key_names.js";
import { modal } from "../ui/modal.js";
import { IMAGE_COMPLETION_SOURCE } from "../results/image_completion_source.js";

/** @type {[string, [string[], string][]][]} */
const KEYS = [
  [
    "Anywhere",
    [
      [["/"], "focus the query"],
      [["j", "k"], "next / previous job"],
      [["f"], "show or hide the filters, or the labels of results"],
      [["t"], "show or hide the jobs over time"],
      [["d"], "switch theme"],
      [["e"], "open the export menu"],
      [["c"], "compare the open job with the next one opened"],
      [["Esc"], "close the top panel"],
      [["?"], "this help"],
    ],
  ],
  [
    "In the list",
    [
      [["↑", "↓"], "previous / next job"],
      [["PgUp", "PgDn"], "one screen up / down"],
      [["Home", "End"], "first / last job"],
      [["Enter"], "open the job"],
      [[KEY_NAMES.command, "click"], "compare with the open job"],
      [["Shift ←", "Shift →"], "narrow / widen the focused column"],
    ],
  ],
  [
    "In the query",
    [
      [["↓"], "to the suggestions, or to the jobs"],
      [["Enter", "Tab"], "accept suggestion"],
      [[KEY_NAMES.suggest], "show suggestions"],
      [["Esc"], "close the suggestions"],
    ],
  ],
];

function keyList([place, keys]) {
  return html`<section><h3>${place}</h3><dl class="key-list">${keys.map(
    ([names, meaning]) => html`
    <div><dt>${names.map((name) => html`<kbd>${name}</kbd>`)}</dt><dd>${meaning}</dd></div>`,
  )}</dl></section>`;
}

const LANGUAGE = [
  ["a b", "both"],
  ["a OR b", "either"],
  ["-a", "not a"],
  ["(a OR b) c", "grouped"],
  ['"a b"', "a phrase"],
  ["field:a,b", "one of them"],
  ["name:promo-*", "a pattern over the whole text"],
  ["name:=text", "exact match"],
  ["created:2026-10..2026-11", "a range; each end may be open"],
];

const JOBS = { words: "name, id, input, output and failure message", help: JOB_VOCABULARY.help };
const RESULTS = {
  words: "the image's URI, the names of its labels and its error's message",
  help: IMAGE_COMPLETION_SOURCE.vocabulary.help,
};

function language({ words, help }) {
  return html`
    <section><h3>The query</h3>
      <p>Plain words search ${words}. Case does not matter.</p>
      <dl class="key-list">${LANGUAGE.map(
        ([example, meaning]) => html`<div><dt><code>${example}</code></dt><dd>${meaning}</dd></div>`,
      )}</dl>
    </section>
    <section><h3>Fields</h3>
      <dl class="key-list">${Object.entries(help).map(
        ([name, { meaning, examples }]) => html`
        <div><dt><code>${name}:</code></dt>
          <dd>${meaning}: ${examples.map((example) => html`<code>${example}</code> `)}</dd></div>`,
      )}</dl>
    </section>`;
}

/** @type {import("./actions.js").Template} */
export function helpSheet(state, actions) {
  if (state.dialog !== "help") return nothing;
  return modal(
    "help",
    "Keys and queries",
    actions.closeHelp,
    html`
    <div class="dialog-body" tabindex="0" role="region" aria-labelledby="help-title">
      <div class="help-columns">${KEYS.map(keyList)}${language(state.results ? RESULTS : JOBS)}</div>
    </div>`,
  );
}
