// Recognises what a source holds by its beginning, and returns a source of the same bytes.
import { abortable } from "../util/abort.js";
import { asResponse, makeAnswer } from "../util/any_response.js";
import { chunksOf, joined, slicesOf, streamFrom } from "../util/chunks.js";
import { isGzip } from "../util/gzip.js";
import { TextEncoder } from "../util/web_classes.js";
import { DecompressionStream } from "../util/web_streams.js";
import { bytesOf, formOf } from "./source_form.js";

/**
 * @typedef {import("../../index.d.ts").ImportSource} Source
 * @typedef {import("../../index.d.ts").SourceKind} Kind
 */

const headSize = 64 * 1024;

/**
 * @param {Source} source
 * @param {import("./source_reader.js").LoadFormats} load loads the module of other forms, which tells kinds apart
 * @param {AbortSignal} signal
 * @returns {Promise<{ kind: Kind, whole: Source }>} the kind, and a source of the same bytes
 */
export async function recognised(source, load, signal) {
  const { head, whole } = await beginning(source, signal);
  const formats = await abortable(load(), signal);
  const plain = isGzip(head) ? await unpacked(head, signal) : head;
  return { kind: formats.sourceKind(plain.subarray(0, headSize)), whole };
}

/**
 * @param {any} source
 * @param {AbortSignal} signal
 * @returns {Promise<{ head: Uint8Array, whole: Source }>}
 */
async function beginning(source, signal) {
  switch (formOf(source)) {
    case "text":
      return { head: bytesOf(new TextEncoder().encode(source.slice(0, headSize))), whole: source };
    case "bytes":
      return { head: bytesOf(source).subarray(0, headSize), whole: source };
    case "blob": {
      const { head } = await headOf(slicesOf(source.slice(0, headSize)), signal);
      return { head, whole: source };
    }
    case "response": {
      const answer = asResponse(source);
      if (!answer.ok || answer.body === null) return { head: new Uint8Array(0), whole: anySource(answer) };
      const { head, whole } = await headOf(chunksOf(answer.body), signal);
      return { head, whole: anySource(makeAnswer(streamFrom(whole, asIs), answer)) };
    }
    case "stream": {
      const { head, whole } = await headOf(chunksOf(source), signal);
      return { head, whole: streamFrom(whole, asIs) };
    }
    case "iterable":
      return headOf(source[Symbol.asyncIterator](), signal);
  }
  return { head: new Uint8Array(0), whole: source };
}

/** @param {any} chunk */
const asIs = (chunk) => chunk;

/** @param {any} answer what is read as a Response @returns {Source} */
const anySource = (answer) => answer;

/**
 * The first bytes of a source, and all of its chunks again. Whoever reads these meets the source's failure.
 * @param {AsyncIterator<any>} iterator
 * @param {AbortSignal} signal
 * @returns {Promise<{ head: Uint8Array, whole: AsyncIterableIterator<any> }>}
 */
async function headOf(iterator, signal) {
  const head = new Head();
  /** @type {Promise<IteratorResult<any>>[]} */
  const held = [];
  let isDone = false;
  try {
    while (!head.isFull && !isDone) {
      const next = Promise.resolve(iterator.next());
      held.push(next);
      const { done, value } = await abortable(next, signal);
      isDone = done === true;
      if (!isDone) head.add(value);
    }
  } catch {
    if (signal.aborted) {
      Promise.resolve(iterator.return?.(signal.reason)).catch(() => {});
      throw signal.reason;
    }
  }
  /** @type {AsyncIterableIterator<any>} */
  const whole = {
    next: () => held.shift() ?? iterator.next(),
    return: async (reason) => (isDone ? undefined : await iterator.return?.(reason)) ?? { done: true, value: reason },
    [Symbol.asyncIterator]: () => whole,
  };
  return { head: head.bytes(), whole };
}

/** Gathers the first bytes, in this realm: the engine takes no array of another. */
class Head {
  /** @type {Uint8Array[]} */
  #parts = [];
  #size = 0;

  get isFull() {
    return this.#size >= headSize;
  }

  /** @param {unknown} chunk */
  add(chunk) {
    const part = typeof chunk === "string" ? new TextEncoder().encode(chunk) : bytesOf(chunk);
    this.#parts.push(part.subarray(0, headSize));
    this.#size += Math.min(part.byteLength, headSize);
  }

  bytes() {
    return joined(this.#parts, this.#size);
  }
}

/**
 * What lies in the beginning of compressed data, as far as it goes.
 * @param {Uint8Array} packed
 * @param {AbortSignal} signal
 */
async function unpacked(packed, signal) {
  const unpacker = new DecompressionStream("gzip");
  const writer = unpacker.writable.getWriter();
  writer.write(/** @type {Uint8Array<ArrayBuffer>} */ (packed)).catch(() => {});
  writer.close().catch(() => {});
  const chunks = chunksOf(unpacker.readable);
  const { head } = await headOf(chunks, signal);
  Promise.resolve(chunks.return?.()).catch(() => {});
  return head;
}
