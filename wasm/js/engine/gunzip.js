// Unpacks a source that is compressed with gzip, up to the first damage.
import { abortable } from "../util/abort.js";
import { DecompressionStream } from "../util/web_streams.js";
import { bytesOf } from "./source_form.js";

/**
 * @param {unknown} first the first chunk
 * @param {Iterator<unknown> | AsyncIterator<unknown>} rest the chunks after it
 * @param {object} options
 * @param {AbortSignal} options.signal
 * @param {(chunk: Uint8Array) => void} options.read called for each compressed chunk
 * @param {(chunk: Uint8Array) => Promise<void>} options.take called for each unpacked chunk
 * @param {() => void} options.onDamage called when the data is damaged or cut off
 */
export async function unpackAll(first, rest, { signal, read, take, onDamage }) {
  const unpacker = new DecompressionStream("gzip");
  const writer = unpacker.writable.getWriter();
  const reader = unpacker.readable.getReader();
  /** @type {{ reason: unknown } | undefined} */
  let failed;
  const feeding = (async () => {
    let chunk = first;
    while (true) {
      const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (bytesOf(chunk));
      read(bytes);
      try {
        await writer.write(bytes);
      } catch {
        return; // the data is damaged, as the reader is told
      }
      const { done, value } = await abortable(Promise.resolve(rest.next()), signal);
      signal.throwIfAborted();
      if (done) break;
      chunk = value;
    }
    await writer.close().catch(() => {});
  })().catch((reason) => {
    failed = { reason };
    return writer.abort().catch(() => {});
  });
  try {
    while (true) {
      /** @type {ReadableStreamReadResult<Uint8Array>} */
      let unpacked;
      try {
        unpacked = await abortable(reader.read(), signal);
      } catch {
        signal.throwIfAborted();
        await feeding;
        if (failed) throw failed.reason;
        return onDamage();
      }
      signal.throwIfAborted();
      if (unpacked.done) return;
      await take(unpacked.value);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
