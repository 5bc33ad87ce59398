// Wraps the body of an object: a broken or silent connection ends it with an error that names the object.
import { startTimer } from "../util/abort.js";
import { NetworkError, TimeoutError } from "../util/errors.js";

/**
 * Wraps the body of a response.
 * @param {Response} response a success
 * @param {string} uri
 * @param {number} patience milliseconds that the next bytes may take after they are requested
 * @returns {Response} a copy; its stream ends with a NetworkError when the connection breaks, and with a TimeoutError
 *   when no bytes arrive
 */
export function namingBreaks(response, uri, patience) {
  const { status, headers, body } = response;
  if (body === null) return response;
  const reader = body.getReader();
  let bytes = 0;

  /** @returns {Promise<ReadableStreamReadResult<Uint8Array>>} */
  function next() {
    return new Promise((resolve, reject) => {
      const after = () => `after ${bytes.toLocaleString("en")} bytes of ${uri}`;
      const facts = { $retryable: { throttling: false }, $metadata: metadataOf(response) };
      const timer = startTimer(() => {
        const error = new TimeoutError({ message: `nothing came for ${patience} ms ${after()}: try again`, ...facts });
        reject(error);
        reader.cancel(error).catch(() => {});
      }, patience);
      reader
        .read()
        .then(resolve, (reason) => {
          const words = reason instanceof Error ? reason.message : String(reason);
          reject(new NetworkError({ message: `the connection broke off ${after()} (${words}): try again`, ...facts }));
        })
        .finally(() => clearTimeout(timer));
    });
  }

  const stream = new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await next();
        if (done) return controller.close();
        bytes += value.byteLength;
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, { status, headers });
}

/**
 * The $metadata of an error in the body of a response.
 * @param {Response} response
 */
export function metadataOf({ status, headers }) {
  return { httpStatusCode: status, requestId: headers.get("x-amz-request-id") ?? undefined, attempts: 1 };
}
