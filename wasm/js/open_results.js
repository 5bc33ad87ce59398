// Opens what a job produced; the engine for it is loaded when it is first asked for.

/** @type {typeof import("../index.d.ts").openResults} */
export async function openResults(source, { wasm, ...options } = {}) {
  const { instantiate, readResults } = await import("./results.js");
  return readResults(await instantiate(wasm), source, options);
}
