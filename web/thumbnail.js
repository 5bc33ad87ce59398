// An image in its row: blurred until a person reveals it, or why it cannot be seen.
import { html, nothing } from "lit";

/**
 * @param {string} uri
 * @param {import("./results_state.js").Images} images
 * @param {boolean} isWanted  whether it is fetched, or is to be next
 * @param {import("./results_actions.js").ResultsActions} actions
 */
export function thumbnail(uri, images, isWanted, actions) {
  const image = images.get(uri);
  if (!image) return html`<span class="thumbnail">${isWanted ? "Fetching…" : nothing}</span>`;
  if (image.trouble) {
    return html`<button type="button" class="thumbnail" aria-label="Fetch again ${uri}"
      @click=${() => actions.forgetImage(uri)}>Fetch again</button>`;
  }
  const word = image.isRevealed ? "Hide" : "Reveal";
  return html`<button type="button" class="thumbnail ${image.isRevealed ? "" : "blurred"}" aria-label="${word} ${uri}"
    @click=${() => actions.changeImage(uri, { isRevealed: !image.isRevealed })}><img src=${image.url} alt=""
    @error=${() => actions.changeImage(uri, { trouble: UNDRAWABLE })}><span class="thumbnail-word">${word}</span></button>`;
}

const UNDRAWABLE = {
  name: "Broken image",
  message: "It begins as an image, but this browser cannot draw it.",
  advice: "Download it by the AWS CLI, and check the file.",
};

/** @param {Parameters<typeof thumbnail>[1]} images */
export function thumbnailTrouble(uri, images) {
  const { name, message, advice } = images.get(uri)?.trouble ?? {};
  if (!name) return nothing;
  return html`<span class="image-trouble" role="group" tabindex="0" aria-label="Why it is not shown"><b>${name}</b> ${
    message} ${advice}</span>`;
}
