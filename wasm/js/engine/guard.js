// Wraps the functions of a WebAssembly instance: an exception from one of them stops the instance for good.
//
// A trap leaves the memory and the stack pointer of the instance as they were in the middle of a call, so later answers
// would be unreliable.
import { EngineError } from "../util/errors.js";

/** @typedef {(...given: any) => any} Call */

/** The guard of one instance. */
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
   * The exports of an instance, with a guard around each function, also around those of its table.
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
   * Gives the objects of the instance requireRunning() and requireRoom(), and a delete() that does nothing once the
   * instance has stopped.
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
