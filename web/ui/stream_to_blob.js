// Reads a stream into a Blob, and lets the page render between two parts.
//
// A Response reads one too, but Firefox then reports the error of a stream that fails as unhandled.
import { postTask } from "./post_task.js";

const BLOB_SIZE = 2 ** 24;

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @param {{ type?: string, onPart?: (bytes: number) => void }} [options]  onPart: is told the bytes so far, and may throw to
 *   end it
 * @returns {Promise<Blob>}
 */
export async function streamToBlob(stream, { type = "", onPart } = {}) {
  const reader = stream.getReader();
  try {
    const blobs = [];
    /** @type {BlobPart[]} */
    let parts = [];
    let [bytes, stored] = [0, 0];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Blob([...blobs, ...parts], { type });
      parts.push(/** @type {BlobPart} */ (value));
      bytes += value.byteLength;
      // A browser can keep a Blob out of memory.
      if (bytes - stored > BLOB_SIZE) {
        blobs.push(new Blob(parts));
        parts = [];
        stored = bytes;
      }
      await /** @type {Promise<void>} */ (new Promise(postTask));
      onPart?.(bytes);
    }
  } finally {
    await reader.cancel();
  }
}
