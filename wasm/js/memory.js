// What is told when the engine's memory, which ends at 2 GB or where the browser ends it, is full.

const bytesOfASortedRow = 56;
const bytesOfARow = 4;

/** @param {import("../glue/embind.js").EngineModule} module the engine's */
export function requireRoomToGrow(module) {
  if (!module.putBy()) throw outOfMemory("take in more");
}

/**
 * Of a query: an order of all jobs needs room for itself, once.
 * @param {import("../glue/embind.js").EngineModule} module
 * @param {{ readonly size: number }} records those that are asked for
 * @param {boolean} isSorted
 */
export function requireRoomToAsk(module, records, isSorted) {
  if (module.putBy() || module.canAllocate(records.size * (isSorted ? bytesOfASortedRow : bytesOfARow))) return;
  throw outOfMemory(isSorted ? "sort" : "ask");
}

/** @param {string} wish */
function outOfMemory(wish) {
  return new RangeError(`the engine's memory is too full to ${wish}; what it holds is as it was`);
}
