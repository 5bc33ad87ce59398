// Recognises bytes.

/**
 * Whether a value is an ArrayBuffer, of any realm.
 * @param {unknown} value
 * @returns {value is ArrayBuffer}
 */
export function isBuffer(value) {
  return value instanceof ArrayBuffer || Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}
