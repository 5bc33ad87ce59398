// A job's status, told by icon, word and colour together.
import { html, nothing } from "lit";
import { statusIcon } from "./icons.js";

const COLOURED = new Set(["CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED", "FAILED"]);

/** @param {string} status */
export function statusClass(status) {
  return `status-${COLOURED.has(status) ? status.toLowerCase().replace("_", "-") : "other"}`;
}

/** @param {string | undefined} status */
export function statusMark(status) {
  if (status === undefined) return nothing;
  return html`<span class="status ${statusClass(status)}">${statusIcon(status)}
    <span class="status-word">${status}</span></span>`;
}
