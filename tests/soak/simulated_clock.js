// A clock and timers in place of the machine's: time stands still until nothing else is left to do.

const real = { setTimeout, clearTimeout, setImmediate, now: Date.now };

/** Turns of the event loop without a new timer or a settled one after which all work waits for time to pass. */
const QUIET_TURNS = 8;

export class SimulatedClock {
  #timers = new Map();
  #next = 1;
  #changes = 0;
  now;

  /** @param {number} now milliseconds since 1970 */
  constructor(now) {
    this.now = now;
  }

  /** How many timers are pending. */
  get pending() {
    return this.#timers.size;
  }

  install() {
    globalThis.setTimeout = (act, milliseconds = 0, ...given) => {
      const id = this.#next++;
      this.#changes++;
      this.#timers.set(id, { at: this.now + Math.max(0, Number(milliseconds) || 0), act: () => act(...given) });
      return id;
    };
    globalThis.clearTimeout = (id) => this.#timers.delete(id);
    Date.now = () => this.now;
  }

  uninstall() {
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Date.now = real.now;
  }

  /** A promise of so many milliseconds of simulated time, which `signal` ends with its reason. */
  sleep(milliseconds, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const end = (settle) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        settle();
      };
      const abort = () => end(() => reject(signal.reason));
      const timer = setTimeout(() => end(resolve), milliseconds);
      signal?.addEventListener("abort", abort);
    });
  }

  /** Lets time pass, from timer to timer, until `work` has settled; returns its outcome. */
  async run(work) {
    let isDone = false;
    const settled = Promise.resolve(work).finally(() => (isDone = true));
    settled.catch(() => {});
    while (!isDone) {
      await this.#quiet();
      if (isDone) break;
      if (this.#timers.size === 0) throw new Error("nothing is pending, and the work has not ended: it never would");
      const id = this.#first();
      const { at, act } = this.#timers.get(id);
      this.#timers.delete(id);
      this.now = Math.max(this.now, at);
      act();
    }
    return settled;
  }

  /** The timer that ends first; of several, the one that was set first. */
  #first() {
    let [first] = this.#timers.keys();
    for (const [id, { at }] of this.#timers) if (at < this.#timers.get(first).at) first = id;
    return first;
  }

  async #quiet() {
    for (let turns = 0; turns < QUIET_TURNS; turns++) {
      const before = this.#changes;
      await new Promise((resolve) => real.setImmediate(resolve));
      if (this.#changes !== before) turns = 0;
    }
  }
}
