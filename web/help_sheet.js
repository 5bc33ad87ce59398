// The help sheet: every key, and the query language by the fields of what is shown.
import { html, nothing } from "lit";
import { JOB_WORDS } from "./completions.js";
import { closing } from "./dialogs.js";
import * as icons from "./icons.js";
import { IMAGES } from "./results_words.js";

/** @type {[string, [string[], string][]][]} */
const KEYS = [
  ["Anywhere", [
    [["/"], "to the query"],
    [["j", "k"], "to the next job, to the one before"],
    [["f"], "show or hide the facets, or the labels of results"],
    [["t"], "show or hide the jobs over time"],
    [["d"], "dark or light"],
    [["c"], "compare the open job with the next one opened"],
    [["Esc"], "close what was opened last"],
    [["?"], "this help"],
  ]],
  ["In the list", [
    [["↑", "↓"], "one job on"],
    [["PgUp", "PgDn"], "as many as are in sight"],
    [["Home", "End"], "to the first, to the last"],
    [["Enter"], "open the job"],
    [["Ctrl", "click"], "open it beside the open one"],
    [["Shift ←", "Shift →"], "on a column's head: narrower, wider"],
  ]],
  ["In the query", [
    [["↓"], "to the completions, or to the jobs"],
    [["Enter", "Tab"], "take the completion"],
    [["Ctrl Space"], "show what can stand here"],
    [["Esc"], "close the completions"],
  ]],
];

function keyList([place, keys]) {
  return html`<section><h3>${place}</h3><dl class="key-list">${keys.map(([names, meaning]) => html`
    <div><dt>${names.map((name) => html`<kbd>${name}</kbd>`)}</dt><dd>${meaning}</dd></div>`)}</dl></section>`;
}

const LANGUAGE = [
  ["a b", "both"], ["a OR b", "either"], ["-a", "not a"], ["(a OR b) c", "grouped"], ["\"a b\"", "a phrase"],
  ["field:a,b", "one of them"], ["name:promo-*", "a pattern over the whole text"], ["name:=text", "exactly"],
  ["created:2026-10..2026-11", "a range; each end may be open"],
];

const JOBS = { words: "name, id, input, output and failure message", help: JOB_WORDS.help };
const RESULTS = { words: "the image's URI, the names of its labels and its error's message", help: IMAGES.words.help };

function language({ words, help }) {
  return html`
    <section><h3>The query</h3>
      <p>A bare word is looked for in ${words}. Case does not matter.</p>
      <dl class="key-list">${LANGUAGE.map(([example, meaning]) =>
        html`<div><dt><code>${example}</code></dt><dd>${meaning}</dd></div>`)}</dl>
    </section>
    <section><h3>Fields</h3>
      <dl class="key-list">${Object.entries(help).map(([name, { meaning, examples }]) => html`
        <div><dt><code>${name}:</code></dt>
          <dd>${meaning}: ${examples.map((example) => html`<code>${example}</code> `)}</dd></div>`)}</dl>
    </section>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function helpSheet(state, actions) {
  if (state.dialog !== "help") return nothing;
  const { cancel, click } = closing(actions.closeHelp);
  return html`
    <dialog id="help" class="dialog" aria-labelledby="help-title" @cancel=${cancel} @click=${click}>
      <div class="dialog-head">
        <h2 id="help-title">Keys and queries</h2>
        <button type="button" class="plain" aria-label="Close the help"
          @click=${actions.closeHelp}>${icons.cross}</button>
      </div>
      <div class="dialog-body help-body" tabindex="0" role="region"
        aria-labelledby="help-title">${KEYS.map(keyList)}${language(state.results ? RESULTS : JOBS)}</div>
    </dialog>`;
}
