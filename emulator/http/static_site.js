// Serves the built page's files from one folder, and nothing outside it.

import { open, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { CONTENT_TYPES, HOST_HEADERS } from "../../web/host_headers.js";

/** @typedef {{ status: number, headers: Record<string, string>, body: string | Buffer }} SiteResponse */

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  ...CONTENT_TYPES,
  ico: "image/x-icon",
  map: "application/json",
  png: "image/png",
};

const HEADERS = {
  ...Object.fromEntries(Object.entries(HOST_HEADERS).map(([name, value]) => [name.toLowerCase(), value])),
  "cache-control": "no-cache",
};

/** What Node says of a path that names no readable file; the last one is of a zero byte in it. */
const NOT_THERE = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EACCES", "ERR_INVALID_ARG_VALUE"]);

/**
 * @param {string} folder
 * @returns {(path: string, ifNoneMatch?: string) => Promise<SiteResponse>} answers a URL's path, still percent-encoded
 */
export function createSite(folder) {
  return async (path, ifNoneMatch) => {
    const name = path.endsWith("/") ? `${path}index.html` : path;
    const file = await openWithin(folder, name);
    if (!file) {
      return text(404, path === "/" ? "The page is not built yet: ./dev build makes it.\n" : "Not found.\n");
    }
    try {
      const { size, mtimeMs } = await file.stat();
      const etag = `"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`;
      const headers = { ...HEADERS, etag };
      if (ifNoneMatch === etag) return { status: 304, headers, body: "" };
      const type = TYPES[extname(name).slice(1).toLowerCase()] ?? "application/octet-stream";
      return { status: 200, headers: { ...headers, "content-type": type }, body: await file.readFile() };
    } finally {
      await file.close();
    }
  };
}

/**
 * A response of text: plain, if no other type is given.
 * @param {number} status
 * @param {string} body
 * @param {string} [type]
 * @returns {SiteResponse}
 */
export function text(status, body, type = TYPES.txt) {
  return { status, headers: { ...HEADERS, "content-type": type }, body };
}

async function openWithin(folder, path) {
  try {
    const root = await realpath(folder);
    const target = await realpath(join(root, decodeURIComponent(path)));
    if (!target.startsWith(root + sep)) return undefined;
    const file = await open(target);
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (error) {
    if (!(error instanceof URIError || NOT_THERE.has(error.code))) throw error;
  }
  return undefined;
}
