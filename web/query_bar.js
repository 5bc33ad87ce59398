// The query box, what it found, and where an unreadable query goes wrong.
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { exportMenu } from "./export_menu.js";
import { answerTime, count } from "./format.js";
import * as icons from "./icons.js";
import { shownSource } from "./state.js";

const MOST_EXPECTED = 24;

function expectation(expected) {
  if (expected.length === 0) return nothing;
  const more = expected.length - MOST_EXPECTED;
  return html`<p class="expected">Expected ${expected.slice(0, MOST_EXPECTED).map((each, index) => html`${index > 0 ? ", " : nothing}<code>${each}</code>`)}${more > 0 ? ` or ${count(more)} others` : nothing}</p>`;
}

function trouble(query, { start, end, expected, message }) {
  const bad = query.slice(start, end);
  return html`
    <div id="query-error" class="query-error" role="alert">
      <p class="query-place"><span>${query.slice(0, start)}</span><mark class=${bad ? "" : "gap"}>${bad}</mark><span>${query.slice(end)}</span></p>
      <p class="query-message">${message}</p>
      ${expectation(expected)}
    </div>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function queryBar(state, actions) {
  const { query, queryError, answer } = state;
  return html`
    <div role="search" class="query-bar">
      <form class="query-box" @submit=${(event) => {
        event.preventDefault();
        actions.settleQuery();
      }}>
        ${icons.search}
        <label for="query" class="hidden">Query</label>
        <input id="query" type="text" inputmode="search" enterkeyhint="search" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false"
          placeholder="status:failed code:ACCESS_DENIED created:now-7d.."
          aria-invalid=${queryError ? "true" : "false"} aria-describedby=${queryError ? "query-error" : "count"} aria-keyshortcuts="/"
          .value=${live(query)}
          @input=${(event) => actions.typeQuery(event.target.value)}
          @blur=${actions.settleQuery}>
        ${query ? html`<button type="button" class="plain clear" aria-label="Clear the query" @click=${actions.clearQuery}>${icons.cross}</button>` : nothing}
        ${queryError ? trouble(query, queryError) : nothing}
      </form>
      <p class="answer ${queryError ? "stale" : ""}">
        <span id="count" aria-live="polite" aria-busy=${shownSource(state)?.busy ? "true" : "false"}><b>${count(answer.matching)}</b> of ${count(answer.all)}</span>
        <span class="answer-time"> · ${answerTime(answer.milliseconds)}</span>
      </p>
      ${exportMenu(state, actions)}
    </div>`;
}
