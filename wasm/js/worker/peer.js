// Calls objects on the other side of a message port, in order, and answers its calls.
//
// It is our own because of what a page needs when a worker dies: every call that waits fails at once, with a typed error.
import { decodeError, encodeError } from "./error_form.js";

/**
 * @typedef {{ postMessage(message: unknown, transfer: ArrayBuffer[]): void, onmessage: ((event: never) => unknown) | null,
 *   awaits?(isWaiting: boolean): void }} Port  of a worker, or a worker as its page sees it; awaits: whether calls wait
 * @typedef {Record<string, (...given: any[]) => any>} Target
 */

/** The first object that a side offers. */
export const ROOT = 1;

/** An answer with the buffers that it hands over. */
export class Transferred {
  /**
   * @param {unknown} value
   * @param {ArrayBuffer[]} buffers
   */
  constructor(value, buffers) {
    this.value = value;
    this.buffers = buffers;
  }
}

export class Peer {
  #port;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (reason: unknown) => void }>} */
  #waiting = new Map();
  /** @type {Map<number, Target>} */
  #targets = new Map();
  #calls = 0;
  #offers = 0;
  /** @type {{ reason: unknown } | undefined} */
  #end;

  /** @param {Port} port */
  constructor(port) {
    this.#port = port;
    port.onmessage = (/** @type {{ data: unknown }} */ { data }) => this.#receive(data);
  }

  /** Why no call is answered any more; undefined while calls are. */
  get end() {
    return this.#end;
  }

  /**
   * Offers an object to the other side, which may call all its methods.
   * @param {Target} target
   * @returns {number} its name there
   */
  offer(target) {
    this.#offers++;
    this.#targets.set(this.#offers, target);
    return this.#offers;
  }

  /** An object that this side has offered. @param {number} name */
  target(name) {
    return this.#targets.get(name);
  }

  /** @param {number} name */
  withdraw(name) {
    this.#targets.delete(name);
  }

  /**
   * Calls a method of an object that the other side has offered.
   * @param {number} target
   * @param {string} method
   * @param {...unknown} given
   * @returns {Promise<any>} rejects with the error that it threw, of the same class
   */
  call(target, method, ...given) {
    return new Promise((resolve, reject) => {
      if (this.#end) throw this.#end.reason;
      const call = ++this.#calls;
      this.#port.postMessage({ call, target, method, given }, []);
      if (this.#waiting.size === 0) this.#port.awaits?.(true);
      this.#waiting.set(call, { resolve, reject });
    });
  }

  /**
   * Calls a method without an answer.
   * @param {number} target
   * @param {string} method
   * @param {...unknown} given
   */
  tell(target, method, ...given) {
    if (!this.#end) this.#port.postMessage({ target, method, given }, []);
  }

  /**
   * Answers and calls nothing from now on.
   * @param {unknown} reason of the calls that wait and that come
   */
  close(reason) {
    if (this.#end) return;
    this.#end = { reason };
    this.#port.onmessage = null;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    this.#targets.clear();
  }

  /** @param {any} message */
  #receive(message) {
    if (message.answer === undefined) {
      this.#answer(message);
      return;
    }
    const waiting = this.#waiting.get(message.answer);
    if (this.#waiting.delete(message.answer) && this.#waiting.size === 0) this.#port.awaits?.(false);
    if (message.error === undefined) waiting?.resolve(message.value);
    else waiting?.reject(decodeError(message.error));
  }

  /** @param {{ call?: number, target: number, method: string, given: unknown[] }} message */
  async #answer({ call, target, method, given }) {
    try {
      const value = await this.#targets.get(target)?.[method](...given);
      if (call === undefined || this.#end) return;
      if (value instanceof Transferred) this.#port.postMessage({ answer: call, value: value.value }, value.buffers);
      else this.#port.postMessage({ answer: call, value }, []);
    } catch (reason) {
      if (call !== undefined && !this.#end) this.#port.postMessage({ answer: call, error: encodeError(reason) }, []);
    }
  }
}
