// Tells of what goes on, but not so often that drawing it holds it up.

/**
 * Calls `work` at most once in `period` milliseconds.
 * @param {number} period
 * @param {(...facts: any[]) => void} work
 */
export function atMostEvery(period, work) {
  let last = -Infinity;
  return (...facts) => {
    const now = performance.now();
    if (now - last < period) return;
    last = now;
    work(...facts);
  };
}
