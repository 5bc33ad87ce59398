// HTTP as bytes, for what no client would send.
import { once } from "node:events";
import { connect } from "node:net";

/**
 * Sends the bytes and gives what comes back until the server ends the connection, or `wait` milliseconds have passed.
 * @param {string} url
 * @param {string | Uint8Array} bytes
 * @param {{ wait?: number, end?: boolean }} [options] end: half-closes the connection after the bytes
 * @returns {Promise<{ status: number | undefined, text: string, isClosed: boolean }>}
 */
export async function sendBytes(url, bytes, { wait = 5_000, end = false } = {}) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = "";
  let isClosed = false;
  socket
    .setEncoding("latin1")
    .on("data", (chunk) => {
      text += chunk;
    })
    .on("error", () => {});
  const closed = once(socket, "close").then(() => {
    isClosed = true;
  });
  await once(socket, "connect");
  if (end) socket.end(bytes);
  else socket.write(bytes);
  let timer;
  await Promise.race([
    closed,
    new Promise((resolve) => {
      timer = setTimeout(resolve, wait);
    }),
  ]);
  clearTimeout(timer);
  const told = { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]) || undefined, text, isClosed };
  socket.destroy();
  return told;
}
