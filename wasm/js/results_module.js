// Loads the engine of results, rekognition_results.wasm, which a page that only lists jobs does not need.
import createModule from "./rekognition_results.js";
import { instantiator } from "./engine/load_module.js";

export const instantiate = instantiator(
  createModule,
  "rekognition_results.wasm",
  () => new URL("rekognition_results.wasm", import.meta.url),
);

/**
 * Creates a reader of results with a random seed, so that its hashes cannot be predicted.
 * @param {import("../glue/rekognition_results.js").ResultsModule} module
 */
export function newReading(module) {
  module.requireRoom();
  return new module.ResultsReading(crypto.getRandomValues(new Uint32Array(1))[0]);
}
