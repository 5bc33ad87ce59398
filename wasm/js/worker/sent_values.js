// Sends arguments that may be anything: the worker judges them, and what cannot be sent must not fail before that.

/**
 * A primitive as it is. An object without members stands for every other value: the methods that take a primitive refuse
 * each alike.
 * @param {any} value
 */
export function primitive(value) {
  const isPlain = value === null || !["object", "function", "symbol"].includes(typeof value);
  return isPlain ? value : {};
}

/**
 * What is used as a text, whatever it is. A String object stands for what is none.
 * @param {unknown} value
 * @returns {any}
 */
export function textOf(value) {
  return typeof value === "string" ? value : Object(String(value));
}
