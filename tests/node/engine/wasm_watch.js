// Looks into the package's WebAssembly instances from outside: their memory, their stack pointer, what they import.

import { readFile } from "node:fs/promises";

const instances = new Map();
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (module, imports) => {
  if (!instances.has(module)) return instantiate(module, imports);
  const watch = instances.get(module);
  const { exports } = await instantiate(module, watch.imported(imports));
  // Of several instances, the first.
  if (watch.memory !== undefined) return { exports };
  watch.imports = Object.values(imports)
    .flatMap((space) => Object.values(space))
    .filter((value) => typeof value === "function");
  watch.memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
  watch.stackPointer = exports[STACK_POINTER];
  watch.highest = watch.stackPointer.value;
  return { exports };
};

const STACK_POINTER = "stack pointer";
const EXPORT_SECTION = 7;
const GLOBAL = 3;

/** The wasm with its first global exported, which linkers make the stack pointer. */
function withStackPointer(wasm) {
  const readNumber = (at) => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return [value, at];
    }
  };
  const numberBytes = (value) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...numberBytes(value >> 7)]);
  for (let at = 8; at < wasm.length; ) {
    const [size, begin] = readNumber(at + 1);
    if (wasm[at] === EXPORT_SECTION) {
      const [count, first] = readNumber(begin);
      const ours = [STACK_POINTER.length, ...Buffer.from(STACK_POINTER), GLOBAL, 0];
      const section = Buffer.concat([
        Buffer.from(numberBytes(count + 1)),
        wasm.subarray(first, begin + size),
        Buffer.from(ours),
      ]);
      const head = Buffer.from([EXPORT_SECTION, ...numberBytes(section.length)]);
      return Buffer.concat([wasm.subarray(0, at), head, section, wasm.subarray(begin + size)]);
    }
    at = begin + size;
  }
  throw new Error("the module has no exports");
}

/**
 * A module of the package to give as `wasm` or `resultsWasm`, and a look into the first instance that is made of it.
 * @param {"rekognition_jobs" | "rekognition_results"} name
 */
export async function watchModule(name) {
  const wasm = await readFile(new URL(`../../../dist/${name}.wasm`, import.meta.url));
  const module = await WebAssembly.compile(withStackPointer(wasm));
  const watch = {
    module,
    /** @type {WebAssembly.Memory} */
    memory: undefined,
    /** @type {WebAssembly.Global} */
    stackPointer: undefined,
    /** All that the instance imports. @type {Function[]} */
    imports: [],
    /** What the stack pointer is between calls. */
    highest: 0,
    /** Called instead of each function that the instance imports, with that function and what it is given. */
    onImport: (call, given) => call(...given),
    imported: (imports) =>
      Object.fromEntries(
        Object.entries(imports).map(([space, functions]) => [
          space,
          Object.fromEntries(
            Object.entries(functions).map(([name, value]) => [
              name,
              typeof value === "function" ? (...given) => watch.onImport(value, given) : value,
            ]),
          ),
        ]),
      ),
    get isWithinCall() {
      return watch.stackPointer.value !== watch.highest;
    },
  };
  instances.set(module, watch);
  return watch;
}
