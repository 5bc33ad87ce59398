// Errors as messages between threads: an error arrives with its class, its fields and its causes.
import * as ours from "../util/errors.js";
import { wordsOf } from "../util/words_of.js";

const mostCauses = 10;
const { serviceError, ...ourClasses } = ours;
/** @type {Record<string, { prototype: Error }>} */
const classes = { ...ourClasses, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
/** The reason with which a worker's call aborts; its page knows the caller's own. */
export class AbortedByPage extends Error {}
classes.AbortedByPage = AbortedByPage;

/** By prototype, since bundlers shorten the names of classes. */
const nameOfClass = new Map(Object.entries(classes).map(([name, { prototype }]) => [prototype, name]));

/**
 * @typedef {{ className: string, name: string, message: string, stack?: string, fields: Record<string, unknown>,
 *   cause?: ErrorForm, errors?: Record<string, ErrorForm> }} ErrorForm
 */

/**
 * @param {any} reason what was thrown
 * @returns {ErrorForm}
 */
export function encodeError(reason, depth = 0) {
  if (!(reason instanceof Error)) {
    const { name, words } = wordsOf(reason);
    return { className: "Error", name: name ?? "Error", message: words, fields: {} };
  }
  let prototype = Object.getPrototypeOf(reason);
  while (!nameOfClass.has(prototype)) prototype = Object.getPrototypeOf(prototype);
  const { name, message, stack, cause } = reason;
  /** @type {ErrorForm} */
  const form = { className: nameOfClass.get(prototype) ?? "Error", name, message, stack, fields: {} };
  if (cause !== undefined && depth < mostCauses) form.cause = encodeError(cause, depth + 1);
  for (const [field, value] of Object.entries(reason)) {
    if (isCloneable(value) && field !== "cause") form.fields[field] = value;
  }
  return form;
}

/**
 * @param {ErrorForm} form
 * @returns {Error}
 */
export function decodeError({ className, name, message, stack, fields, cause }) {
  const error = Object.create(classes[className].prototype);
  const own = { message, stack, ...(cause && { cause: decodeError(cause) }) };
  for (const [field, value] of Object.entries(own)) {
    Object.defineProperty(error, field, { value, writable: true, configurable: true });
  }
  if (error.name !== name) error.name = name;
  return Object.assign(error, fields);
}

/** @param {unknown} value */
function isCloneable(value) {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
