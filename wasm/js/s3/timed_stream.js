// The body of an object, read as a stream: where the connection breaks, it goes on with the bytes that are missing.
import { startTimer } from "../util/abort.js";
import { makeAnswer } from "../util/any_response.js";
import { mayBeDecoded } from "../util/content_encoding.js";
import { NetworkError, TimeoutError } from "../util/errors.js";
import { ReadableStream } from "../util/web_classes.js";
import { TransformStream } from "../util/web_streams.js";
import { wordsOf } from "../util/words_of.js";

const mostContinuations = 3;
const headSize = 1024; // bytes that are kept to be shown
const rangeNotSatisfiable = 416;

/** @typedef {import("../util/any_response.js").Answer} Answer */

/**
 * What came of an object so far.
 * @typedef {{ uri: string, bytes: number, head: Uint8Array, metadata: ReturnType<typeof metadataOf> }} Came
 */

/** @type {WeakMap<Answer, Came>} */
const cameOf = new WeakMap();

/**
 * What came of the body of a response that namingBreaks() or whenRead() made.
 * @param {Answer} response
 * @returns {Came | undefined} undefined if it was not requested
 */
export function whatCame(response) {
  return cameOf.get(response);
}

/**
 * Wraps the body of a response. A silent connection ends it with a TimeoutError. Where the connection breaks, it
 * requests the rest of the same object, at most three times, and then ends with a NetworkError.
 * @param {Answer} response a success
 * @param {string} uri
 * @param {number} patience milliseconds that the next bytes may take after they are requested
 * @param {(headers: Record<string, string>) => Promise<Answer>} [goOn] requests the object again
 * @returns {Answer} a copy
 */
export function namingBreaks(response, uri, patience, goOn) {
  const { status, headers, body } = response;
  const etag = headers.get("etag") ?? "";
  const facts = { $retryable: { throttling: false }, $metadata: metadataOf(response) };
  /** @type {Came} */
  const came = { uri, bytes: 0, head: new Uint8Array(0), metadata: facts.$metadata };
  if (body === null) {
    cameOf.set(response, came);
    return response;
  }
  let reader = body.getReader();
  let isDecoded = mayBeDecoded(response);
  /** Of the object, if it is known. */
  const size = isDecoded ? undefined : sizeIn(headers);
  let continuations = 0;
  let isCancelled = false;
  const after = () => `after ${came.bytes.toLocaleString("en")} bytes of ${uri}`;

  /** @returns {Promise<ReadableStreamReadResult<Uint8Array>>} */
  function next() {
    return new Promise((resolve, reject) => {
      const current = reader;
      const timer = startTimer(() => {
        const error = new TimeoutError({ message: `nothing came for ${patience} ms ${after()}: try again`, ...facts });
        reject(error);
        current.cancel(error).catch(() => {});
      }, patience);
      current
        .read()
        .then(resolve, (reason) => {
          const { words } = wordsOf(reason);
          reject(new NetworkError({ message: `the connection broke off ${after()} (${words}): try again`, ...facts }));
        })
        .finally(() => clearTimeout(timer));
    });
  }

  /** @returns {Promise<ReadableStreamReadResult<Uint8Array>>} */
  async function nextOfAll() {
    while (true) {
      try {
        return await next();
      } catch (reason) {
        if (goOn === undefined || !(reason instanceof NetworkError) || !mayGoOn()) throw reason;
        if (await goesOn(goOn, reason)) continue;
        return { done: true, value: undefined };
      }
    }
  }

  /** Only of the same object, and only if the bytes that came are the stored ones. */
  function mayGoOn() {
    return continuations < mostContinuations && etag.startsWith('"') && (came.bytes === 0 || !isDecoded);
  }

  /**
   * Takes the bytes that are missing from another response.
   * @param {(headers: Record<string, string>) => Promise<Answer>} again
   * @param {NetworkError} broken why the last response ended
   * @returns {Promise<boolean>} false if none are missing
   */
  async function goesOn(again, broken) {
    continuations++;
    const { bytes } = came;
    let rest;
    try {
      rest = await again({ "if-match": etag, ...(bytes > 0 ? { range: `bytes=${bytes}-` } : {}) });
    } catch (/** @type {any} */ reason) {
      const isAtEnd = reason?.$metadata?.httpStatusCode === rangeNotSatisfiable && bytes === (size ?? bytes);
      if (bytes > 0 && isAtEnd) return false;
      throw reason instanceof NetworkError || reason instanceof TimeoutError ? broken : reason;
    }
    const isPart = rest.status === 206;
    const isOther = rest.headers.get("etag") !== etag || (isPart && !isTheRest(rest.headers, bytes, size));
    if (rest.body === null || isOther || (bytes > 0 && mayBeDecoded(rest))) {
      rest.body?.cancel().catch(() => {});
      throw broken;
    }
    isDecoded = mayBeDecoded(rest);
    reader = isPart ? rest.body.getReader() : without(bytes, rest.body).getReader();
    if (isCancelled) reader.cancel().catch(() => {});
    return true;
  }

  const stream = new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await nextOfAll();
        if (done) return controller.close();
        if (came.bytes < headSize) came.head = joined(came.head, value.subarray(0, headSize - came.bytes));
        came.bytes += value.byteLength;
        controller.enqueue(value);
      },
      cancel(reason) {
        isCancelled = true;
        return reader.cancel(reason).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
  const copy = makeAnswer(stream, { status, headers });
  cameOf.set(copy, came);
  return copy;
}

/**
 * A response whose object is requested when its body is read.
 * @param {() => Promise<Answer>} get
 * @returns {Answer} its body ends with the error of `get`
 */
export function whenRead(get) {
  /** @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */
  let reader;
  let isCancelled = false;
  const stream = new ReadableStream(
    {
      async pull(controller) {
        if (reader === undefined) {
          const response = await get();
          cameOf.set(outer, /** @type {Came} */ (cameOf.get(response)));
          if (response.body === null) return controller.close();
          reader = response.body.getReader();
          if (isCancelled) return void reader.cancel().catch(() => {});
        }
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel(reason) {
        isCancelled = true;
        return reader?.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  const outer = makeAnswer(stream);
  return outer;
}

/**
 * The $metadata of an error in the body of a response.
 * @param {Answer} response
 */
export function metadataOf({ status, headers }) {
  return { httpStatusCode: status, requestId: headers.get("x-amz-request-id") ?? undefined, attempts: 1 };
}

/**
 * @param {Pick<Headers, "get">} headers
 * @returns {number | undefined}
 */
function sizeIn(headers) {
  const size = headers.get("content-length");
  return size !== null && /^\d+$/.test(size) ? Number(size) : undefined;
}

/**
 * Whether a partial response has all of an object from a byte on. Where CORS hides Content-Range, its length tells.
 * @param {Pick<Headers, "get">} headers
 * @param {number} bytes
 * @param {number | undefined} size of the object, if it is known
 */
function isTheRest(headers, bytes, size) {
  const range = headers.get("content-range");
  if (range === null) return size !== undefined && sizeIn(headers) === size - bytes;
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range) ?? [];
  return Number(first) === bytes && Number(last) === Number(total) - 1 && Number(total) === (size ?? Number(total));
}

/**
 * A body without its first bytes.
 * @param {number} count
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 */
function without(count, body) {
  let left = count;
  /** @type {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>} */
  const rest = new TransformStream({
    transform(chunk, controller) {
      const part = chunk.subarray(Math.min(left, chunk.byteLength));
      left -= chunk.byteLength - part.byteLength;
      if (part.byteLength > 0) controller.enqueue(part);
    },
    flush(controller) {
      if (left > 0) controller.error(new TypeError("the next response is shorter"));
    },
  });
  return body.pipeThrough(rest);
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
