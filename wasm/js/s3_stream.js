// The body of an object as it comes, with a name for a connection that breaks.
import { NetworkError } from "./errors.js";

/**
 * @param {Response} response a success
 * @param {string} uri
 * @returns {Response} the same, whose stream ends with a NetworkError where the connection does
 */
export function namingBreaks(response, uri) {
  const { status, headers, body } = response;
  if (body === null) return response;
  const reader = body.getReader();
  let bytes = 0;
  const stream = new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch((reason) => {
          throw brokenOff(reason, uri, bytes, response);
        });
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
 * @param {unknown} reason
 * @param {string} uri
 * @param {number} bytes
 * @param {Response} response
 */
function brokenOff(reason, uri, bytes, { status, headers }) {
  const words = reason instanceof Error ? reason.message : String(reason);
  return new NetworkError({
    message: `the connection broke off after ${bytes.toLocaleString("en")} bytes of ${uri} (${words}): try again`,
    $retryable: { throttling: false },
    $metadata: { httpStatusCode: status, requestId: headers.get("x-amz-request-id") ?? undefined, attempts: 1 },
  });
}
