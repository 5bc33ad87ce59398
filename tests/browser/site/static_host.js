// A host that has nothing but the built page's files, at a path of its own, and answers GET alone.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";

const site = new URL("../../../build/site/", import.meta.url);
const TYPES = {
  html: "text/html",
  css: "text/css",
  js: "text/javascript",
  json: "application/json",
  svg: "image/svg+xml",
  wasm: "application/wasm",
};

/**
 * @param {string} path  such as "/some/where/"
 * @returns {Promise<{ url: string, asked: string[], close: () => Promise<void> }>}
 */
export async function startStaticHost(path) {
  const asked = [];
  const host = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    asked.push(`${request.method} ${pathname}`);
    if (request.method !== "GET") return response.writeHead(405).end();
    const name = pathname.startsWith(path) ? pathname.slice(path.length) || "index.html" : "";
    const file = /^[\w.-]+$/.test(name) ? await readFile(new URL(name, site)).catch(() => undefined) : undefined;
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[name.split(".").at(-1)] }).end(file);
  });
  await new Promise((resolve) => host.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${host.address().port}${path}`,
    asked,
    async close() {
      host.closeAllConnections();
      await new Promise((resolve) => host.close(resolve));
    },
  };
}
