// The engine of results, in WebAssembly: a file of its own, so that who only lists jobs need not load it.
import createModule from "./rekognition_results.js";
import { instantiator } from "./wasm_module.js";

export const instantiate = instantiator(createModule, new URL("rekognition_results.wasm", import.meta.url));
