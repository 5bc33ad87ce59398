// The engine of jobs, in WebAssembly.
import createModule from "./rekognition_jobs.js";
import { instantiator } from "./engine/load_module.js";

export const instantiate = instantiator(createModule, new URL("rekognition_jobs.wasm", import.meta.url));
