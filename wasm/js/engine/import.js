// Reads a source of jobs or results (text, bytes, Blob, Response, stream, iterable) chunk by chunk into the engine.
import { abortable, onAbort } from "../util/abort.js";
import { mayBeDecoded } from "../util/content_encoding.js";
import { serviceError } from "../util/errors.js";
import { outOfMemory, take } from "./memory.js";
import { asResponse } from "../util/any_response.js";
import { chunksOf, chunksOfBlob } from "../util/chunks.js";
import { isGzip } from "../util/gzip.js";
import { readHead } from "../util/response_head.js";
import { otherTasks } from "../util/tasks.js";
import { TextEncoder } from "../util/web_classes.js";
import { bytesOf, formOf, notASource } from "./source_form.js";

const chunkSize = 256 * 1024;
const longestTask = 12; // milliseconds before other tasks of the page may run
const mostOfRefusal = 2 ** 20; // characters
const gzipMark = 2; // bytes that tell gzip
const encoder = new TextEncoder();

/**
 * Reads a source into one of the engine's readers.
 * @template {object} Counts
 * @param {import("../../glue/embind.js").Reader} reader
 * @param {import("../../index.d.ts").ImportSource | undefined} source
 * @param {object} options
 * @param {AbortSignal} options.signal
 * @param {(progress: Counts & { bytes: number, totalBytes?: number }) => void} [options.onProgress] receives the bytes
 *   read and the result of `counts`
 * @param {() => Counts} options.counts
 * @param {import("../../glue/embind.js").EngineModule} options.module the engine's
 * @param {(part: Uint8Array) => Promise<void> | undefined} [options.takePart] takes a part instead of the reader
 * @param {() => Promise<void> | undefined} [options.finish] ends the source instead of the reader
 * @returns {Promise<{ isGzip: boolean, isDamaged: boolean }>} whether the source was compressed, and damaged
 * @throws OutOfMemoryError when its memory is full
 */
export async function feed(reader, source, { signal, onProgress, counts, module, takePart, finish }) {
  const { chunks, totalBytes } = await open(source, signal, module);
  signal.throwIfAborted();
  const breathe = makeBreather();
  let bytes = 0;
  const report = () => {
    if (!onProgress) return;
    const progress = { bytes, ...counts() };
    onProgress(totalBytes === undefined ? progress : { ...progress, totalBytes });
  };
  const iterator = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  const container = { isGzip: false, isDamaged: false };
  /** What may be half of gzip's mark. @type {Uint8Array | undefined} */
  let held;
  const takeNext = takePart ?? ((/** @type {Uint8Array} */ part) => take(reader, part));
  try {
    while (true) {
      const { done, value } = await abortable(Promise.resolve(iterator.next()), signal);
      signal.throwIfAborted();
      if (done && held === undefined) break;
      const chunk = held === undefined ? value : joined(held, done ? new Uint8Array(0) : bytesOf(value));
      held = undefined;
      if (!done && bytes === 0 && bytesOf(chunk).byteLength < gzipMark && bytesOf(chunk)[0] === 0x1f) {
        held = bytesOf(chunk);
        continue;
      }
      if (!done && bytes === 0 && isGzip(bytesOf(chunk))) {
        container.isGzip = true;
        const { unpackAll } = await abortable(import("./gunzip.js"), signal);
        signal.throwIfAborted();
        await unpackAll(chunk, iterator, {
          signal,
          read: (packed) => (bytes += packed.byteLength),
          onDamage: () => (container.isDamaged = true),
          take: async (unpacked) => {
            for (const part of slices(unpacked)) {
              await takeNext(part);
              signal.throwIfAborted();
              report();
              await breathe();
              signal.throwIfAborted();
            }
          },
        });
        break;
      }
      for (const part of slices(chunk)) {
        const pending = takeNext(part);
        if (pending !== undefined) {
          await pending;
          signal.throwIfAborted();
        }
        bytes += part.byteLength;
        report();
        await breathe();
        signal.throwIfAborted();
      }
      if (done) break;
    }
  } catch (reason) {
    Promise.resolve(iterator.return?.()).catch(() => {});
    throw reason;
  }
  const pending = finish?.();
  if (pending !== undefined) {
    await pending;
    signal.throwIfAborted();
  } else if (finish === undefined && !reader.finish()) {
    throw outOfMemory();
  }
  report();
  signal.throwIfAborted();
  return container;
}

/**
 * @typedef {Uint8Array | string} Chunk
 * @typedef {{ chunks: Iterable<Chunk> | AsyncIterable<Chunk>, totalBytes?: number }} Opened
 */

/**
 * The chunks of a source, and its size if it is known.
 * @param {any} source
 * @param {AbortSignal} signal
 * @param {import("../../glue/embind.js").EngineModule} module
 * @returns {Promise<Opened>}
 */
async function open(source, signal, module) {
  switch (formOf(source)) {
    case "text":
      return { chunks: encodeAll([source]) };
    case "bytes": {
      const bytes = bytesOf(source);
      return { chunks: [bytes], totalBytes: bytes.byteLength };
    }
    case "response": {
      const response = asResponse(source);
      if (!response.ok) throw await refused(response, signal, module);
      const length = Number(response.headers.get("content-length") || Number.NaN);
      return {
        chunks: response.body === null ? [] : until(signal, chunksOf(response.body)),
        totalBytes: mayBeDecoded(response) || !Number.isSafeInteger(length) || length < 0 ? undefined : length,
      };
    }
    case "stream":
      return { chunks: encodeAll(until(signal, chunksOf(source))) };
    case "blob":
      return { chunks: until(signal, chunksOfBlob(source)), totalBytes: source.size };
    case "iterable":
      return { chunks: encodeAll(source) };
  }
  throw new TypeError(notASource);
}

/**
 * The ServiceError of a Response whose status is not a success.
 * @param {import("../util/any_response.js").Answer} response
 * @param {AbortSignal} signal
 * @param {import("../../glue/embind.js").EngineModule} module
 */
async function refused(response, signal, module) {
  const body = String(await abortable(response.text(), signal)).slice(0, mostOfRefusal);
  const { status, errorType, requestId } = readHead(response);
  module.requireRoom(errorType, requestId, body);
  return serviceError(module.readError(status, errorType, requestId, body));
}

/**
 * The chunks of a source, which is given up when the reader stops early or the signal aborts.
 * @param {AbortSignal} signal
 * @param {AsyncIterator<any>} iterator
 */
async function* until(signal, iterator) {
  const giveUp = () => Promise.resolve(iterator.return?.(signal.reason)).catch(() => {});
  const stop = onAbort(signal, giveUp);
  let isDone = false;
  try {
    while (true) {
      const { done, value } = await iterator.next();
      isDone = done === true;
      if (isDone) return;
      yield value;
    }
  } finally {
    stop();
    if (!isDone) giveUp();
  }
}

/**
 * Encodes text chunks as UTF-8 and passes byte chunks unchanged. A surrogate pair may be split between two chunks. It
 * requests the next chunk in the same turn as its own caller does (`yield*` would not), so that none is requested after
 * an abort.
 * @param {Iterable<Chunk> | AsyncIterable<Chunk>} chunks
 */
async function* encodeAll(chunks) {
  let half = "";
  for await (const chunk of chunks) {
    if (typeof chunk !== "string") {
      for (const part of encode(half)) yield part;
      half = "";
      yield bytesOf(chunk);
      continue;
    }
    for (let at = 0; at < chunk.length; at += chunkSize) {
      let text = half + chunk.slice(at, at + chunkSize);
      half = /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : "";
      text = text.slice(0, text.length - half.length);
      for (const part of encode(text)) yield part;
    }
  }
  if (half !== "") yield* encode(half);
}

/**
 * Encodes a lone surrogate as three bytes that are invalid in UTF-8, so that the reader reports its offset.
 * @param {string} text
 */
function* encode(text) {
  for (const part of text.split(/(\p{Surrogate})/u)) {
    if (/^\p{Surrogate}$/u.test(part)) {
      const unit = part.charCodeAt(0);
      yield Uint8Array.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
    } else if (part !== "") {
      yield encoder.encode(part);
    }
  }
}

/**
 * A chunk in pieces of at most chunkSize.
 * @param {unknown} chunk
 */
function* slices(chunk) {
  const bytes = bytesOf(chunk);
  for (let at = 0; at < bytes.byteLength; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}

/** Returns a function that lets other tasks run if the current one has lasted longestTask. */
function makeBreather() {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestTask) return;
    await otherTasks();
    since = performance.now();
  };
}

/**
 * @param {Uint8Array} front
 * @param {Uint8Array} back
 */
function joined(front, back) {
  const both = new Uint8Array(front.byteLength + back.byteLength);
  both.set(front);
  both.set(back, front.byteLength);
  return both;
}
