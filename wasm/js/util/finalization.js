// Runs clean-up once an object is garbage-collected, where the platform can tell of it.

/**
 * Returns a FinalizationRegistry; undefined where there is none, as in older edge runtimes: close() alone cleans up there.
 * @template Held
 * @param {(held: Held) => void} cleanUp
 * @returns {FinalizationRegistry<Held> | undefined}
 */
export function createFinalizationRegistry(cleanUp) {
  return globalThis.FinalizationRegistry && new FinalizationRegistry(cleanUp);
}
