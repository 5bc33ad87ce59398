// In the place of a module's glue: the same, and the instances it made, for tests that make their allocations fail.
import createModule from "./rekognition_MODULE_glue.js";

globalThis.failingModules ??= { jobs: [], results: [], formats: [] };

export default async (options) => {
  const module = await createModule(options);
  globalThis.failingModules.MODULE.push(module);
  return module;
};
