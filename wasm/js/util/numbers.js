// Checks the numbers that callers pass.

/**
 * Throws a RangeError unless the value is a whole number in the range.
 * @param {string} name
 * @param {number} value
 * @param {number} least
 * @param {number} [most]
 */
export function requireWhole(name, value, least, most = Number.MAX_SAFE_INTEGER) {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `${name} must be a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ""}`,
  );
}

/**
 * Throws a RangeError unless the value is a finite number.
 * @param {string} name
 * @param {number} value
 */
export function requireFinite(name, value) {
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be a finite number`);
}
