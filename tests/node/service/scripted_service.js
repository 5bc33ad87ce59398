// A service for tests that answers as it is told: scripted over HTTP, or as the list of a small account.

import { once } from "node:events";
import { createServer } from "node:http";

const TYPE = "application/x-amz-json-1.1";

/**
 * @typedef {object} Answer
 * @property {number} [status] 200 without one
 * @property {Record<string, string>} [headers]
 * @property {string | Uint8Array | object} [body] an object is sent as JSON
 * @property {"before" | "in body" | undefined} [hangs] where it stops and says nothing more
 * @property {"before" | "in body" | undefined} [breaks] where it drops the connection
 */

/**
 * A server on the loopback host. `answer(request, index)` tells what to say to each request, `{ target, body, headers,
 * method, path }` with the body parsed; `requests` keeps them.
 */
export async function startService(answer) {
  const requests = [];
  let cutOff = 0;
  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method, url, headers } = incoming;
    const target = headers["x-amz-target"]?.replace("RekognitionService.", "");
    const request = { target, method, path: url, headers, body: JSON.parse(Buffer.concat(chunks).toString()) };
    requests.push(request);
    outgoing.on("close", () => {
      if (!outgoing.writableFinished) cutOff++;
    });
    const { status = 200, headers: extra = {}, body = "", hangs, breaks } = await answer(request, requests.length - 1);
    if (hangs === "before") return;
    if (breaks === "before") return outgoing.destroy();
    const bytes =
      typeof body === "string" || body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
    outgoing.writeHead(status, { "content-type": TYPE, "content-length": bytes.length, ...extra });
    if (!hangs && !breaks) return outgoing.end(bytes);
    outgoing.write(bytes.subarray(0, bytes.length >> 1));
    if (breaks) setTimeout(() => outgoing.destroy(), 10);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    requests,
    /** Requests whose connection the client closed before their answer was sent. */
    get cutOff() {
      return cutOff;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const exception = (type, { status = 400, message = `this is ${type}`, headers } = {}) => ({
  status,
  headers,
  body: { __type: type, message },
});

/** Answers requests over `account.jobs`, newest first, as the service would: its tokens are places in that list. */
export function answerFrom(account, { pageSize = 100 } = {}) {
  return ({ target, body }) => {
    if (target === "GetMediaAnalysisJob") {
      const job = account.jobs.find(({ JobId }) => JobId === body.JobId);
      return job ? { body: job } : exception("ResourceNotFoundException");
    }
    const first = body.NextToken ? account.jobs.findIndex(({ JobId }) => `after ${JobId}` === body.NextToken) + 1 : 0;
    const page = account.jobs.slice(first, first + (body.MaxResults ?? pageSize));
    const hasMore = first + page.length < account.jobs.length;
    return { body: { MediaAnalysisJobs: page, ...(hasMore && { NextToken: `after ${page.at(-1).JobId}` }) } };
  };
}

/** A `fetch` that asks `answer` without a network; it heeds its signal. */
export function fetchFrom(answer) {
  const requests = [];
  const fetch = async (url, { headers, body, signal }) => {
    signal.throwIfAborted();
    const request = {
      target: new Headers(headers).get("x-amz-target").replace("RekognitionService.", ""),
      body: JSON.parse(body),
    };
    requests.push(request);
    const {
      status = 200,
      headers: extra = {},
      body: said = "",
      hangs,
      breaks,
    } = await answer(request, requests.length - 1);
    if (breaks) throw new TypeError("fetch failed");
    if (hangs) {
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    }
    return new Response(typeof said === "string" ? said : JSON.stringify(said), { status, headers: extra });
  };
  return Object.assign(fetch, { requests });
}
