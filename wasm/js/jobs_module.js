// Loads the engine of jobs, rekognition_jobs.wasm.
import createModule from "./rekognition_jobs.js";
import { instantiator } from "./engine/load_module.js";

export const instantiate = instantiator(
  createModule,
  "rekognition_jobs.wasm",
  () => new URL("rekognition_jobs.wasm", import.meta.url),
);
