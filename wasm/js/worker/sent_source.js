// Sends a source to the worker: what cannot be copied at once is read here, chunk by chunk, when the worker asks.
import { asResponse } from "../util/any_response.js";
import { bytesOf, formOf, notASource } from "../engine/source_form.js";
import { chunksOf, offerChunks, receiveChunks, receiveStream } from "./streams.js";

const chunkSize = 2 ** 20;

/**
 * @typedef {{ blob: Blob } | { chunks: number } | ResponseForm} SourceForm
 * @typedef {{ head: Head, chunks: number | undefined }} ResponseForm
 * @typedef {{ status: number, headers: [string, string][], url?: string, type?: string, redirected?: boolean }} Head
 */

/**
 * @param {import("./peer.js").Peer} peer
 * @param {any} source
 * @returns {SourceForm}
 * @throws {TypeError} for what is no source
 */
export function sendSource(peer, source) {
  switch (formOf(source)) {
    case "text":
      return { chunks: offerChunks(peer, slices(source)) };
    case "bytes": {
      const bytes = bytesOf(source);
      return { head: ok(bytes.byteLength), chunks: offerChunks(peer, slices(bytes), { owned: true }) };
    }
    case "blob":
      if (source instanceof Blob) return { blob: source };
      return { head: ok(source.size), chunks: offerChunks(peer, checked(iteratorOf(source.stream()))) };
    case "response":
      return sendResponse(peer, source);
    case "stream":
    case "iterable":
      return { chunks: offerChunks(peer, checked(iteratorOf(source))) };
  }
  throw new TypeError(notASource);
}

/**
 * The source for the engine.
 * @param {import("./peer.js").Peer} peer
 * @param {SourceForm} form
 * @returns {import("../../index.d.ts").ImportSource}
 */
export function receiveSource(peer, form) {
  if ("blob" in form) return form.blob;
  return "head" in form ? receiveResponse(peer, form) : receiveChunks(peer, form.chunks);
}

/**
 * @param {import("./peer.js").Peer} peer
 * @param {any} given a Response of any library
 * @param {() => void} [onEnd] its body has ended or is given up
 * @returns {ResponseForm}
 */
export function sendResponse(peer, given, onEnd) {
  const { status, headers, url, type, redirected, body } = asResponse(given);
  const head = { status, headers: [...headers], url, type, redirected };
  if (body === null) onEnd?.();
  return { head, chunks: body === null ? undefined : offerChunks(peer, checked(chunksOf(body)), { onEnd }) };
}

/**
 * @param {import("./peer.js").Peer} peer
 * @param {ResponseForm} form
 */
export function receiveResponse(peer, { head, chunks }) {
  const { headers, ...facts } = head;
  const response = new Response(chunks === undefined ? null : receiveStream(peer, chunks), { headers });
  const told = { ...facts, ok: facts.status >= 200 && facts.status <= 299 };
  for (const [name, value] of Object.entries(told)) Object.defineProperty(response, name, { value });
  return response;
}

/**
 * The head of a source of so many bytes.
 * @param {number} size
 * @returns {Head}
 */
function ok(size) {
  return { status: 200, headers: [["content-length", String(size)]] };
}

/** @param {any} source a stream or an iterable */
function iteratorOf(source) {
  return typeof source.getReader === "function" ? chunksOf(source) : source[Symbol.asyncIterator]();
}

/**
 * An iterator whose chunks are bytes or texts.
 * @param {AsyncIterator<any>} iterator
 * @returns {AsyncIterator<any>}
 * @throws {TypeError} for another chunk
 */
function checked(iterator) {
  return {
    async next() {
      const { done, value } = await iterator.next();
      return done ? { done, value } : { done: false, value: typeof value === "string" ? value : bytesOf(value) };
    },
    return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
  };
}

/** @param {string | Uint8Array} whole */
function* slices(whole) {
  for (let at = 0; at < whole.length; at += chunkSize) yield whole.slice(at, at + chunkSize);
}
