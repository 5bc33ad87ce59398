// What each fault of the plan does to a request that it strikes.

import { createFaultPlan } from "./fault_plan.js";
import { throttling } from "../protocol/rate_limit.js";
import { S3Exception } from "../protocol/s3_exception.js";
import { AuthenticationException, ServiceException } from "../protocol/service_exception.js";

/**
 * @typedef {import("./fault_plan.js").Fault} Fault
 * @typedef {import("../rekognition/endpoint.js").Request} Request
 * @typedef {import("../rekognition/endpoint.js").Response} Response
 * @typedef {ReturnType<typeof import("../rekognition/operations.js").createService> &
 *   import("../cognito/identity_pools.js").IdentityPools} Service
 * @typedef {(fault: Fault, go: () => Promise<Response>, request: Request, service: Service) => Promise<Response>} Effect
 *   go: on to the answer without the fault
 */

const MINUTE = 60_000;
const HTML = `<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center></body>
</html>
`;

const SIGN_IN = `<!doctype html>
<html><head><title>Sign in</title></head><body><form action="/login">This network asks you to sign in.</form></body></html>
`;

/** @type {Record<string, Effect>} */
const EFFECTS = {
  throttle: async ({ name = "ThrottlingException", status, ...fault }) => {
    throw throttling({ name, status, headers: retryAfter(fault) });
  },
  "retry-after": async ({ name = "ThrottlingException", status, ...fault }) => {
    const headers = retryAfter(fault);
    const isTold = Object.keys(headers).length > 0;
    const told = isTold ? headers : retryAfter({ retryAfterMs: 1000, retryAfterSeconds: 1 });
    throw throttling({ name, status, headers: told });
  },
  internal: async (fault) => {
    const message = "Amazon Rekognition experienced a service issue. Try your call again.";
    throw new ServiceException("InternalServerError", message, { headers: retryAfter(fault) });
  },
  unavailable: async (fault) => ({ status: 503, headers: retryAfter(fault), body: "" }),
  refusal: async ({ name, status, message, details }, _, { exchange }) => {
    if (exchange.operation === "GetObject") throw new S3Exception(name, { message, status, details });
    throw new ServiceException(name, message ?? "This request is refused by a fault.", { status });
  },
  html: async () => ({ status: 502, headers: { "content-type": "text/html" }, body: HTML }),

  portal: async ({ text = SIGN_IN }) => ({ status: 200, headers: { "content-type": "text/html" }, body: text }),
  empty: async (_, go) => ({ ...(await go()), headers: { "content-length": "0" }, body: "" }),
  "no-content": async () => ({ status: 204, headers: {}, body: "" }),
  gzip: async ({ encoding }, go) => {
    const response = await go();
    const body = await gzipped(/** @type {Iterable<Uint8Array>} */ (response.body));
    const headers = { ...response.headers, "content-length": String(body.length) };
    if (encoding !== undefined) headers["content-encoding"] = encoding;
    return { ...response, headers, body: [body] };
  },

  reset: async (_, go) => ({ ...(await go()), delivery: { kind: "reset" } }),
  cut: async (_, go) => ({ ...(await go()), delivery: { kind: "cut" } }),
  hang: async (_, go) => ({ ...(await go()), delivery: { kind: "hang" } }),
  drip: async ({ overMs = 2000 }, go) => ({ ...(await go()), delivery: { kind: "drip", overMs } }),
  "half-json": async (_, go) => {
    const response = await go();
    const body = /** @type {string} */ (response.body);
    return { ...response, body: body.slice(0, body.length >> 1) };
  },
  "byte-order-mark": async (_, go) => {
    const response = await go();
    return { ...response, body: `\uFEFF${response.body}` };
  },

  "deleted-identity": async (_, go, { input }, service) => {
    service.deleteIdentity(input.IdentityId);
    return go();
  },

  "long-token": async (_, go, __, service) => {
    const response = await go();
    const { NextToken } = JSON.parse(/** @type {string} */ (response.body));
    return NextToken === undefined ? response : withNextToken(response, service.lengthenedToken(NextToken));
  },
  "repeated-token": async (_, go, { input, exchange }, service) =>
    withNextToken(await go(), input.NextToken ?? service.tokenOfStart(exchange.at)),
  "empty-token": async (_, go) => withNextToken(await go(), ""),
  "null-token": async (_, go) => withNextToken(await go(), null),
  "expired-token": async () => {
    throw new ServiceException("InvalidPaginationTokenException", "The pagination token has expired.");
  },
};

/** @param {readonly Fault[]} [initial] */
export function createFaults(initial = []) {
  let next;
  let expired;

  /** Puts another plan in place of the one before, all its counts at the start. @param {readonly Fault[]} faults */
  const set = (faults) => {
    next = createFaultPlan(faults);
    expired = new Map();
  };
  set(initial);

  return {
    set,

    /** How far the server's clock is off for this request, in milliseconds. @param {Request} request */
    skew: ({ exchange }) => (next(exchange, (kind) => kind === "skew")?.minutes ?? 0) * MINUTE,

    /** Whether a bucket says nothing of CORS this time. @param {Request} request */
    withholdsCors: ({ exchange }) => next(exchange, (kind) => kind === "no-cors") !== undefined,

    /**
     * @param {Request} request
     * @param {() => Promise<Response>} go
     * @param {Parameters<Effect>[3]} service
     */
    async strike(request, go, service) {
      const { exchange } = request;
      const { caller } = exchange;
      const isExpired = exchange.signed && expired.has(caller);
      const fault = isExpired ? undefined : next(exchange, (kind) => kind !== "skew" && kind !== "no-cors");
      if (fault?.kind === "expired-credentials") expired.set(caller, fault.name ?? "ExpiredTokenException");
      if (isExpired || fault?.kind === "expired-credentials") {
        exchange.fault = "expired-credentials";
        throw new AuthenticationException(expired.get(caller), "The security token included in the request is expired");
      }
      if (!fault) return go();
      exchange.fault = fault.kind;
      return EFFECTS[fault.kind](fault, go, request, service);
    },
  };
}

/** @param {Pick<Fault, "retryAfterMs" | "retryAfterSeconds">} fault */
function retryAfter({ retryAfterMs, retryAfterSeconds }) {
  const headers = {};
  if (retryAfterMs !== undefined) headers["x-amz-retry-after"] = String(retryAfterMs);
  if (retryAfterSeconds !== undefined) headers["retry-after"] = String(retryAfterSeconds);
  return headers;
}

/** @param {Iterable<Uint8Array>} chunks */
async function gzipped(chunks) {
  const packed = new Blob(/** @type {Uint8Array<ArrayBuffer>[]} */ ([...chunks]))
    .stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

function withNextToken(response, token) {
  return { ...response, body: JSON.stringify({ ...JSON.parse(response.body), NextToken: token }) };
}
