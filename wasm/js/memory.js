// What is told when the engine's memory, which ends at 2 GB or where the browser ends it, is full.

/** @param {import("../glue/embind.js").EngineModule} module the engine's */
export function requireRoomToGrow(module) {
  if (!module.putBy()) throw outOfMemory("take in more");
}

/** @param {string} wish */
export function outOfMemory(wish) {
  return new RangeError(`the engine's memory is too full to ${wish}; what it holds is as it was`);
}
