// The built-in endpoint as a program: serves the sample account and the page on 127.0.0.1.
//
// The environment sets it: PORT (8080; 0 is any free one), JOBS (2500), SEED (1), STRICT (1 refuses unsigned requests),
// RATE (requests a second, more are throttled; 0 is no limit), FAULTS (a plan of faults as JSON, see fault_plan.js).

import { realpathSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { createAccount } from "./account.js";
import { createAuthentication } from "./authentication.js";
import { deliver } from "./delivery.js";
import { createEndpoint } from "./endpoint.js";
import { createFaults } from "./faults.js";
import { createIdentityOperations } from "./identity_pools.js";
import { createRateLimit } from "./rate_limit.js";
import { createS3Authentication } from "./s3_authentication.js";
import { createS3Endpoint } from "./s3_endpoint.js";
import { ServiceException } from "./service_exception.js";
import { createSessions } from "./sessions.js";
import { readSettings } from "./settings.js";
import { createSite, text } from "./static_site.js";
import { createTraffic } from "./traffic.js";

/**
 * @typedef {object} Options
 * @property {number} [port] 0 is any free one
 * @property {number} [jobs]
 * @property {number} [seed]
 * @property {string} [region] of the account; signatures must be scoped to it
 * @property {() => number} [now] the account's clock, in milliseconds since 1970
 * @property {() => number} [clock] the clock that callers are shown and signatures are checked by; `now`, if not given
 * @property {string} [site] the folder of the page's files
 * @property {boolean} [strict] whether a request without a signature is refused too
 * @property {readonly import("./sessions.js").Credentials[]} [sessions] credentials to know besides AWS's example
 * @property {readonly import("./identity_pools.js").IdentityPool[]} [identityPools]
 * @property {Record<string, import("./s3_buckets.js").BucketSettings>} [buckets] of S3 that differ from the rest
 * @property {readonly import("./fault_plan.js").Fault[]} [faults]
 * @property {import("./rate_limit.js").RateLimit} [rateLimit]
 */

/**
 * @typedef {object} Server
 * @property {string} url
 * @property {import("./account.js").Account} account
 * @property {Readonly<ReturnType<typeof createSessions>>} sessions to add to, or to have credentials issued
 * @property {Readonly<ReturnType<typeof createTraffic>>} traffic what the endpoint was asked
 * @property {(faults: readonly import("./fault_plan.js").Fault[]) => void} setFaults makes a new plan
 * @property {(limit?: import("./rate_limit.js").RateLimit) => void} setRateLimit
 * @property {() => Promise<void>} close ends open connections too
 */

const HOST = "127.0.0.1";
const MAX_BODY = 64 * 1024;
const KEEP_ALIVE = 65_000;
/** What the page is told of its host: the endpoint is where the page is, S3 beneath it. */
const SETTINGS = JSON.stringify({ label: "Sample account", endpoint: "./", s3Endpoint: "./s3/" });
const BUILT_SITE = fileURLToPath(new URL("../../build/site/", import.meta.url));

/**
 * Starts the server in this process.
 * @param {Options} [options]
 * @returns {Promise<Server>} rejects when the port cannot be had, or an option says what it cannot say
 */
export async function startServer({
  port = 8080, jobs = 2500, seed = 1, region = "us-east-1", now = Date.now, clock = now, site = BUILT_SITE,
  strict = false, sessions: givenSessions, identityPools, buckets, faults: givenFaults, rateLimit: givenLimit,
} = {}) {
  const account = createAccount({ now: now(), jobs, seed, region });
  const sessions = createSessions(givenSessions, clock);
  const faults = createFaults(givenFaults);
  const rateLimit = createRateLimit(givenLimit);
  const traffic = createTraffic();
  const authenticate = createAuthentication({ sessions, region, strict });
  const identityOperations = identityPools && createIdentityOperations({ pools: identityPools, sessions });
  const endpoint = createEndpoint({
    account, now, clock, authenticate, identityOperations, faults, rateLimit, traffic,
  });
  const s3 = createS3Endpoint({
    account, now, clock, buckets, authenticate: createS3Authentication({ sessions, strict }), faults, traffic,
  });
  const pages = createSite(site);

  const server = createServer((request, response) => {
    answer(request, { endpoint, s3, pages }).then(
      (answered) => deliver(response, answered),
      () => deliver(response, text(500, "The server failed on this request.\n")),
    );
  });
  server.keepAliveTimeout = KEEP_ALIVE;
  await /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  }));
  return {
    url: `http://${HOST}:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`,
    account,
    sessions,
    traffic,
    setFaults: faults.set,
    setRateLimit: rateLimit.set,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

async function answer(request, { endpoint, s3, pages }) {
  const { method, headers } = request;
  const [path, ...search] = request.url.split("?");
  const parameters = new URLSearchParams(search.join("?"));
  const query = Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name)]));
  if (s3.serves({ path, host: headers.host })) return s3({ method, path, query, headers, body: "" });
  if (method === "GET" && path === "/settings.json") return text(200, SETTINGS);
  if (method === "GET" || method === "HEAD") return pages(path, headers["if-none-match"]);
  if (path !== "/") return text(404, "Not found.\n");
  const body = await readBody(request);
  return body ? endpoint({ method, path, query, headers, body }) : tooLarge();
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
  const message = `A request's body may have ${MAX_BODY} bytes.`;
  const { response } = new ServiceException("RequestEntityTooLargeException", message);
  return { ...response, headers: { ...response.headers, connection: "close" } };
}

async function main() {
  const settings = readSettings(process.env);
  const server = await startServer(settings).catch((error) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(`Port ${settings.port} of ${HOST} is taken. Set PORT to another one; 0 is any free one.`);
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
