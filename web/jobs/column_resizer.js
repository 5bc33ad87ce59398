// Resizes a column when the edge of its head is dragged, or by keys on the head.
import { html } from "lit-html";

const STEP = 16;

function shownWidth(element) {
  return element.closest("th").getBoundingClientRect().width;
}

function drag(event, column, actions) {
  const edge = event.target;
  const [startX, startWidth] = [event.clientX, shownWidth(edge)];
  const move = ({ clientX }) => actions.setWidth(column.field, startWidth + clientX - startX);
  edge.setPointerCapture(event.pointerId);
  edge.addEventListener("pointermove", move);
  edge.addEventListener("lostpointercapture", () => edge.removeEventListener("pointermove", move), { once: true });
  event.preventDefault();
}

/** Resizes the column on Shift and an arrow key. */
export function resizeByKey(event, column, actions) {
  const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
  if (!step || !event.shiftKey) return;
  event.preventDefault();
  actions.setWidth(column.field, shownWidth(event.target) + step);
}

/**
 * @param {import("./columns.js").Column} column
 * @param {import("../app/actions.js").Actions} actions
 */
export function resizer(column, actions) {
  return html`<span class="resizer" aria-hidden="true" title="Drag to resize, double-click to reset"
    @pointerdown=${(event) => drag(event, column, actions)}
    @dblclick=${() => actions.setWidth(column.field, undefined)}></span>`;
}
