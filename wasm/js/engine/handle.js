// Frees the engine's objects: by close(), by `using`, with their group, or when their owner is garbage-collected.
import { createFinalizationRegistry } from "../util/finalization.js";

/**
 * @typedef {{ delete(): void, isDeleted(): boolean }} Freeable an object of the engine, or a group of them; delete()
 *   does not call an engine that has stopped
 */

/** @param {{ handle: Freeable, group: Set<Freeable> }} what */
function free({ handle, group }) {
  if (!handle.isDeleted()) handle.delete();
  group.delete(handle);
}

const forgotten = createFinalizationRegistry(free);

/**
 * Holds an object of the engine, and throws when it is used after its end.
 * @template {import("../../glue/embind.js").Handle} T
 */
export class Handle {
  #handle;
  #group;
  #name;

  /**
   * @param {object} owner the handle is freed when the owner is garbage-collected
   * @param {string} name the owner's name in error messages
   * @param {T} handle
   * @param {Set<Freeable>} group the objects that closeGroup() frees together
   */
  constructor(owner, name, handle, group) {
    this.#handle = handle;
    this.#group = group;
    this.#name = name;
    group.add(handle);
    forgotten?.register(owner, { handle, group }, this);
  }

  /** @throws {import("../util/errors.js").EngineError} once the engine has stopped */
  get value() {
    if (this.#handle.isDeleted()) throw new Error(`this ${this.#name} is closed`);
    this.#handle.requireRunning();
    return this.#handle;
  }

  free() {
    forgotten?.unregister(this);
    free({ handle: this.#handle, group: this.#group });
  }
}

/**
 * Frees all objects of a group.
 * @param {Set<Freeable>} group
 */
export function closeGroup(group) {
  for (const handle of group) free({ handle, group });
}

/**
 * Gives a class Symbol.dispose, for `using`, if the runtime has it.
 * @param {{ prototype: { close(): void } }} Class
 */
export function makeDisposable(Class) {
  if (typeof Symbol.dispose !== "symbol") return;
  Object.defineProperty(Class.prototype, Symbol.dispose, {
    value() {
      this.close();
    },
  });
}
