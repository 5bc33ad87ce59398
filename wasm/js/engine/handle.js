// Objects that hold memory of the engine: freed by close(), by `using`, with their group, or when they are forgotten.

/**
 * @typedef {{ delete(): void, isDeleted(): boolean }} Freeable as the engine's objects are: without a call of the engine
 *   once that has stopped
 */

/** @type {FinalizationRegistry<{ handle: Freeable, group: Set<Freeable> }>} */
const forgotten = new FinalizationRegistry(({ handle, group }) => free(handle, group));

/**
 * @param {Freeable} handle
 * @param {Set<Freeable>} group
 */
function free(handle, group) {
  if (!handle.isDeleted()) handle.delete();
  group.delete(handle);
}

/**
 * A handle to an object in the engine, and whether it may still be used.
 * @template {import("../../glue/embind.js").Handle} T
 */
export class Handle {
  #handle;
  #group;
  #name;

  /**
   * @param {object} owner when it is forgotten, the handle is freed
   * @param {string} name what the owner is called in an error
   * @param {T} handle
   * @param {Set<Freeable>} group all that closeGroup() will free
   */
  constructor(owner, name, handle, group) {
    this.#handle = handle;
    this.#group = group;
    this.#name = name;
    group.add(handle);
    forgotten.register(owner, { handle, group }, this);
  }

  /** @throws {import("../util/errors.js").EngineError} once the engine has stopped */
  get value() {
    if (this.#handle.isDeleted()) throw new Error(`this ${this.#name} is closed`);
    this.#handle.requireRunning();
    return this.#handle;
  }

  free() {
    forgotten.unregister(this);
    free(this.#handle, this.#group);
  }
}

/** @param {Set<Freeable>} group */
export function closeGroup(group) {
  for (const handle of group) free(handle, group);
}

/**
 * Lets `using` close instances of a class, where the runtime knows Symbol.dispose.
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
