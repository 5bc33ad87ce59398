// Renders a link to the S3 console, where there is one.
import { html, nothing } from "lit-html";
import * as icons from "./icons.js";

/**
 * @param {string} url  "" where there is none
 * @param {string} name  of what it opens
 */
export function consoleLink(url, name) {
  return url
    ? html`<a class="external-link" href=${url} target="_blank" rel="noopener noreferrer"
    title="Open in the S3 console" aria-label="Open ${name} in the S3 console">${icons.out}</a>`
    : nothing;
}
