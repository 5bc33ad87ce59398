// Checks of the numbers that callers give.

/**
 * @param {string} name
 * @param {number} value
 * @param {number} least
 * @param {number} [most]
 */
export function requireWhole(name, value, least, most = Number.MAX_SAFE_INTEGER) {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ""}`);
}

/**
 * @param {string} name
 * @param {number} value
 */
export function requireFinite(name, value) {
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be a finite number`);
}
