// Makes objects of signals: what reads a member is computed again when it changes, and no list names what depends on what.
import { batch, effect, signal } from "@preact/signals-core";

/**
 * Returns an object with the same members, each a signal. It is sealed, so that a misspelt member is an error.
 * @template {object} T
 * @param {T} members
 * @returns {T}
 */
export function reactive(members) {
  const found = {};
  for (const [name, value] of Object.entries(members)) {
    const member = signal(value);
    Object.defineProperty(found, name, {
      enumerable: true,
      get: () => member.value,
      set: (next) => (member.value = next),
    });
  }
  return /** @type {T} */ (Object.seal(found));
}

/**
 * Changes several members at once.
 * @template {object} T
 * @param {T} target
 * @param {Partial<T>} changes
 */
export function update(target, changes) {
  batch(() => Object.assign(target, changes));
}

/**
 * Runs `work` after this turn, and again after each turn in which something that it read has changed.
 * @param {() => void} work
 * @returns {() => void} ends it
 */
export function watch(work) {
  let stop = () => {};
  let isOver = false;

  function run() {
    stop();
    if (isOver) return;
    let isChange = false;
    stop = effect(() => {
      if (isChange) {
        // It reads nothing, so it is not notified again in this turn.
        queueMicrotask(run);
        return;
      }
      isChange = true;
      try {
        work();
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    });
  }

  queueMicrotask(run);
  return () => {
    isOver = true;
    stop();
  };
}
