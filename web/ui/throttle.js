// Throttles a function.

/**
 * Throttles `work` to one call per `period` milliseconds: the first runs at once, those in between are dropped.
 * @param {number} period
 * @param {(...facts: any[]) => void} work
 */
export function throttle(period, work) {
  let last = -Infinity;
  return (...facts) => {
    const now = performance.now();
    if (now - last < period) return;
    last = now;
    work(...facts);
  };
}
