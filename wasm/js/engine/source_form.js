// Tells what a source is by what it can do: it may be of another library or realm.
import { isBuffer } from "../util/buffers.js";

/** @typedef {"text" | "bytes" | "response" | "stream" | "blob" | "iterable"} Form */

/**
 * @param {any} source
 * @returns {Form | undefined} undefined if it is no source
 */
export function formOf(source) {
  if (typeof source === "string") return "text";
  if (source === undefined || source === null) return undefined;
  if (ArrayBuffer.isView(source) || isBuffer(source)) return "bytes";
  if (typeof source.status === "number" && typeof source.headers?.get === "function") return "response";
  if (typeof source.getReader === "function") return "stream";
  if (typeof source.size === "number" && typeof source.slice === "function") {
    // A Blob of jsdom has no stream().
    if (typeof source.stream === "function" || typeof source.type === "string") return "blob";
  }
  return typeof source[Symbol.asyncIterator] === "function" ? "iterable" : undefined;
}

/** The message of the TypeError for an argument that is no source. */
export const notASource =
  "a source is a string, bytes, a Blob, a Response, a ReadableStream or an async iterable of chunks";

/**
 * The bytes of a chunk, without a copy.
 * @param {unknown} chunk
 */
export function bytesOf(chunk) {
  if (isBuffer(chunk)) return new Uint8Array(chunk);
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError("a chunk of the source is neither bytes nor text");
}
