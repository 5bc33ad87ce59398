// openResults(): reads the results of a job. It loads the engine of results when it is first called.
import { abortable, linkSignals } from "./util/abort.js";

/** @type {typeof import("../index.d.ts").openResults} */
export async function openResults(source, { wasm, formatsWasm, signal, ...options } = {}) {
  const link = linkSignals([signal]);
  try {
    const { instantiate, readResults } = await abortable(import("./results.js"), link.signal);
    const module = await abortable(instantiate(wasm), link.signal);
    const loadFormats = async () => (await import("./formats_module.js")).instantiate(formatsWasm);
    return await readResults({ module, loadFormats }, source, { ...options, signal: link.signal });
  } finally {
    link.unlink();
  }
}
