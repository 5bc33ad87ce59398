// The web's classes, also where a simulated browser (jsdom, happy-dom) lacks them or has its own.
import { platform } from "../platform/platform.js";

/**
 * The runtime's own class, or else Node's.
 * @template {"TextDecoder" | "TextEncoder" | "ReadableStream" | "TransformStream" | "DecompressionStream"} Name
 * @param {Name} name
 * @param {string} module
 * @returns {(typeof globalThis)[Name]}
 */
export const classOf = (name, module) => globalThis[name] ?? platform.builtin?.(module)[name];

export const TextDecoder = classOf("TextDecoder", "node:util");
export const TextEncoder = classOf("TextEncoder", "node:util");
export const ReadableStream = classOf("ReadableStream", "node:stream/web");

/** The prototype of Node's AbortSignals. @type {object | undefined} */
let nodeSignal;

/** A controller whose signal Node's `fetch` takes: it refuses those of a simulated browser. */
export function makeAbortController() {
  const own = new AbortController();
  const make = platform.builtin?.("node:util").transferableAbortController; // Bun has none.
  if (!make) return own;
  nodeSignal ??= /** @type {object} */ (Object.getPrototypeOf(make().signal));
  return Object.prototype.isPrototypeOf.call(nodeSignal, own.signal) ? own : /** @type {AbortController} */ (make());
}

/**
 * Headers whose names are in lower case, in which they are signed. Those of happy-dom keep other names.
 * @extends {Map<string, any>}
 */
export class Headers extends Map {
  /** @param {Record<string, string> | Iterable<[string, string]>} [init] */
  constructor(init = {}) {
    super(Symbol.iterator in init ? init : Object.entries(init));
  }

  /** @param {string} name */
  get(name) {
    return super.get(name.toLowerCase()) ?? null;
  }

  /** @param {string} name @param {string} value */
  set(name, value) {
    return super.set(name.toLowerCase(), value);
  }
}
