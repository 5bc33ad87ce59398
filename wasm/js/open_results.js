// Opens what a job produced; the engine for it is loaded when it is first asked for.
import { linkSignals } from "./util/abort.js";

/** @type {typeof import("../index.d.ts").openResults} */
export async function openResults(source, { wasm, signal, ...options } = {}) {
  const link = linkSignals([signal]);
  try {
    const { instantiate, readResults } = await import("./results.js");
    return await readResults(await instantiate(wasm), source, { ...options, signal: link.signal });
  } finally {
    link.unlink();
  }
}
