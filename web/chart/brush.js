// Selects a time range by dragging over the chart with a mouse, pen or finger; a second finger cancels, to zoom the page.

const LEAST_PIXELS = 4;

/**
 * @param {import("uplot")} plot
 * @param {(from: number, to: number) => void} choose  in the units of the x axis
 */
export function brush(plot, choose) {
  const { over } = plot;
  let start = null;

  const place = (event) => {
    const box = over.getBoundingClientRect();
    return Math.max(0, Math.min(event.clientX - box.left, box.width));
  };

  function mark(event) {
    const end = place(event);
    const [left, width] = [Math.min(start, end), Math.abs(end - start)];
    plot.setSelect({ left, width, top: 0, height: over.clientHeight }, false);
  }

  function clear() {
    start = null;
    plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  }

  over.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary) clear();
    if (event.button !== 0 || !event.isPrimary) return;
    start = place(event);
    over.setPointerCapture(event.pointerId);
  });
  over.addEventListener("pointermove", (event) => {
    if (start !== null) mark(event);
  });
  over.addEventListener("pointerup", (event) => {
    if (start === null) return;
    const [left, right] = [start, place(event)].sort((a, b) => a - b);
    clear();
    if (right - left >= LEAST_PIXELS) choose(plot.posToVal(left, "x"), plot.posToVal(right, "x"));
  });
  over.addEventListener("pointercancel", clear);
}
