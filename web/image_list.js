// The images with their labels, of which only those in sight are drawn.
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { copyButton } from "./copy_button.js";
import { isTwoLine, rowHeight } from "./geometry.js";
import * as icons from "./icons.js";
import { urisInSight } from "./image_reading.js";
import { s3ConsoleUrl, whereaboutsOf } from "./partition.js";
import { properties } from "./properties.js";
import { placeOf } from "./s3_place.js";
import { createScrollScale } from "./scroll_scale.js";
import { shownSource } from "./state.js";
import { thumbnail, thumbnailTrouble } from "./thumbnail.js";

const LABELS_SHOWN = 12;

function consoleLink(uri, whereabouts) {
  const place = placeOf(uri);
  const url = place?.key ? s3ConsoleUrl(place, whereabouts) : "";
  return url ? html`<a class="out" href=${url} target="_blank" rel="noopener noreferrer"
    title="Open in the S3 console" aria-label="Open ${uri} in the S3 console">${icons.out}</a>` : nothing;
}

const percent = (confidence) => (confidence === undefined ? "" : ` ${Math.floor(confidence * 10) / 10}`);

function labelsOf(image, threshold) {
  const { ModerationLabels: labels = [], ContentTypes: types = [] } = image["detect-moderation-labels"] ?? {};
  // A parent is told by those below it.
  const last = labels.filter(({ Name }) => !labels.some(({ ParentName }) => ParentName === Name));
  const surest = last.sort((one, other) => (other.Confidence ?? 0) - (one.Confidence ?? 0));
  return html`${surest.slice(0, LABELS_SHOWN).map(({ Name, ParentName, Confidence }) => html`<span
    class="tag ${(Confidence ?? 0) >= threshold ? "sure" : ""}"
    title=${ParentName ? `${ParentName} / ${Name}` : Name}>${Name}<small>${percent(Confidence)}</small></span>`)}${
    surest.length > LABELS_SHOWN ? html`<span class="tag">…</span>` : nothing}${
    types.map(({ Name }) => html`<span class="tag type">${Name}</span>`)}`;
}

/** The whole of it, for who points at a row that cuts it. */
function wholeOf(image) {
  const { ModerationLabels: labels = [] } = image["detect-moderation-labels"] ?? {};
  return labels.map(({ Name, Confidence }) => `${Name}${percent(Confidence)}`).join(", ");
}

function row(image, index, { state, actions, whereabouts, wanted }) {
  const uri = image["source-ref"];
  const { answer, threshold, images } = state.results;
  return html`<li class="image" aria-setsize=${answer.matching} aria-posinset=${index + 1}>
    ${images ? thumbnail(uri, images, wanted.has(uri), actions.results) : nothing}
    <span class="image-uri"><span class="value" title=${uri}>${uri}</span></span>
    <span class="image-tools">${copyButton(uri, "S3 URI", state, actions)}${consoleLink(uri, whereabouts)}</span>
    <span class="image-labels" title=${wholeOf(image)}>${labelsOf(image, threshold)}${image.code || image.message
      ? html`<span class="image-error">${image.code} ${image.message}</span>` : nothing}</span>
    ${images ? thumbnailTrouble(uri, images) : nothing}
  </li>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function imageList(state, actions) {
  const { results: open } = state;
  const { answer, shift, list, queryError, images } = open;
  const height = rowHeight(open);
  const source = shownSource(state);
  const job = open.job ? source?.jobs?.get(open.job) : undefined;
  const whereabouts = whereaboutsOf(job ?? {}, open.job ? source : undefined);
  const context = { state, actions, whereabouts, wanted: new Set(urisInSight(open)) };
  const layout = images ? "with-images" : isTwoLine(open) ? "two-line" : "";
  // An image's row is its own, so that nothing of the one before is seen or pressed in its place.
  const keyOf = (image, index) => `${answer.first + index} ${image["source-ref"]}`;
  const whole = createScrollScale().fit(answer.matching * height, list.height);
  return html`
    <section id="list" class="list images ${layout} ${queryError ? "stale" : ""}"
      tabindex="0" aria-label="Images">
      <ul role="list" class="image-rows" ${properties({
        height: `${whole}px`, "padding-top": `${answer.first * height - shift}px`,
      })}>${repeat(answer.rows, keyOf, (image, index) => row(image, answer.first + index, context))}</ul>
      ${answer.matching === 0 ? html`<div class="empty"><p>No image matches.</p>
        <button type="button" @click=${actions.results.showAll}>Show all images</button></div>` : nothing}
    </section>`;
}
