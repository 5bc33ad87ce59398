// A value as an error shows it: short, on one line, and whatever it is.

const LONGEST = 100;

/**
 * @param {unknown} value as JSON has it
 * @returns {string}
 */
export function quoted(value) {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
}
