// Says why a .wasm file could not be loaded, and from which address.
import { TextDecoder } from "../util/web_classes.js";
import { wordsOf } from "../util/words_of.js";

/** The first bytes of each WebAssembly module, by section 5.5.16 of the specification. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const SHOWN = 40; // bytes of another answer
const REMEDY = "give its address, its bytes or the compiled module in the option wasm, resultsWasm or formatsWasm";

/**
 * @param {string} file the name of the .wasm that was wanted
 * @param {URL | undefined} url  undefined if none could be made: of a script that has none itself, such as one that is
 *   bundled as CommonJS or IIFE, or of a relative one outside of a page
 * @param {Uint8Array | ArrayBuffer | undefined} given the answer, if there was one
 * @param {unknown} cause
 */
export function loadError(file, url, given, cause) {
  return new Error(message(file, url, given && new Uint8Array(given), cause), { cause });
}

/**
 * @param {string} file
 * @param {URL | undefined} url
 * @param {Uint8Array | undefined} bytes
 * @param {unknown} cause
 */
function message(file, url, bytes, cause) {
  if (!url) return `${file} cannot be found, since this script has no address: ${REMEDY}`;
  if (bytes && MAGIC.some((byte, index) => bytes[index] !== byte)) {
    return `${shown(url)} is not WebAssembly but ${kindOf(bytes)}: serve ${file} there, or ${REMEDY}`;
  }
  return `${file} could not be loaded from ${shown(url)}: ${wordsOf(cause).words}`;
}

/** The address without what may be secret in it, or is long. @param {URL} url */
function shown({ protocol, host, pathname }) {
  return protocol === "data:" ? "a data: URL" : `${protocol}//${host}${pathname}`;
}

/** @param {Uint8Array} bytes */
function kindOf(bytes) {
  if (bytes.length === 0) return "empty";
  const start = new TextDecoder().decode(bytes.subarray(0, SHOWN)).trim();
  return start.startsWith("<") ? "HTML" : JSON.stringify(start);
}
