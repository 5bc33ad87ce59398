// The engine of results, in WebAssembly: a file of its own, so that who only lists jobs need not load it.
import createModule from "./rekognition_results.js";
import { instantiator } from "./engine/load_module.js";

export const instantiate = instantiator(createModule, new URL("rekognition_results.wasm", import.meta.url));

/**
 * A reading whose hashes nobody can foresee.
 * @param {import("../glue/rekognition_results.js").ResultsModule} module
 */
export function newReading(module) {
  module.requireRoom();
  return new module.ResultsReading(crypto.getRandomValues(new Uint32Array(1))[0]);
}
