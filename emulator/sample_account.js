// The sample account without a server: the emulator and its S3, run in the page and called like fetch.
import { createAccount } from "./account/account.js";
import { readQuery } from "./http/request_target.js";
import { createEndpoint } from "./rekognition/endpoint.js";
import { createS3Endpoint } from "./s3/endpoint.js";

/** Where the sample's S3 seems to be; nothing is sent there. */
export const SAMPLE_S3 = "https://s3.sample.invalid/s3/";

/**
 * @param {Parameters<typeof createAccount>[0]} [options] by default the account of the built-in server
 * @param {() => number} [now]
 * @returns {typeof fetch} answers the service's requests, whichever URL they name, and GETs of S3
 */
export function createSampleFetch(options = { now: Date.now() }, now = Date.now) {
  const account = createAccount(options);
  const endpoint = createEndpoint({ account, now });
  const s3 = createS3Endpoint({ account, now });
  return async (url, /** @type {any} */ { method, headers, body, signal }) => {
    signal?.throwIfAborted();
    const request = { method, headers: Object.fromEntries(new Headers(headers)), body };
    const { pathname, search } = new URL(String(url));
    const answered = await (method === "GET"
      ? s3({ ...request, path: pathname, query: readQuery(search) })
      : endpoint(request));
    const { status, headers: told, body: content } = answered;
    return new Response(typeof content === "string" ? content : streamOf(content), { status, headers: told });
  };
}

/** A stream whose chunks are made as they are taken. */
function streamOf(chunks) {
  const iterator = chunks[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}
