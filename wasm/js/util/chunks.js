// Reads streams and Blobs of any library or realm in chunks, and makes streams of chunks.
import { ReadableStream } from "./web_classes.js";

const sliceSize = 2 ** 22;

/**
 * The chunks of a stream, which is not locked before the first is asked for.
 * @param {any} stream
 * @returns {AsyncIterator<any>}
 */
export function chunksOf(stream) {
  /** @type {ReadableStreamDefaultReader<any> | undefined} */
  let reader;
  return {
    next: () => (reader ??= stream.getReader()).read(),
    async return(reason) {
      await (reader ??= stream.getReader()).cancel(reason);
      return { done: true, value: undefined };
    },
  };
}

/**
 * A stream that asks for nothing before it is read.
 * @template Chunk
 * @param {{ next(): any, return?(reason?: any): unknown }} iterator
 * @param {(value: unknown) => Chunk} convert
 * @returns {ReadableStream<Chunk>}
 */
export function streamFrom(iterator, convert) {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(convert(value));
      },
      async cancel(reason) {
        await iterator.return?.(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * The chunks in one piece.
 * @param {Uint8Array[]} chunks
 * @param {number} size of all
 */
export function joined(chunks, size) {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/**
 * The chunks of a Blob, by slices where it has arrayBuffer(): Node's streams of Blobs are slow, and have small chunks.
 * @param {any} blob those of jsdom have neither arrayBuffer() nor stream()
 * @returns {AsyncIterator<any>}
 */
export function slicesOf(blob) {
  if (typeof blob.arrayBuffer !== "function" && typeof blob.stream === "function") return streamed(blob);
  async function* slices() {
    for (let at = 0; at < blob.size; at += sliceSize) yield await bufferOf(blob.slice(at, at + sliceSize));
  }
  return slices();
}

/**
 * The chunks of a Blob, by its stream if it has one.
 * @param {any} blob
 * @returns {AsyncIterator<any>}
 */
export function chunksOfBlob(blob) {
  return typeof blob.stream === "function" ? streamed(blob) : slicesOf(blob);
}

/** @param {any} blob whose stream may be one of Node's if it is another library's */
function streamed(blob) {
  const stream = blob.stream();
  return typeof stream.getReader === "function" ? chunksOf(stream) : stream[Symbol.asyncIterator]();
}

/** @param {any} blob */
async function bufferOf(blob) {
  if (typeof blob.arrayBuffer === "function") return blob.arrayBuffer();
  // A Blob of jsdom names its window here alone, and only this window's FileReader takes it.
  const windows = Object.getOwnPropertySymbols(blob).map((symbol) => blob[symbol]?._globalObject);
  const Reader = [...windows, globalThis].find((each) => each?.FileReader)?.FileReader;
  if (!Reader) throw new TypeError("the Blob cannot be read: it has neither stream() nor arrayBuffer()");
  return new Promise((resolve, reject) => {
    const reader = new Reader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(blob);
  });
}
