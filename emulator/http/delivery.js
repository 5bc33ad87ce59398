// Sends a response, whole or as a fault would have it: cut off, drop by drop, never, or the connection reset.

import { Readable, pipeline } from "node:stream";

/** @typedef {{ kind: "reset" | "cut" | "hang" } | { kind: "drip", overMs: number }} Delivery */

const DROPS = 50;

/**
 * @param {import("node:http").ServerResponse} response
 * @param {{ status: number, headers: Record<string, string>, body: string | Buffer | Iterable<Uint8Array>,
 *   delivery?: Delivery }} answer a body in chunks is made as it is sent, and its headers tell its length
 */
export function deliver(response, { status, headers, body, delivery }) {
  const isMadeInChunks = typeof body !== "string" && !Buffer.isBuffer(body);
  if (isMadeInChunks && !delivery) {
    response.writeHead(status, headers);
    pipeline(Readable.from(body), response, () => {}); // a body that breaks off, on either side, ends its connection
    return;
  }
  const bytes = isMadeInChunks ? Buffer.concat([...body]) : Buffer.from(body);
  const isBodiless = status === 204 || status === 304;
  const begin = () => response.writeHead(status, isBodiless ? headers : { ...headers, "content-length": bytes.length });
  switch (delivery?.kind) {
    case "reset":
      response.socket?.resetAndDestroy();
      break;
    case "hang":
      break;
    case "cut":
      begin();
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
      break;
    case "drip":
      begin();
      drip(response, bytes, delivery.overMs);
      break;
    default:
      begin();
      response.end(bytes);
  }
}

function drip(response, bytes, overMs) {
  let sent = 0;
  const dropNext = () => {
    if (response.destroyed) return;
    const from = Math.ceil((bytes.length * sent) / DROPS);
    sent++;
    const drop = bytes.subarray(from, Math.ceil((bytes.length * sent) / DROPS));
    if (sent < DROPS) {
      response.write(drop);
      return;
    }
    clearInterval(timer);
    response.end(drop);
  };
  const timer = setInterval(dropNext, overMs / DROPS);
  response.once("close", () => clearInterval(timer));
}
