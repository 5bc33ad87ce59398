// Reads and compiles a .wasm file.
import { platform } from "../platform/platform.js";

/**
 * @param {() => URL} locate returns the address
 * @param {string} file the name of the .wasm that is wanted
 * @returns {Promise<WebAssembly.Module>}
 * @throws {Error} with the address, if it cannot be read or gives something else
 */
export async function compileFrom(locate, file) {
  let url;
  let bytes;
  try {
    url = locate();
    bytes = await read(url);
    return await WebAssembly.compile(bytes);
  } catch (reason) {
    throw (await import("./load_error.js")).loadError(file, url, bytes, reason);
  }
}

/** Resolves an address as fetch() does: against the page or the worker. @param {string} address */
export function resolveUrl(address) {
  return new URL(address, globalThis.document?.baseURI ?? globalThis.location?.href);
}

/** @param {URL} url @returns {Promise<Uint8Array<ArrayBuffer> | ArrayBuffer>} */
async function read(url) {
  const files = url.protocol === "file:" && platform.builtin?.("node:fs/promises");
  if (files) return files.readFile(url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.arrayBuffer();
}
