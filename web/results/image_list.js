// Renders the images with their labels, of which only the visible ones.
import { html, nothing } from "lit-html";
import { copyButton } from "../ui/copy_button.js";
import { isStacked, rowHeight } from "../ui/list_layout.js";
import { consoleLink } from "../ui/console_link.js";
import { urisInSight } from "./image_loader.js";
import { s3ConsoleUrl } from "../aws/console_links.js";
import { resolveLocation } from "../aws/location.js";
import { keyed } from "../ui/part.js";
import { cssProperties } from "../ui/css_properties.js";
import { parseS3Uri } from "../aws/s3_uri.js";
import { createScrollScale } from "../ui/scroll_scale.js";
import { shownSource } from "../state/state.js";
import { thumbnail, thumbnailDiagnosis } from "./thumbnail.js";

const LABELS_SHOWN = 12;

function consoleUrl(uri, awsLocation) {
  const location = parseS3Uri(uri);
  return location?.key ? s3ConsoleUrl(location, awsLocation) : "";
}

const percent = (confidence) => (confidence === undefined ? "" : ` ${Math.floor(confidence * 10) / 10}`);

function labelsOf(image, threshold) {
  const { ModerationLabels: labels = [], ContentTypes: types = [] } = image["detect-moderation-labels"] ?? {};
  // A label implies its parents, so these are left out.
  const last = labels.filter(({ Name }) => !labels.some(({ ParentName }) => ParentName === Name));
  const surest = last.sort((one, other) => (other.Confidence ?? 0) - (one.Confidence ?? 0));
  return html`${surest.slice(0, LABELS_SHOWN).map(
    ({ Name, ParentName, Confidence }) => html`<span
    class="tag ${(Confidence ?? 0) >= threshold ? "above-threshold" : ""}"
    title=${ParentName ? `${ParentName} / ${Name}` : Name}>${Name}<small>${percent(Confidence)}</small></span>`,
  )}${surest.length > LABELS_SHOWN ? html`<span class="tag">…</span>` : nothing}${types.map(
    ({ Name }) => html`<span class="tag type">${Name}</span>`,
  )}`;
}

/** Returns all labels as text, for the tooltip of a truncated row. */
function wholeOf(image) {
  const { ModerationLabels: labels = [] } = image["detect-moderation-labels"] ?? {};
  return labels.map(({ Name, Confidence }) => `${Name}${percent(Confidence)}`).join(", ");
}

function row(image, index, { state, actions, awsLocation, wanted }) {
  const uri = image["source-ref"];
  const { answer, threshold, images } = state.results;
  return html`<li class="image" aria-setsize=${answer.matching} aria-posinset=${index + 1}>
    ${images ? thumbnail(uri, images, wanted.has(uri), actions.results) : nothing}
    <span class="image-uri truncate"><span class="value" title=${uri}>${uri}</span></span>
    <span class="image-tools">${copyButton(uri, "S3 URI", state, actions)}${consoleLink(consoleUrl(uri, awsLocation), uri)}</span>
    <span class="image-labels truncate" title=${wholeOf(image)}>${labelsOf(image, threshold)}${
      image.code || image.message ? html`<span class="image-error">${image.code} ${image.message}</span>` : nothing
    }</span>
    ${images ? thumbnailDiagnosis(uri, images) : nothing}
  </li>`;
}

/** @type {import("../app/actions.js").Template} */
export function imageList(state, actions) {
  const { results: open } = state;
  const { answer, scrollOffset, list, queryError, images } = open;
  const height = rowHeight(open);
  const awsLocation = resolveLocation(open.record ?? {}, open.job ? shownSource(state) : undefined);
  const context = { state, actions, awsLocation, wanted: new Set(urisInSight(open)) };
  const layout = images ? "with-images" : isStacked(open) ? "stacked" : "";
  // Rows are keyed by image too, so that no row shows or acts on the previous image.
  const keyOf = (image, index) => `${answer.first + index} ${image["source-ref"]}`;
  const whole = createScrollScale().fit(answer.matching * height, list.height);
  return html`
    <section id="list" class="list images ${layout} ${queryError ? "stale" : ""}"
      tabindex="0" aria-label="Images">
      <ul role="list" class="image-rows" ${cssProperties({
        height: `${whole}px`,
        "padding-top": `${answer.first * height - scrollOffset}px`,
      })}>${keyed(answer.rows, keyOf, (image, index) => row(image, answer.first + index, context))}</ul>
      ${
        answer.matching === 0
          ? html`<div class="empty"><p>No images match.</p>
        <button type="button" @click=${actions.results.showAll}>Show all images</button></div>`
          : nothing
      }
    </section>`;
}
