// Recognises what a source holds by its beginning, and returns a source of the same bytes.
import { abortable } from "../util/abort.js";
import { asResponse } from "../util/any_response.js";
import { isGzip } from "../util/gzip.js";
import { bytesOf } from "./source_form.js";
import { formOf } from "./source_form.js";

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
      return { head: new TextEncoder().encode(source.slice(0, headSize)), whole: source };
    case "bytes":
      return { head: bytesOf(source).subarray(0, headSize), whole: source };
    case "blob": {
      const head = await abortable(source.slice(0, headSize).arrayBuffer(), signal);
      return { head: bytesOf(head), whole: source };
    }
    case "response": {
      const whole = asResponse(source);
      const copy = whole.ok && whole.body !== null ? whole.clone().body : null;
      return { head: copy === null ? new Uint8Array(0) : await headOf(copy, signal), whole };
    }
    case "stream": {
      const [one, other] = source.tee();
      return { head: await headOf(one, signal), whole: other };
    }
    case "iterable":
      return headOfIterable(source, signal);
  }
  return { head: new Uint8Array(0), whole: source };
}

/**
 * The first bytes of a stream, which is cancelled then. Whoever reads the source itself meets its failure.
 * @param {ReadableStream<Uint8Array | string>} stream
 * @param {AbortSignal} signal
 */
async function headOf(stream, signal) {
  const reader = stream.getReader();
  const head = new Head();
  try {
    while (!head.isFull) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) break;
      head.add(value);
    }
  } catch {
    signal.throwIfAborted();
  } finally {
    reader.cancel().catch(() => {});
  }
  return head.bytes();
}

/**
 * @param {AsyncIterable<Uint8Array | string>} iterable
 * @param {AbortSignal} signal
 * @returns {Promise<{ head: Uint8Array, whole: AsyncIterable<Uint8Array | string> }>}
 */
async function headOfIterable(iterable, signal) {
  const iterator = iterable[Symbol.asyncIterator]();
  const head = new Head();
  /** @type {(Uint8Array | string)[]} */
  const held = [];
  let isDone = false;
  while (!head.isFull && !isDone) {
    const { done, value } = await abortable(Promise.resolve(iterator.next()), signal);
    isDone = done === true;
    if (isDone) break;
    held.push(value);
    head.add(value);
  }
  async function* whole() {
    try {
      yield* held;
      while (!isDone) {
        const { done, value } = await iterator.next();
        isDone = done === true;
        if (!isDone) yield value;
      }
    } finally {
      if (!isDone) await iterator.return?.();
    }
  }
  return { head: head.bytes(), whole: whole() };
}

/** Gathers the first bytes. */
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
    this.#size += part.byteLength;
  }

  bytes() {
    const bytes = new Uint8Array(this.#parts.reduce((size, part) => size + part.byteLength, 0));
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.byteLength;
    }
    return bytes;
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
  return headOf(unpacker.readable, signal);
}
