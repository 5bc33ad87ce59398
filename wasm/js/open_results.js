// openResults(): reads the results of a job. It loads the engine of results when it is first called.
import { abortable, linkSignals } from "./util/abort.js";

/** @type {typeof import("../index.d.ts").openResults} */
export async function openResults(source, { wasm, signal, ...options } = {}) {
  const link = linkSignals([signal]);
  try {
    const { instantiate, readResults } = await abortable(import("./results.js"), link.signal);
    return await readResults(await abortable(instantiate(wasm), link.signal), source, { ...options, signal: link.signal });
  } finally {
    link.unlink();
  }
}
