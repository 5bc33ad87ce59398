// Takes the Responses of other libraries and realms, judged by what they can do.
import { isBuffer } from "./buffers.js";
import { requireHead } from "./response_head.js";

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

/**
 * The platform's Response of what a caller's `fetch`, or a caller, gave.
 * @param {any} given
 * @returns {Response} the value itself if it is the platform's; the body of another is read when it is asked for
 * @throws {TypeError} that says what it lacks
 */
export function asResponse(given) {
  if (given instanceof Response) return given;
  requireHead(given);
  const { status, headers, url = "", type = "default", redirected = false } = given;
  if (given.bodyUsed) throw new TypeError("the Response cannot be read: its body was read before");
  const body = withoutBody.includes(status) ? null : streamOf(given);
  const copy = new Response(body, { headers: entriesOf(headers) });
  const facts = { status, ok: status >= 200 && status <= 299, url, type, redirected };
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(copy, name, { value });
  return copy;
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
 * @returns {ReadableStream<Uint8Array> | null}
 */
function streamOf(response) {
  const { body } = response;
  if (body === null) return null;
  if (body instanceof ReadableStream) return body;
  if (typeof body?.getReader === "function") {
    const reader = body.getReader();
    return streamFrom(
      () => reader.read(),
      (reason) => reader.cancel(reason),
    );
  }
  if (typeof body?.[Symbol.asyncIterator] === "function") {
    const iterator = body[Symbol.asyncIterator]();
    // The iterator of a stream of Node that was not yet asked for anything would leave the stream as it is.
    const stop = () => (typeof body.destroy === "function" ? body.destroy() : iterator.return?.());
    return streamFrom(() => iterator.next(), stop);
  }
  if (typeof response.arrayBuffer === "function") {
    let isRead = false;
    const readOnce = async () => {
      if (isRead) return { done: true };
      isRead = true;
      return { done: false, value: await response.arrayBuffer() };
    };
    return streamFrom(readOnce, () => {});
  }
  throw new TypeError(
    "the Response cannot be read: it has no arrayBuffer(), and its body neither getReader() nor an async iterator",
  );
}

/**
 * A stream that asks for nothing before it is read.
 * @param {() => Promise<{ done?: boolean, value?: unknown }>} next
 * @param {(reason: unknown) => unknown} stop
 * @returns {ReadableStream<Uint8Array>}
 */
function streamFrom(next, stop) {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await next();
        if (done) controller.close();
        else controller.enqueue(bytesOf(value));
      },
      async cancel(reason) {
        await stop(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** @param {unknown} chunk */
function bytesOf(chunk) {
  if (typeof chunk === "string") return encoder.encode(chunk);
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (isBuffer(chunk)) return new Uint8Array(chunk);
  throw new TypeError("the Response cannot be read: a part of its body is neither bytes nor text");
}
