// Writes a query result to a file in parts, so that the page never holds all records in memory.
import { FORMATS } from "./formats.js";
import { postTask } from "../ui/post_task.js";

const TELL_EVERY = 100;
const BLOB_SIZE = 2 ** 24;

function fileName(what, format) {
  const minute = new Date().toISOString().slice(0, 16).replace(":", "");
  return `${what}-${minute}Z.${format}`;
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * Reads a stream into a Blob, and lets the page render between two parts.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {string} type
 * @param {{ signal: AbortSignal, onBytes: (bytes: number) => void }} options
 */
async function toBlob(stream, type, { signal, onBytes }) {
  const reader = stream.getReader();
  try {
    const blobs = [];
    /** @type {BlobPart[]} */
    let parts = [];
    let [bytes, stored, told] = [0, 0, -Infinity];
    for (;;) {
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return new Blob([...blobs, ...parts], { type });
      parts.push(/** @type {BlobPart} */ (value));
      bytes += value.byteLength;
      // A browser can keep a Blob out of memory.
      if (bytes - stored > BLOB_SIZE) {
        blobs.push(new Blob(parts));
        parts = [];
        stored = bytes;
      }
      if (performance.now() - told > TELL_EVERY) {
        onBytes(bytes);
        told = performance.now();
      }
      await /** @type {Promise<void>} */ (new Promise(postTask));
      signal.throwIfAborted();
    }
  } finally {
    await reader.cancel();
  }
}

/**
 * @param {Pick<import("rekognition-jobs").AsyncView, "exportStream" | "close">} view  is closed at the end
 * @param {string} what  the file's name begins with
 * @param {import("rekognition-jobs").ExportFormat} format
 * @param {{ signal: AbortSignal, onBytes: (bytes: number) => void }} options
 */
export async function exportToFile(view, what, format, options) {
  try {
    const blob = await toBlob(view.exportStream(format), FORMATS[format].mediaType, options);
    save(blob, fileName(what, format));
  } finally {
    view.close();
  }
}
