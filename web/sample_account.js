// The sample account without a server: the built-in endpoint itself, run in the page and called like fetch.
import { createAccount } from "./demo/account.js";
import { createEndpoint } from "./demo/endpoint.js";

/**
 * @param {Parameters<typeof createAccount>[0]} [options] by default the account of the built-in server
 * @param {() => number} [now]
 * @returns {typeof fetch} answers the service's requests, whichever URL they name
 */
export function createSampleFetch(options = { now: Date.now() }, now = Date.now) {
  const endpoint = createEndpoint({ account: createAccount(options), now });
  return async (_url, { method, headers, body, signal }) => {
    signal?.throwIfAborted();
    const answered = await endpoint({ method, headers: Object.fromEntries(new Headers(headers)), body });
    return new Response(answered.body, { status: answered.status, headers: answered.headers });
  };
}
