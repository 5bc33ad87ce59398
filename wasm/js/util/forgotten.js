// Runs clean-up once an object is garbage-collected, where the platform can tell of it.

/**
 * Returns a FinalizationRegistry. Where there is none, as in older edge runtimes, close() alone cleans up.
 * @template Held
 * @param {(held: Held) => void} cleanUp
 * @returns {{ register(target: object, held: Held, token: object): void, unregister(token: object): void }}
 */
export function onForgotten(cleanUp) {
  return globalThis.FinalizationRegistry ? new FinalizationRegistry(cleanUp) : { register() {}, unregister() {} };
}
