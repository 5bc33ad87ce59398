// Draws the icons in the colour of the text beside them. All are decoration: a word stands next to each.
import { html, svg } from "lit-html";

const icon = (shape) =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false" fill="none"
    stroke="currentColor" stroke-width="1.75" stroke-linecap="round"
    stroke-linejoin="round">${shape}</svg>`;

export const cross = icon(svg`<path d="M4 4l8 8M12 4l-8 8"/>`);
export const check = icon(svg`<path d="M3 8.5l3.5 3.5L13 4.5"/>`);
export const copy = icon(svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/>
  <path d="M10.5 2.5h-7a1 1 0 0 0-1 1v7"/>`);
export const refresh = icon(svg`<path d="M13 8a5 5 0 1 1-1.6-3.7L13 5.8M13 2.5v3.3h-3.3"/>`);
export const file = icon(svg`<path d="M3.5 2.5h5.5l3.5 3.5v7.5h-9zM9 2.5V6h3.5"/>`);
export const out = icon(svg`<path d="M6 3.5H3.5v9h9V10M9 2.5h4.5V7M13.2 2.8L7.5 8.5"/>`);
export const columns = icon(svg`<rect x="2.5" y="3" width="11" height="10" rx="1"/><path d="M8 3v10"/>`);
export const download = icon(svg`<path d="M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13h10"/>`);
export const add = icon(svg`<path d="M8 3.5v9M3.5 8h9"/>`);
export const stop = icon(svg`<rect x="4" y="4" width="8" height="8" rx="1"/>`);
export const play = icon(svg`<path d="M5 3.5l7 4.5-7 4.5z"/>`);
export const search = icon(svg`<circle cx="7" cy="7" r="4.25"/><path d="M10.3 10.3L14 14"/>`);
export const ascending = icon(svg`<path d="M4.5 9.5L8 6l3.5 3.5"/>`);
export const descending = icon(svg`<path d="M4.5 6.5L8 10l3.5-3.5"/>`);
export const back = icon(svg`<path d="M10 3.5L5.5 8l4.5 4.5"/>`);
export const forth = icon(svg`<path d="M6 3.5L10.5 8 6 12.5"/>`);
export const facets = icon(svg`<path d="M2.5 3.5h11L9.5 8.5v4l-3 1.5v-5.5z"/>`);
export const chart = icon(svg`<path d="M2.5 13.5h11M4.5 11V8M8 11V3.5M11.5 11V6"/>`);
export const moon = icon(svg`<path d="M13 9.5A5.5 5.5 0 1 1 6.5 3a4.5 4.5 0 0 0 6.5 6.5z"/>`);
export const sun = icon(svg`<circle cx="8" cy="8" r="3"/>
  <path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5
  M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1"/>`);
export const help = icon(svg`<path d="M5.5 6a2.5 2.5 0 1 1 3.600 2.25c-.8.4-1.1.9-1.1 1.75M8 12.700v.1"/>`);
export const images = icon(svg`<rect x="2.5" y="3" width="11" height="10" rx="1"/>
  <path d="M2.5 11l3.5-3.5 2.5 2.500 2-2 3 3M10.500 5.800v.1"/>`);
export const warning = icon(svg`<path d="M8 2.5l6 10.5H2zM8 6.5v3M8 11.2v.1"/>`);

const statusIcons = {
  CREATED: icon(svg`<circle cx="8" cy="8" r="5" stroke-dasharray="2 2.2"/>`),
  QUEUED: icon(svg`<circle cx="8" cy="8" r="5"/>`),
  IN_PROGRESS: icon(svg`<circle cx="8" cy="8" r="5"/><path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor"/>`),
  SUCCEEDED: check,
  FAILED: cross,
};
const otherStatus = icon(svg`<path d="M4 8h8"/>`);

/** @param {string} status */
export function statusIcon(status) {
  return Object.hasOwn(statusIcons, status) ? statusIcons[status] : otherStatus;
}
