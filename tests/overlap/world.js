// A world without chance for one plan: every wait is a promise that the plan settles, time stands still but for it.
import { seeded } from "../seeded.js";

const real = { setTimeout, clearTimeout, setImmediate, now: Date.now, performanceNow: performance.now };
const start = Date.UTC(2026, 10, 26);

/**
 * What waits for the plan: timers, turns of the event loop, answers, chunks. `step` settles one, chosen by the seed.
 */
export class World {
  #waiting = new Map();
  #timers = new Map();
  #next = 1;
  #now = start;
  #restore = () => {};

  /** @param {number} seed */
  constructor(seed) {
    this.random = seeded(seed);
    this.trace = [];
  }

  chance(share) {
    return this.random() < share;
  }

  /** A whole number from 0 to below `count`. */
  below(count) {
    return Math.floor(this.random() * count);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  tell(text) {
    this.trace.push(text);
  }

  get now() {
    return this.#now;
  }

  get timers() {
    return [...this.#timers.values()];
  }

  get isQuiet() {
    return this.#waiting.size === 0 && this.#timers.size === 0;
  }

  /** Lets module code meet this world's clock, timers and turns instead of the machine's, until leave(). */
  enter() {
    const { crypto } = globalThis;
    const { getRandomValues } = crypto;
    const { setImmediate } = globalThis;
    this.#restore = () => {
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout, setImmediate });
      Date.now = real.now;
      performance.now = real.performanceNow;
      delete crypto.getRandomValues;
      if (crypto.getRandomValues !== getRandomValues) crypto.getRandomValues = getRandomValues;
    };
    globalThis.setTimeout = (act, milliseconds = 0) => {
      const id = this.#next++;
      this.#timers.set(id, { id, act, at: this.#now + milliseconds });
      return id;
    };
    globalThis.clearTimeout = (id) => this.#timers.delete(id);
    Date.now = () => this.#now;
    // Every look at the clock is 20 ms later, so that an import gives way after each chunk.
    let looks = 0;
    performance.now = () => 20 * looks++;
    crypto.getRandomValues = (array) => array.fill(this.below(2 ** 31));
    globalThis.setImmediate = (act) => this.wait("turn", (resolve) => resolve()).then(act);
  }

  leave() {
    this.#restore();
  }

  /**
   * A promise that waits for the plan, which settles it by `settle(resolve, reject)`; `signal` may end the wait before.
   * @template T
   * @param {string} name
   * @param {(resolve: (value?: T) => void, reject: (reason: unknown) => void) => void} settle
   * @param {AbortSignal} [signal]
   * @returns {Promise<T>}
   */
  wait(name, settle, signal) {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      const abort = () => {
        this.#waiting.delete(id);
        reject(signal.reason);
      };
      if (signal?.aborted) return abort();
      signal?.addEventListener("abort", abort);
      this.#waiting.set(id, {
        name,
        settle: () => {
          signal?.removeEventListener("abort", abort);
          settle(resolve, reject);
        },
      });
    });
  }

  /** Gives their turns to all that have given way, which only the plan keeps waiting. False when there are none. */
  giveTurns() {
    const turns = [...this.#waiting].filter(([, { name }]) => name === "turn");
    for (const [id, { settle }] of turns) {
      this.#waiting.delete(id);
      settle();
    }
    return turns.length > 0;
  }

  /** Settles one thing that waits; timers in the order of their times. False when nothing waits. `isCalm` lets none of them come early. */
  step({ isCalm = false } = {}) {
    const ids = [...this.#waiting.keys()];
    const due = [...this.#timers.values()].sort((a, b) => a.at - b.at || a.id - b.id)[0];
    if (ids.length === 0 && due === undefined) return false;
    // A time limit comes only when nothing else does, or now and then.
    if (due !== undefined && (ids.length === 0 || (!isCalm && this.chance(0.05)))) {
      this.#timers.delete(due.id);
      this.#now = Math.max(this.#now, due.at);
      this.tell(`timer of ${due.at - start} ms`);
      due.act();
      return true;
    }
    const id = this.pick(ids);
    const { name, settle } = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.tell(`settles ${name}`);
    settle();
    return true;
  }
}

/**
 * Waits for what depends on the machine alone, such as the loading of a module.
 * @param {() => boolean} isDone
 */
export async function untilMachine(isDone, world) {
  for (const start = real.now(); !isDone() && real.now() - start < 10_000; ) {
    world.giveTurns();
    await new Promise((resolve) => real.setTimeout(resolve, 1));
  }
}

/** Until all that can go on without the plan has. */
export async function drain() {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => real.setImmediate(resolve));
}
