// What the runtime offers beyond the web's own functions. An entry (index.js, node.js, …) sets it.

/**
 * @typedef {object} Platform
 * @property {(name: string) => any} [builtin]  Returns a module of Node's, such as "node:fs/promises".
 * @property {(task: () => void) => void} [nextTask]  Calls `task` after other waiting tasks had a turn.
 * @property {typeof import("./node_crypto.js").subtle} [subtle]  Signs requests, instead of Web Crypto.
 * @property {Record<string, WebAssembly.Module>} [compiled]  Engines that came compiled, by the names of their files.
 */

/** @type {Platform} */
export const platform = {};
