// Serves a built folder as a static host does, with a policy for its pages if one is given.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
};

/**
 * @param {string} folder
 * @param {string} [policy]  its Content-Security-Policy
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveFolder(folder, policy) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(/** @type {string} */ (request.url), "http://host").pathname));
    const file = path.endsWith("/") ? `${path}index.html` : path;
    const body = await readFile(join(folder, file)).catch(() => undefined);
    if (body === undefined) return response.writeHead(404).end("Not found");
    const headers = {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "access-control-allow-origin": "*", // as a CDN
    };
    response.writeHead(200, policy ? { ...headers, "content-security-policy": policy } : headers).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
