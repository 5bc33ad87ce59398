// Writes a query result to a file in parts, so that the page never holds all records in memory.
import { FORMATS } from "./formats.js";
import { postTask } from "../ui/post_task.js";

const TELL_EVERY = 100;

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

/** Counts the bytes, and lets the page render between two parts. */
function counting(onBytes) {
  let bytes = 0;
  let told = -Infinity;
  return new TransformStream({
    async transform(part, controller) {
      bytes += part.byteLength;
      controller.enqueue(part);
      if (performance.now() - told > TELL_EVERY) {
        onBytes(bytes);
        told = performance.now();
      }
      await /** @type {Promise<void>} */ (new Promise(postTask));
    },
  });
}

/**
 * @param {Pick<import("rekognition-jobs").AsyncView, "exportStream" | "close">} view  is closed at the end
 * @param {string} what  the file's name begins with
 * @param {import("rekognition-jobs").ExportFormat} format
 * @param {{ signal: AbortSignal, onBytes: (bytes: number) => void }} options
 */
export async function exportToFile(view, what, format, { signal, onBytes }) {
  try {
    const parts = view.exportStream(format).pipeThrough(counting(onBytes), { signal });
    const blob = await new Response(parts, { headers: { "content-type": FORMATS[format].mediaType } }).blob();
    signal.throwIfAborted();
    save(blob, fileName(what, format));
  } finally {
    view.close();
  }
}
