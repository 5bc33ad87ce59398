// Calls objects on the other side of a message port, in order, and answers its calls.
//
// It is our own because of what a page needs when a worker dies: every call that waits fails at once, with a typed error.
import { Thrown } from "./error_form.js";

/**
 * @typedef {{ postMessage(message: unknown, transfer: ArrayBuffer[]): void, onmessage: ((event: never) => unknown) | null,
 *   awaits?(isWaiting: boolean): void }} Port  of a worker, or a worker as its page sees it; awaits: whether calls wait
 * @typedef {{ [method: string]: (...given: any[]) => any, [givenUp]?: (reason: unknown) => void }} Target
 * @typedef {{ resolve: (value: any) => void, reject: (reason: unknown) => void, owner: unknown }} Waiting
 * @typedef {{ call?: number, target: number, method: string, given: unknown[] }} CallMessage
 * @typedef {{ answer: number, value?: unknown, error?: import("./error_form.js").ErrorForm }} AnswerMessage
 */

/** The first object that a side offers. */
export const ROOT = 1;
/** The first message of a worker, after the first of its page. */
export const GREETING = "rekognition-jobs";
/** The method of a target that nobody will ask again. */
export const givenUp = Symbol("given up");

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
  #thrown = new Thrown();
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  /** @type {Map<number, Target>} */
  #targets = new Map();
  #calls = 0;
  #offers = 0;
  /** @type {{ reason: unknown, isClosed: boolean } | undefined} */
  #end;
  /** @type {((message: unknown) => void) | undefined} */
  #onFirst;

  /**
   * @param {Port} port
   * @param {(reason: unknown) => Promise<unknown>} [clean] keeps secrets out of the errors of the other side
   */
  constructor(port, clean = async (reason) => reason) {
    this.#port = port;
    this.clean = clean;
    port.onmessage = (/** @type {{ data: unknown }} */ { data }) => this.#receive(data);
  }

  /** Says to the other side that this one answers. */
  greet() {
    this.#port.postMessage(GREETING, []);
  }

  /** @param {(message: unknown) => void} act receives the first message of the other side */
  onFirst(act) {
    this.#onFirst = act;
  }

  /** Whether this side has closed it. */
  get isClosed() {
    return this.#end?.isClosed === true;
  }

  /** @throws once nothing is answered any more */
  requireOpen() {
    if (this.#end) throw this.#end.reason;
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
    return this.callFor(undefined, target, method, ...given);
  }

  /**
   * As call(); the owner is not garbage-collected while it waits.
   * @param {unknown} owner
   * @param {number} target
   * @param {string} method
   * @param {...unknown} given
   * @returns {Promise<any>}
   */
  callFor(owner, target, method, ...given) {
    return new Promise((resolve, reject) => {
      this.requireOpen();
      const call = ++this.#calls;
      this.#port.postMessage({ call, target, method, given }, []);
      if (this.#waiting.size === 0) this.#port.awaits?.(true);
      this.#waiting.set(call, { resolve, reject, owner });
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
   * Answers and calls nothing from now on: the other side has ended.
   * @param {unknown} reason of the calls that wait and that come
   */
  fail(reason) {
    if (!this.#end) this.#stop({ reason, isClosed: false });
  }

  /**
   * As fail(), by this side.
   * @param {unknown} reason
   */
  close(reason) {
    if (!this.isClosed) this.#stop({ reason, isClosed: true });
  }

  /** @param {{ reason: unknown, isClosed: boolean }} end */
  #stop(end) {
    this.#end = end;
    this.#port.onmessage = null;
    const waiting = [...this.#waiting.values()];
    const targets = [...this.#targets.values()];
    this.#waiting.clear();
    this.#targets.clear();
    if (waiting.length > 0) this.#port.awaits?.(false);
    for (const { reject } of waiting) reject(end.reason);
    for (const target of targets) target[givenUp]?.(end.reason);
  }

  /** @param {any} message of the other side; others are ignored */
  #receive(message) {
    this.#onFirst?.(message);
    this.#onFirst = undefined;
    if (typeof message?.answer === "number") this.#settle(message);
    else if (typeof message?.target === "number") this.#answer(message);
  }

  /** @param {AnswerMessage} message */
  #settle({ answer, value, error }) {
    const waiting = this.#waiting.get(answer);
    if (this.#waiting.delete(answer) && this.#waiting.size === 0) this.#port.awaits?.(false);
    waiting?.resolve(error === undefined ? value : this.#failure(error));
  }

  /** @param {import("./error_form.js").ErrorForm} form @returns {Promise<never>} */
  async #failure(form) {
    throw await this.clean(this.#thrown.decode(form));
  }

  /** @param {CallMessage} message */
  async #answer({ call, target, method, given }) {
    try {
      const value = await this.#perform(target, method, given);
      if (call !== undefined) this.#reply({ answer: call, value });
    } catch (reason) {
      if (call !== undefined) this.#reply({ answer: call, error: this.#thrown.encode(reason) });
    }
  }

  /** @param {number} name @param {string} method @param {unknown[]} given */
  #perform(name, method, given) {
    const target = this.#targets.get(name);
    if (target === undefined) throw new Error(`nobody answers ${method}() any more`);
    return target[method](...given);
  }

  /** @param {AnswerMessage} message */
  #reply(message) {
    if (this.#end) return;
    const { value } = message;
    if (value instanceof Transferred) this.#port.postMessage({ ...message, value: value.value }, value.buffers);
    else this.#port.postMessage(message, []);
  }
}
