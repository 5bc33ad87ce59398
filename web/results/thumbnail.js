// Renders the image of a row, blurred until a person reveals it, or why it cannot be shown.
import { html, nothing } from "lit-html";

/**
 * @param {string} uri
 * @param {import("../state/results_state.js").Images} images
 * @param {boolean} isWanted  whether it is fetched, or is to be next
 * @param {import("./actions.js").ResultsActions} actions
 */
export function thumbnail(uri, images, isWanted, actions) {
  const image = images.get(uri);
  if (!image) return html`<span class="thumbnail">${isWanted ? "Fetching…" : nothing}</span>`;
  if (image.diagnosis) {
    return html`<button type="button" class="thumbnail" aria-label="Retry ${uri}"
      @click=${() => actions.forgetImage(uri)}>Retry</button>`;
  }
  const word = image.isRevealed ? "Hide" : "Reveal";
  return html`<button type="button" class="thumbnail ${image.isRevealed ? "" : "blurred"}" aria-label="${word} ${uri}"
    @click=${() => actions.changeImage(uri, { isRevealed: !image.isRevealed })}><img src=${image.url} alt=""
    @error=${() => actions.changeImage(uri, { diagnosis: UNDRAWABLE })}><span class="thumbnail-action">${word}</span></button>`;
}

const UNDRAWABLE = {
  name: "Broken image",
  message: "This file looks like an image, but the browser can't display it.",
  advice: "Download it with the AWS CLI and check it.",
};

/** @param {Parameters<typeof thumbnail>[1]} images */
export function thumbnailDiagnosis(uri, images) {
  const { name, message, advice } = images.get(uri)?.diagnosis ?? {};
  if (!name) return nothing;
  return html`<span class="image-diagnosis" role="group" tabindex="0" aria-label="Why this image isn't shown"><b>${name}</b> ${
    message
  } ${advice}</span>`;
}
