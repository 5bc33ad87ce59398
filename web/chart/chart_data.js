// Computes the chart's series: one for each status, stacked.

/** The statuses from the bottom of the stack up; others follow. */
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
 * Returns how many jobs of a bucket have the status, which may be named like a member of Object, such as "constructor".
 * @param {import("rekognition-jobs").Bucket} bucket
 * @param {string} status
 */
export function countOf({ byStatus }, status) {
  return Object.hasOwn(byStatus, status) ? byStatus[status] : 0;
}

/**
 * Returns the data for uPlot: the middles of the buckets in seconds, then the heights, the tallest first, which others cover.
 * @param {import("rekognition-jobs").Bucket[]} buckets
 * @param {string[]} statuses
 */
export function stackedHeights(buckets, statuses) {
  const middles = buckets.map(({ from, to }) => (from + to) / 2000);
  const heights = [];
  let below = buckets.map(() => 0);
  for (const status of statuses) {
    below = below.map((height, index) => height + countOf(buckets[index], status));
    heights.unshift(below);
  }
  return [middles, ...heights];
}
