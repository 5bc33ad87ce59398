// The body of an object as it comes, with a name for a connection that breaks or falls silent.
import { startTimer } from "../util/abort.js";
import { NetworkError, TimeoutError } from "../util/errors.js";

/**
 * @param {Response} response a success
 * @param {string} uri
 * @param {number} patience milliseconds that the next bytes may take, from when they are asked for
 * @returns {Response} the same, whose stream ends with a NetworkError where the connection does, and with a
 *   TimeoutError where no more comes
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
      reader.read().then(resolve, (reason) => {
        const words = reason instanceof Error ? reason.message : String(reason);
        reject(new NetworkError({ message: `the connection broke off ${after()} (${words}): try again`, ...facts }));
      }).finally(() => clearTimeout(timer));
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
 * What an error tells of the answer in whose body it is.
 * @param {Response} response
 */
export function metadataOf({ status, headers }) {
  return { httpStatusCode: status, requestId: headers.get("x-amz-request-id") ?? undefined, attempts: 1 };
}
