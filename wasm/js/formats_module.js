// Loads the reader of other forms, rekognition_formats.wasm, which plain listings do not need.
import createModule from "./rekognition_formats.js";
import { instantiator } from "./engine/load_module.js";

export const instantiate = instantiator(
  createModule,
  "rekognition_formats.wasm",
  () => new URL("rekognition_formats.wasm", import.meta.url),
);
