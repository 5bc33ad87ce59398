// Takes the Responses of other libraries and realms, judged by what they can do.
import { isBuffer } from "./buffers.js";
import { chunksOf, joined, streamFrom } from "./chunks.js";
import { requireHead } from "./response_head.js";
import { Headers, ReadableStream, TextDecoder, TextEncoder } from "./web_classes.js";

const withoutBody = [101, 103, 204, 205, 304];
/** What is read of headers that can only be asked one by one. */
const headerNames = [
  "age",
  "content-encoding",
  "content-length",
  "content-range",
  "content-type",
  "date",
  "etag",
  "location",
  "retry-after",
  "x-amz-bucket-region",
  "x-amz-request-id",
  "x-amz-retry-after",
  "x-amzn-errortype",
  "x-amzn-requestid",
];
const encoder = new TextEncoder();

/** Keeps a Response as long as its body: Node cancels the body of one that is garbage-collected. @type {WeakMap<object, unknown>} */
const responseOf = new WeakMap();

/**
 * @typedef {Pick<Response, "status" | "ok" | "url" | "type" | "redirected" | "body" | "text" | "arrayBuffer">
 *   & { headers: Pick<globalThis.Headers, "get" | "has"> & Iterable<[string, string]> }} Answer what is read of a Response
 */

/**
 * What a caller's `fetch`, or a caller, gave. The body is asked for nothing before it is read.
 * @param {any} given
 * @returns {Answer}
 * @throws {TypeError} that says what it lacks
 */
export function asResponse(given) {
  requireHead(given);
  const { status, headers, url = "", type = "default", redirected = false } = given;
  if (given.bodyUsed) throw new TypeError("the Response cannot be read: its body was read before");
  const body = withoutBody.includes(status) ? null : streamOf(given);
  return makeAnswer(body, { status, headers: entriesOf(headers), url, type, redirected });
}

/**
 * A Response that depends on no class of the runtime: there may be none, or one that takes no stream.
 * @param {ReadableStream<Uint8Array<ArrayBuffer>> | string | null} body
 * @param {object} [head]
 * @param {number} [head.status]
 * @param {Iterable<[string, string]>} [head.headers]
 * @param {string} [head.url]
 * @param {ResponseType} [head.type]
 * @param {boolean} [head.redirected]
 * @returns {Answer}
 */
export function makeAnswer(body, { status = 200, headers = [], url = "", type = "default", redirected = false } = {}) {
  const stream = typeof body === "string" ? streamFrom([body].values(), bytesOf) : body;
  return {
    status,
    ok: status >= 200 && status <= 299,
    url,
    type,
    redirected,
    headers: new Headers(headers),
    body: stream,
    arrayBuffer: async () => (await wholeOf(stream)).buffer,
    text: async () => new TextDecoder().decode(await wholeOf(stream)),
  };
}

/**
 * Gives up the body of a response that is not needed.
 * @param {unknown} given
 */
export function dropBody(given) {
  try {
    asResponse(given)
      .body?.cancel()
      .catch(() => {});
  } catch {} // What cannot be read need not be given up.
}

/**
 * @param {any} headers
 * @returns {[string, string][]}
 */
function entriesOf(headers) {
  if (typeof headers[Symbol.iterator] === "function") return [...headers];
  return headerNames.flatMap((name) => {
    const value = headers.get(name);
    return typeof value === "string" ? [[name, value]] : [];
  });
}

/**
 * @param {any} response
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>> | null}
 */
function streamOf(response) {
  const { body } = response;
  if (body === null) return null;
  if (typeof body?.getReader === "function") {
    responseOf.set(body, response);
    return body instanceof ReadableStream ? body : streamFrom(chunksOf(body), bytesOf);
  }
  if (typeof body?.[Symbol.asyncIterator] === "function") {
    const iterator = body[Symbol.asyncIterator]();
    // The iterator of a stream of Node that was not yet asked for anything would leave the stream as it is.
    const stop = () => (typeof body.destroy === "function" ? body.destroy() : iterator.return?.());
    return streamFrom({ next: () => iterator.next(), return: stop }, bytesOf);
  }
  const read = ["arrayBuffer", "text"].find((name) => typeof response[name] === "function");
  if (read) {
    let isRead = false;
    const readOnce = async () => {
      if (isRead) return { done: true };
      isRead = true;
      return { done: false, value: await response[read]() };
    };
    return streamFrom({ next: readOnce }, bytesOf);
  }
  throw new TypeError(
    "the Response cannot be read: it has no arrayBuffer(), and its body neither getReader() nor an async iterator",
  );
}

/** @param {ReadableStream<Uint8Array> | null} stream */
async function wholeOf(stream) {
  const reader = stream?.getReader();
  /** @type {Uint8Array[]} */
  const chunks = [];
  for (let size = 0; ; ) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) return joined(chunks, size);
    chunks.push(value);
    size += value.byteLength;
  }
}

/** @param {unknown} chunk @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(chunk) {
  if (typeof chunk === "string") return encoder.encode(chunk);
  if (ArrayBuffer.isView(chunk))
    return new Uint8Array(/** @type {ArrayBuffer} */ (chunk.buffer), chunk.byteOffset, chunk.byteLength);
  if (isBuffer(chunk)) return new Uint8Array(chunk);
  throw new TypeError("the Response cannot be read: a part of its body is neither bytes nor text");
}
