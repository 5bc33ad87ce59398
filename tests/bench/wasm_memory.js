// Watches the memory of the engines that are made from now on, which the package does not show.

/** @returns {{ bytes: () => number }} of all WebAssembly memories since */
export function watchMemory() {
  const memories = [];
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate.apply(WebAssembly, given);
    for (const item of Object.values((made.instance ?? made).exports)) {
      if (item instanceof WebAssembly.Memory) memories.push(item);
    }
    return made;
  };
  return { bytes: () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) };
}
