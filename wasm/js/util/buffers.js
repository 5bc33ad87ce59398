// Recognises bytes.

/**
 * Whether a value is an ArrayBuffer or a SharedArrayBuffer, of any realm.
 * @param {unknown} value
 * @returns {value is ArrayBuffer}
 */
export function isBuffer(value) {
  return /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value));
}
