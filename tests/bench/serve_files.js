// Serves the project's files to the pages of the benchmarks.
import { createReadStream } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { extname } from "node:path";

const root = new URL("../../", import.meta.url);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
/** Apart from other sites' pages, a page is given fine clocks. */
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

function serve(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const file = createReadStream(new URL(`.${pathname}`, root));
  const type = TYPES[extname(pathname)] ?? "application/octet-stream";
  file.on("open", () => response.writeHead(200, { "content-type": type, ...ISOLATED }));
  file.on("error", () => response.writeHead(404).end());
  file.pipe(response);
}

/** @returns {Promise<{ url: string, close: () => Promise<void> }>} */
export async function startFiles() {
  const server = createServer(serve).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
