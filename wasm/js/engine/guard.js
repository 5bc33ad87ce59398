// The border of a WebAssembly instance: whatever is thrown across it stops the instance for good.
//
// A trap leaves the instance's memory as it was in the middle of a call, and its stack pointer too. What it would answer
// from then on is worth nothing.
import { EngineError } from "../util/errors.js";

/** @typedef {(...given: any) => any} Call */

export class Guard {
  #isStopped = false;
  /** @type {unknown} */
  #cause;
  #isFreeing = false;

  get isStopped() {
    return this.#isStopped;
  }

  /** @throws {EngineError} once the instance has stopped */
  requireRunning() {
    if (this.#isStopped) throw new EngineError(this.#cause);
  }

  /**
   * The exports of an instance, each function guarded, those of its table too.
   * @param {WebAssembly.Exports} exports
   * @returns {WebAssembly.Exports}
   */
  guarded(exports) {
    const ours = Object.entries(exports).map(([name, value]) => {
      if (typeof value === "function") return [name, this.#around(/** @type {Call} */ (value))];
      if (!(value instanceof WebAssembly.Table)) return [name, value];
      return [name, { get: (/** @type {number} */ index) => this.#around(value.get(index)) }];
    });
    return Object.fromEntries(ours);
  }

  /**
   * Lets objects of the instance be deleted without a call once it has stopped, and tells them requireRunning() and
   * requireRoom().
   * @param {object} module Emscripten's
   * @param {(...texts: (string | undefined)[]) => void} requireRoom
   */
  guardHandles(module, requireRoom) {
    let handles = Object.values(module).find((member) => member?.prototype?.delete).prototype;
    while (!Object.hasOwn(handles, "delete")) handles = Object.getPrototypeOf(handles);
    const guard = this;
    const { delete: free } = handles;
    handles.requireRunning = () => this.requireRunning();
    handles.requireRoom = requireRoom;
    handles.delete = function () {
      guard.#isFreeing = true;
      try {
        free.call(this);
      } finally {
        guard.#isFreeing = false;
      }
    };
  }

  /**
   * @param {Call} call
   * @returns {Call}
   */
  #around(call) {
    return (...given) => {
      if (!this.#isStopped) {
        try {
          return call(...given);
        } catch (reason) {
          if (!this.#isStopped) this.#cause = reason;
          this.#isStopped = true;
        }
      }
      if (!this.#isFreeing) this.requireRunning();
    };
  }
}
