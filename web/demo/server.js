// The built-in endpoint as a program: serves the sample account and the page on 127.0.0.1.
//
// PORT (8080; 0 is any free one), JOBS (2500) and SEED (1) in the environment set it.

import { realpathSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { createAccount } from "./account.js";
import { createEndpoint, exceptionResponse } from "./endpoint.js";
import { ServiceException } from "./service_exception.js";
import { createSite, text } from "./static_site.js";

const HOST = "127.0.0.1";
const MAX_BODY = 64 * 1024;
const KEEP_ALIVE = 65_000;
const BUILT_SITE = fileURLToPath(new URL("../../build/site/", import.meta.url));

/**
 * Starts the server in this process.
 * @param {object} [options]
 * @param {number} [options.port] 0 is any free one
 * @param {number} [options.jobs]
 * @param {number} [options.seed]
 * @param {() => number} [options.now] the clock, in milliseconds since 1970
 * @param {string} [options.site] the folder of the page's files
 * @returns {Promise<{ url: string, account: import("./account.js").Account, close: () => Promise<void> }>}
 *   rejects when the port cannot be had
 */
export async function startServer({ port = 8080, jobs = 2500, seed = 1, now = Date.now, site = BUILT_SITE } = {}) {
  const account = createAccount({ now: now(), jobs, seed });
  const endpoint = createEndpoint({ account, now });
  const pages = createSite(site);
  const server = createServer((request, response) => {
    answer(request, endpoint, pages).then(
      (answered) => send(response, answered),
      () => send(response, text(500, "The server failed on this request.\n")),
    );
  });
  server.keepAliveTimeout = KEEP_ALIVE;
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
  return {
    url: `http://${HOST}:${server.address().port}/`,
    account,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

async function answer(request, endpoint, pages) {
  const { method, headers } = request;
  const [path] = request.url.split("?");
  if (method === "GET" || method === "HEAD") return pages(path, headers["if-none-match"]);
  if (path !== "/") return text(404, "Not found.\n");
  const body = await readBody(request);
  return body ? endpoint({ method, headers, body }) : tooLarge();
}

/** The request's body, or undefined when it is larger than the limit. */
async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge() {
  const response = exceptionResponse(
    new ServiceException("RequestEntityTooLargeException", `A request's body may have ${MAX_BODY} bytes.`),
  );
  return { ...response, headers: { ...response.headers, connection: "close" } };
}

function send(response, { status, headers, body }) {
  const bytes = Buffer.from(body);
  response.writeHead(status, status === 204 || status === 304 ? headers : { ...headers, "content-length": bytes.length });
  response.end(bytes);
}

function wholeNumber(name, fallback, largest) {
  const given = process.env[name];
  if (given === undefined || given === "") return fallback;
  if (/^\d+$/.test(given) && Number(given) <= largest) return Number(given);
  throw new RangeError(`${name} must be a whole number from 0 to ${largest}, not ${JSON.stringify(given)}.`);
}

async function main() {
  const port = wholeNumber("PORT", 8080, 65535);
  const jobs = wholeNumber("JOBS", 2500, 10_000_000);
  const seed = wholeNumber("SEED", 1, 4_294_967_295);
  const server = await startServer({ port, jobs, seed }).catch((error) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(`Port ${port} of ${HOST} is taken. Set PORT to another one; 0 is any free one.`);
  });
  console.log(server.url);
  const stop = () => server.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
