// An S3 of one object, over real HTTP: it answers Range and If-Match, and breaks its connections where a test says.

import { once } from "node:events";
import { createServer } from "node:http";

/**
 * @typedef {object} Behaviour
 * @property {number[]} [breaks] after how many bytes of its body each answer breaks off, the first one first
 * @property {string | null} [etag] null is none
 * @property {(request: number) => string | null | undefined} [etagOf] of the object as it is at a request, from 1
 * @property {boolean} [ignoresRange] whether it answers the whole object each time
 * @property {boolean} [isChunked] whether it does not say how long the object is
 * @property {Record<string, string>} [headers]
 */

/**
 * Serves an object for the time that a test uses it.
 * @template T
 * @param {Buffer} bytes
 * @param {Behaviour} behaviour
 * @param {(server: { url: string, asked: import("node:http").IncomingMessage[] }) => Promise<T>} use
 */
export async function withBytes(bytes, behaviour, use) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(bytes, behaviour, asked.length, request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    return await use({ url: `http://127.0.0.1:${server.address().port}/`, asked });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function answer(
  bytes,
  { breaks = [], etag = '"e1"', etagOf, ignoresRange, isChunked, headers = {} },
  at,
  request,
  response,
) {
  const current = etagOf?.(at) ?? etag;
  const wanted = request.headers["if-match"];
  if (wanted !== undefined && wanted !== current) {
    response.writeHead(412).end("<Error><Code>PreconditionFailed</Code><Message>It did not hold</Message></Error>");
    return;
  }
  const from = ignoresRange ? 0 : Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const isPart = request.headers.range !== undefined && !ignoresRange;
  if (isPart && from >= bytes.length) {
    response.writeHead(416).end("<Error><Code>InvalidRange</Code></Error>");
    return;
  }
  const body = bytes.subarray(from);
  response.writeHead(isPart ? 206 : 200, {
    ...(current === null ? {} : { etag: current }),
    ...(isPart ? { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    ...(isChunked ? {} : { "content-length": body.length }),
    ...headers,
  });
  const most = breaks[at - 1];
  if (most === undefined || most > body.length || (most === body.length && !isChunked)) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  const breakOff = () => setTimeout(() => response.destroy(), 2);
  if (most === 0) breakOff();
  else response.write(body.subarray(0, most), breakOff);
}
