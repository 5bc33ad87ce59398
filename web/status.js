// A job's status, told by icon, word and colour together.
import { html, nothing } from "lit";
import { statusIcon } from "./icons.js";

const COLOURED = new Set(["CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED", "FAILED"]);

/** @param {string | undefined} status */
export function statusMark(status) {
  if (status === undefined) return nothing;
  const colour = COLOURED.has(status) ? status.toLowerCase().replace("_", "-") : "other";
  return html`<span class="status status-${colour}">${statusIcon(status)}<span class="status-word">${status}</span></span>`;
}
