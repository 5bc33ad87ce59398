// Sends a source to the worker: what cannot be copied at once is read here, chunk by chunk, when the worker asks.
import { asResponse, makeAnswer } from "../util/any_response.js";
import { chunksOf, slicesOf } from "../util/chunks.js";
import { bytesOf, formOf, notASource } from "../engine/source_form.js";
import { offerChunks, receiveChunks, receiveStream } from "./streams.js";

/**
 * @typedef {import("./peer.js").Peer} Peer
 * @typedef {import("./streams.js").Offering} Offering
 * @typedef {{ blob: Blob } | { chunks: number } | { stream: number } | ResponseForm} SourceForm
 * @typedef {{ head: Head, body: number | undefined }} ResponseForm
 * @typedef {{ status: number, headers: [string, string][], url?: string, type?: ResponseType, redirected?: boolean }} Head
 */

/**
 * @param {Offering} offering
 * @param {any} source
 * @returns {SourceForm}
 * @throws {TypeError} for what is no source
 */
export function sendSource(offering, source) {
  switch (formOf(source)) {
    case "text":
      return { chunks: offerChunks(offering, [source].values()) };
    case "bytes": {
      const bytes = bytesOf(source);
      return { head: ok(bytes.byteLength), body: offerChunks(offering, [bytes].values()) };
    }
    case "blob":
      if (isCloneable(source)) return { blob: source };
      return { head: ok(source.size), body: offerChunks(offering, slicesOf(source)) };
    case "response":
      return sendGivenResponse(offering, source);
    case "stream":
      return { stream: offerChunks(offering, chunksOf(source)) };
    case "iterable":
      return { chunks: offerChunks(offering, iteratorOf(source)) };
  }
  throw new TypeError(notASource);
}

/**
 * The source for the engine.
 * @param {Peer} peer
 * @param {SourceForm} form
 * @returns {import("../../index.d.ts").ImportSource}
 */
export function receiveSource(peer, form) {
  if ("blob" in form) return form.blob;
  if ("stream" in form) return receiveStream(peer, form.stream);
  return "head" in form ? receiveResponse(peer, form) : receiveChunks(peer, form.chunks);
}

/**
 * @param {Offering} offering
 * @param {any} given a Response of any library
 * @param {() => void} [onEnd] its body has ended or is given up
 * @returns {ResponseForm}
 * @throws {TypeError} for what is none
 */
export function sendResponse(offering, given, onEnd) {
  const { status, headers, url, type, redirected, body } = asResponse(given);
  const head = { status, headers: [...headers], url, type, redirected };
  if (body === null) onEnd?.();
  return { head, body: body === null ? undefined : offerChunks(offering, chunksOf(body), { onEnd }) };
}

/**
 * @param {Peer} peer
 * @param {ResponseForm} form
 * @returns {Response}
 */
export function receiveResponse(peer, { head, body }) {
  return /** @type {any} */ (makeAnswer(body === undefined ? null : receiveStream(peer, body), head));
}

/**
 * A Response that cannot be read fails when it is read.
 * @param {Offering} offering
 * @param {any} given
 * @returns {SourceForm}
 */
function sendGivenResponse(offering, given) {
  try {
    return sendResponse(offering, given);
  } catch (reason) {
    return { chunks: offerChunks(offering, { next: () => Promise.reject(reason) }) };
  }
}

/**
 * The head of a source of so many bytes.
 * @param {number} size
 * @returns {Head}
 */
function ok(size) {
  return { status: 200, headers: [["content-length", String(size)]] };
}

/**
 * Asks for the iterator when the first chunk is wanted.
 * @param {AsyncIterable<any>} iterable
 * @returns {AsyncIterator<any>}
 */
function iteratorOf(iterable) {
  /** @type {AsyncIterator<any> | undefined} */
  let iterator;
  return {
    next: () => (iterator ??= iterable[Symbol.asyncIterator]()).next(),
    return: async () => (await iterator?.return?.()) ?? { done: true, value: undefined },
  };
}

/**
 * Not every Blob can be sent: not those of Node that are files, nor those of other libraries.
 * @param {any} blob
 */
function isCloneable(blob) {
  try {
    return formOf(structuredClone(blob)) === "blob";
  } catch {
    return false;
  }
}
