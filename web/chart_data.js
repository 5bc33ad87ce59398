// The chart's numbers: of each status a series, stacked on those before it.

/** From the bottom of the stack up; other statuses follow. */
const ORDER = ["FAILED", "SUCCEEDED", "IN_PROGRESS", "QUEUED", "CREATED"];

/**
 * @param {import("rekognition-jobs").Bucket[]} buckets
 * @returns {string[]} the statuses that occur, from the bottom of the stack up
 */
export function stackedStatuses(buckets) {
  const found = new Set(buckets.flatMap(({ byStatus }) => Object.keys(byStatus)));
  const others = [...found].filter((status) => !ORDER.includes(status)).sort();
  return [...ORDER.filter((status) => found.has(status)), ...others];
}

/**
 * What uPlot draws: the buckets' middles in seconds, then the heights, the tallest first so that the others cover it.
 * @param {import("rekognition-jobs").Bucket[]} buckets
 * @param {string[]} statuses
 */
export function stackedHeights(buckets, statuses) {
  const middles = buckets.map(({ from, to }) => (from + to) / 2000);
  const heights = [];
  let below = buckets.map(() => 0);
  for (const status of statuses) {
    below = below.map((height, index) => height + (buckets[index].byStatus[status] ?? 0));
    heights.unshift(below);
  }
  return [middles, ...heights];
}
