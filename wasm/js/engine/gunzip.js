// Unpacks a source that is compressed with gzip, as far as it is sound.

/**
 * The unpacked chunks of compressed ones.
 * @param {AsyncIterable<Uint8Array>} chunks
 * @param {(reason: unknown) => void} onDamage called instead of throwing when the data is damaged or cut off
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* gunzip(chunks, onDamage) {
  const unpacker = new DecompressionStream("gzip");
  const writer = unpacker.writable.getWriter();
  const reader = unpacker.readable.getReader();
  /** @type {{ reason: unknown } | undefined} */
  let failed;
  const written = (async () => {
    try {
      for await (const chunk of chunks) await writer.write(/** @type {Uint8Array<ArrayBuffer>} */ (chunk)).catch((damage) => Promise.reject({ damage }));
      await writer.close().catch((damage) => Promise.reject({ damage }));
    } catch (reason) {
      const isDamage = typeof reason === "object" && reason !== null && "damage" in reason;
      if (!isDamage) failed = { reason };
      await writer.abort().catch(() => {});
    }
  })();
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
  } catch (reason) {
    await written;
    if (failed) throw failed.reason;
    onDamage(reason);
  } finally {
    reader.cancel().catch(() => {});
  }
}
