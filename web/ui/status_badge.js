// Renders a job's status by icon, word and colour.
import { html, nothing } from "lit-html";
import { statusIcon } from "./icons.js";

const COLOURED = new Set(["CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED", "FAILED"]);

/** @param {string} status */
export function statusClass(status) {
  return `status-${COLOURED.has(status) ? status.toLowerCase().replace("_", "-") : "other"}`;
}

/** @param {string | undefined} status */
export function statusBadge(status) {
  if (status === undefined) return nothing;
  return html`<span class="status ${statusClass(status)}">${statusIcon(status)}
    <span class="status-word truncate">${status}</span></span>`;
}
