// Creates instances of a WebAssembly module, each with its own memory.
import { platform } from "../platform/platform.js";
import { compileFrom, resolveUrl } from "./compile.js";
import { Guard } from "./guard.js";
import { createMemoryCheck } from "./memory.js";

/** @typedef {URL | string | BufferSource | WebAssembly.Module} Wasm */

/**
 * Returns a function that creates instances of a module.
 * @template {{ _canAllocate(bytes: number): boolean }} Module
 * @param {(options: import("../../glue/embind.js").StartOptions) => Promise<Module>} createModule the module's glue
 * @param {string} file the name of its .wasm
 * @param {() => URL} locate returns the address of the file, which a bundler may have renamed. It is called when no
 *   other source of the module is given, and throws in a script that has no address.
 * @returns {(wasm?: Wasm) => Promise<Module & { hasStopped(): boolean }>}
 *   creates an instance; its hasStopped() says whether it has trapped
 */
export function instantiator(createModule, file, locate) {
  /** @type {Promise<WebAssembly.Module> | undefined} */
  let defaultModule;

  /** @param {any} wasm a `Wasm`, of any realm @returns {Promise<WebAssembly.Module>} */
  async function compile(wasm) {
    const address = wasm?.href ?? wasm;
    if (typeof address === "string") return compileFrom(() => resolveUrl(address), file);
    if (wasm?.[Symbol.toStringTag] === "WebAssembly.Module") return wasm;
    if (wasm !== undefined) return WebAssembly.compile(wasm);
    defaultModule ??= Promise.resolve(platform.compiled?.[file] ?? compileFrom(locate, file));
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
