// Loads a WebAssembly module and creates instances of it, each with its own memory.
import { Guard } from "./guard.js";
import { createMemoryCheck } from "./memory.js";

/**
 * Returns a function that creates instances of a module.
 * @template {{ _canAllocate(bytes: number): boolean }} Module
 * @param {(options: import("../../glue/embind.js").StartOptions) => Promise<Module>} createModule the module's glue
 * @param {URL} defaultUrl the module's file, which is compiled once
 * @returns {(wasm?: URL | string | BufferSource | WebAssembly.Module) => Promise<Module & { hasStopped(): boolean }>}
 *   creates an instance; its hasStopped() says whether it has trapped
 */
export function instantiator(createModule, defaultUrl) {
  /** @type {Promise<WebAssembly.Module> | undefined} */
  let defaultModule;

  /**
   * @param {URL | string | BufferSource | WebAssembly.Module} [wasm]
   * @returns {Promise<WebAssembly.Module> | WebAssembly.Module}
   */
  function compile(wasm) {
    if (wasm instanceof WebAssembly.Module) return wasm;
    if (wasm instanceof URL || typeof wasm === "string") return compileFrom(new URL(wasm, defaultUrl));
    if (wasm !== undefined) return WebAssembly.compile(wasm);
    defaultModule ??= compileFrom(defaultUrl);
    defaultModule.catch(() => (defaultModule = undefined));
    return defaultModule;
  }

  return async (wasm) => {
    const compiled = await compile(wasm);
    const guard = new Guard();
    /** @type {Module} */
    const module = await new Promise((resolve, reject) => {
      /** @type {import("../../glue/embind.js").StartOptions["instantiateWasm"]} */
      const instantiateWasm = (imports, receive) => {
        WebAssembly.instantiate(compiled, imports)
          .then(({ exports }) => receive({ exports: guard.guarded(exports) }, compiled))
          .catch(reject);
        return {};
      };
      createModule({ instantiateWasm, onAbort: reject }).then(resolve, reject);
    });
    const requireRoom = createMemoryCheck(module);
    guard.guardHandles(module, requireRoom);
    return Object.assign(module, { hasStopped: () => guard.isStopped, requireRoom });
  };
}

/** @param {URL} url */
async function compileFrom(url) {
  if (url.protocol === "file:") return WebAssembly.compile(await readFile(url));
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the engine could not be loaded: HTTP ${response.status} for ${url.href}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** @param {URL} url */
async function readFile(url) {
  const nodeModule = "node:fs/promises";
  const { readFile: read } = await import(/* @vite-ignore */ /* webpackIgnore: true */ nodeModule);
  return read(url);
}
