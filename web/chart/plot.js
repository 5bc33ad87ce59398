// Draws the time chart with uPlot, in the colours of the legend, which the theme sets.
import { computed } from "@preact/signals-core";
import UPlot from "uplot";
import { brush } from "./brush.js";
import { stackedHeights, stackedStatuses } from "./chart_data.js";
import { formatCount, shownTime, tickTime } from "../ui/format.js";
import { isDark } from "../ui/theme.js";

const HEIGHT = 118;
const WHOLE_STEPS = Array.from({ length: 7 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();
const FONT = "11px system-ui, sans-serif";

function colourOf(selector) {
  const element = document.querySelector(selector);
  return element ? getComputedStyle(element).color : "#808080";
}

function axis(extra) {
  const line = colourOf("#chart .grid-colour");
  return {
    stroke: colourOf("#chart .axis-colour"),
    font: FONT,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: 4 },
    ...extra,
  };
}

/**
 * @param {import("../state/state.js").State} state
 * @param {(from: number, to: number) => void} choose  a range of milliseconds has been dragged
 */
export function createPlot(state, choose) {
  /** @type {UPlot | null} */
  let plot = null;
  let drawn = {};
  /** All that the chart shows; another object whenever something of it has changed. */
  const wanted = computed(() => {
    const {
      summary: { buckets },
      chartOpen,
      contrast,
      list: { width },
      results,
    } = state;
    const times = state.times === "local" ? "local" : "utc";
    const statuses = stackedStatuses(buckets);
    const look = [JSON.stringify(statuses), isDark(state), times, contrast].join("|");
    return { buckets, statuses, times, look, width, isShown: chartOpen && results === null };
  });
  let shown = wanted.peek();

  function describeBucket() {
    const output = document.querySelector("#chart-at");
    const bucket = shown.buckets[plot.cursor.idx ?? -1];
    if (!bucket) {
      output.textContent = "";
      return;
    }
    const statuses = Object.entries(bucket.byStatus).map(([status, jobs]) => `${formatCount(jobs)} ${status}`);
    const { times } = shown;
    const [from, to] = [bucket.from, bucket.to].map((time) => shownTime(new Date(time), { times, now: 0 }).join(" "));
    output.textContent = `${from} to ${to}: ${statuses.join(", ") || "none"}`;
  }

  /**
   * @param {HTMLElement} place
   * @param {string[]} statuses
   * @returns {import("uplot").Options}
   */
  function options(place, statuses) {
    const bars = UPlot.paths.bars({ size: [1, Infinity], gap: 1 });
    const colours = [...statuses].reverse().map((status) => colourOf(`#chart [data-status="${CSS.escape(status)}"]`));
    return {
      width: place.clientWidth,
      height: HEIGHT,
      padding: [6, 8, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false, setScale: false } },
      tzDate(seconds) {
        const date = new Date(seconds * 1000);
        return shown.times === "local" ? date : UPlot.tzDate(date, "Etc/UTC");
      },
      scales: {
        x: { range: () => [shown.buckets[0].from / 1000, shown.buckets.at(-1).to / 1000] },
        y: { range: (_, least, most) => [0, Math.max(1, most)] },
      },
      axes: [
        axis({
          size: 26,
          space: 64,
          grid: { show: false },
          values: (_, ticks, index, space, distance) =>
            ticks.map((tick) => tickTime(tick * 1000, distance * 1000, shown.times === "local")),
        }),
        axis({ size: 52, space: 26, incrs: WHOLE_STEPS, values: (_, ticks) => ticks.map(formatCount) }),
      ],
      series: [{}, ...colours.map((fill) => ({ fill, width: 0, points: { show: false }, paths: bars }))],
      hooks: {
        setCursor: [describeBucket],
        ready: [(ready) => brush(ready, (from, to) => choose(from * 1000, to * 1000))],
      },
    };
  }

  function remove() {
    plot?.destroy();
    plot = null;
  }

  return {
    /** Call it after each render. */
    draw() {
      if (shown === wanted.value) return;
      shown = wanted.value;
      const { buckets, statuses, look } = shown;
      const place = /** @type {HTMLElement | null} */ (document.querySelector("#plot"));
      if (!shown.isShown || !place || place.clientWidth === 0 || buckets.length === 0) {
        remove();
        return;
      }
      const isNew = !plot || drawn.look !== look || plot.root.parentElement !== place;
      if (isNew) {
        remove();
        plot = new UPlot(options(place, statuses), stackedHeights(buckets, statuses), place);
      } else {
        if (drawn.width !== place.clientWidth) plot.setSize({ width: place.clientWidth, height: HEIGHT });
        if (drawn.buckets !== buckets) plot.setData(stackedHeights(buckets, statuses));
      }
      drawn = { look, buckets, width: place.clientWidth };
    },
  };
}
