// Objects that hold memory of the engine: freed by close(), by `using`, with their group, or when they are forgotten.

const forgotten = new FinalizationRegistry(({ handle, group }) => free(handle, group));

function free(handle, group) {
  if (!handle.isDeleted()) handle.delete();
  group.delete(handle);
}

/** A handle to an object in the engine, and whether it may still be used. */
export class Handle {
  #handle;
  #group;
  #name;

  /**
   * @param {object} owner when it is forgotten, the handle is freed
   * @param {string} name what the owner is called in an error
   * @param {{ delete(): void, isDeleted(): boolean }} handle
   * @param {Set<object>} group all that closeGroup() will free
   */
  constructor(owner, name, handle, group) {
    this.#handle = handle;
    this.#group = group;
    this.#name = name;
    group.add(handle);
    forgotten.register(owner, { handle, group }, this);
  }

  get value() {
    if (this.#handle.isDeleted()) throw new Error(`this ${this.#name} is closed`);
    return this.#handle;
  }

  free() {
    forgotten.unregister(this);
    free(this.#handle, this.#group);
  }
}

/** @param {Set<{ delete(): void, isDeleted(): boolean }>} group */
export function closeGroup(group) {
  for (const handle of group) free(handle, group);
}

/** Lets `using` close instances of a class, where the runtime knows Symbol.dispose. */
export function makeDisposable(Class) {
  if (typeof Symbol.dispose !== "symbol") return;
  Object.defineProperty(Class.prototype, Symbol.dispose, {
    value() {
      this.close();
    },
  });
}
