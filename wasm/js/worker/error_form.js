// Errors as messages between threads: an error arrives with its class, its fields and its causes, and what comes back to
// the thread that threw it is the very value that was thrown.
import * as ours from "../util/errors.js";
import { wordsOf } from "../util/words_of.js";

const mostCauses = 10;
const mostGathered = 50; // errors in an AggregateError
const mostKept = 100; // thrown values that may come back
const { serviceError, ...ourClasses } = ours;
const { CompileError, LinkError, RuntimeError } = WebAssembly;
/** @type {Record<string, { prototype: Error }>} */
const classes = {
  ...ourClasses,
  ...{ AggregateError, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError },
  ...{ CompileError, LinkError, RuntimeError },
};

/** By prototype, since bundlers shorten the names of classes. */
const nameOfClass = new Map(Object.entries(classes).map(([name, { prototype }]) => [prototype, name]));

/**
 * @typedef {object} ErrorForm
 * @property {unknown} [value] what was thrown, if it is no error
 * @property {string} [className]
 * @property {string} [name]
 * @property {string} [message]
 * @property {string} [stack]
 * @property {Record<string, unknown>} [fields]
 * @property {ErrorForm} [cause]
 * @property {ErrorForm[]} [errors]
 * @property {number} [number] the sender's number of it
 * @property {number} [back] the receiver's number of it, from whom it came
 */

/** What one side has thrown and was told of. */
export class Thrown {
  /** @type {Map<number, unknown>} */
  #ours = new Map();
  /** @type {WeakMap<object, number>} */
  #theirs = new WeakMap();
  #count = 0;

  /**
   * @param {unknown} reason anything that was thrown
   * @returns {ErrorForm} which can be posted
   */
  encode(reason, depth = 0) {
    try {
      return this.#encode(reason, depth);
    } catch {
      return { className: "Error", message: "something that cannot be read was thrown" };
    }
  }

  /**
   * @param {any} reason
   * @param {number} depth
   * @returns {ErrorForm}
   */
  #encode(reason, depth) {
    const isError = typeof reason === "object" && reason !== null && typeof reason.message === "string";
    const back = typeof reason === "object" && reason !== null ? this.#theirs.get(reason) : undefined;
    const isValue = !isError && isCloneable(reason);
    if (isValue && (typeof reason !== "object" || reason === null)) return { value: reason };
    const form = isError
      ? this.#encodeError(reason, depth)
      : isValue
        ? { value: reason }
        : { className: "Error", message: wordsOf(reason).words };
    return back === undefined ? { ...form, number: this.#keep(reason) } : { ...form, back };
  }

  /**
   * @param {any} reason
   * @param {number} depth
   * @returns {ErrorForm}
   */
  #encodeError(reason, depth) {
    const { name, message, stack, cause, errors } = reason;
    /** @type {Record<string, unknown>} */
    const fields = {};
    for (const field of Object.keys(reason)) {
      if (field !== "cause" && field !== "errors" && isCloneable(reason[field])) fields[field] = reason[field];
    }
    /** @type {ErrorForm} */
    const form = { className: classOf(reason), name: String(name), message, fields };
    if (typeof stack === "string") form.stack = stack;
    if (depth >= mostCauses) return form;
    if (cause !== undefined) form.cause = this.encode(cause, depth + 1);
    if (Array.isArray(errors)) form.errors = errors.slice(0, mostGathered).map((each) => this.encode(each, depth + 1));
    return form;
  }

  /** @param {unknown} reason */
  #keep(reason) {
    this.#ours.set(++this.#count, reason);
    this.#ours.delete(this.#count - mostKept);
    return this.#count;
  }

  /**
   * @param {ErrorForm} form
   * @returns {unknown} what was thrown, or an error like it
   */
  decode(form) {
    const { className, name, message = "", stack, fields, cause, errors, number, back } = form;
    if (back !== undefined && this.#ours.has(back)) return this.#ours.get(back);
    if (className === undefined) {
      if (number !== undefined) this.#theirs.set(/** @type {object} */ (form.value), number);
      return form.value;
    }
    const options = cause && { cause: this.decode(cause) };
    const error =
      className === "DOMException"
        ? new DOMException(message, name)
        : Object.setPrototypeOf(new Error(message, options), classes[className].prototype);
    const own = { stack, errors: errors?.map((each) => this.decode(each)) };
    for (const [member, value] of Object.entries(own)) {
      if (value !== undefined) Object.defineProperty(error, member, { value, writable: true, configurable: true });
    }
    if (name !== undefined && error.name !== name) error.name = name;
    if (number !== undefined) this.#theirs.set(error, number);
    return Object.assign(error, fields);
  }
}

/** @param {object} reason */
function classOf(reason) {
  if (reason instanceof DOMException) return "DOMException";
  for (let at = Object.getPrototypeOf(reason); at !== null; at = Object.getPrototypeOf(at)) {
    const name = nameOfClass.get(at);
    if (name !== undefined) return name;
  }
  return "Error";
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
