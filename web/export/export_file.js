// Writes a query result to a file in parts, so that the page never holds all records in memory.
import { FORMATS } from "./formats.js";
import { streamToBlob } from "../ui/stream_to_blob.js";

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

/**
 * @param {Pick<import("rekognition-jobs").AsyncView, "exportStream" | "close">} view  is closed at the end
 * @param {string} what  the file's name begins with
 * @param {import("rekognition-jobs").ExportFormat} format
 * @param {{ signal: AbortSignal, onBytes: (bytes: number) => void }} options
 */
export async function exportToFile(view, what, format, { signal, onBytes }) {
  let told = -Infinity;
  const onPart = (bytes) => {
    signal.throwIfAborted();
    if (performance.now() - told < TELL_EVERY) return;
    onBytes(bytes);
    told = performance.now();
  };
  try {
    const blob = await streamToBlob(view.exportStream(format), { type: FORMATS[format].mediaType, onPart });
    save(blob, fileName(what, format));
  } finally {
    view.close();
  }
}
