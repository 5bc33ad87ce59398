// The emulator as a program: serves the sample account and the page on 127.0.0.1.
//
// The environment sets it: PORT (8080; 0 is any free one), JOBS (2500), SEED (1), STRICT (1 refuses unsigned requests),
// RATE (requests a second, more are throttled; 0 is no limit), FAULTS (a plan of faults as JSON, see fault_plan.js),
// ALLOWED_HOSTS (names that it answers for besides localhost and loopback addresses, with commas between them).

import { realpathSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { createAccount } from "./account/account.js";
import { createAuthentication } from "./protocol/authentication.js";
import { deliver } from "./http/delivery.js";
import { createEndpoint } from "./rekognition/endpoint.js";
import { createFaults } from "./faults/faults.js";
import { createHostCheck } from "./http/host_names.js";
import { createIdentityPools } from "./cognito/identity_pools.js";
import { quoted } from "./protocol/quoted.js";
import { createRateLimit } from "./protocol/rate_limit.js";
import { readQuery, readTarget } from "./http/request_target.js";
import { addressOf } from "./s3/address.js";
import { createS3Authentication } from "./s3/authentication.js";
import { createS3Endpoint } from "./s3/endpoint.js";
import { ServiceException } from "./protocol/service_exception.js";
import { createSessions } from "./protocol/sessions.js";
import { SettingsError, readSettings } from "./settings.js";
import { createSite, text } from "./http/static_site.js";
import { createTraffic } from "./protocol/traffic.js";

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
 * @property {readonly import("./protocol/sessions.js").Credentials[]} [sessions] credentials to know besides AWS's example
 * @property {readonly import("./cognito/identity_pools.js").IdentityPool[]} [identityPools]
 * @property {Record<string, import("./s3/buckets.js").BucketSettings>} [buckets] of S3 that differ from the rest
 * @property {readonly import("./faults/fault_plan.js").Fault[]} [faults]
 * @property {import("./protocol/rate_limit.js").RateLimit} [rateLimit]
 * @property {readonly string[]} [allowedHosts] names and addresses that it answers for besides the loopback ones
 */

/**
 * @typedef {object} Server
 * @property {string} url
 * @property {import("./account/account.js").Account} account
 * @property {Readonly<ReturnType<typeof createSessions>>} sessions to add to, or to have credentials issued
 * @property {Readonly<ReturnType<typeof createTraffic>>} traffic what the endpoint was asked
 * @property {(faults: readonly import("./faults/fault_plan.js").Fault[]) => void} setFaults makes a new plan
 * @property {(limit?: import("./protocol/rate_limit.js").RateLimit) => void} setRateLimit
 * @property {() => Promise<void>} close ends open connections too
 */

const HOST = "127.0.0.1";
const MAX_BODY = 64 * 1024;
/** What one caller may keep others waiting by, in milliseconds and connections. */
const LIMITS = {
  keepAliveTimeout: 65_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
};
const MAX_CONNECTIONS = 1_000;
/** What the page is told of its host: the endpoint is where the page is, S3 beneath it. */
const SETTINGS = JSON.stringify({ label: "Sample account", endpoint: "./", s3Endpoint: "./s3/" });
const BUILT_SITE = fileURLToPath(new URL("../build/site/", import.meta.url));

/**
 * Starts the server in this process.
 * @param {Options} [options]
 * @returns {Promise<Server>} rejects when the port cannot be had, or an option says what it cannot say
 */
export async function startServer({
  port = 8080,
  jobs = 2500,
  seed = 1,
  region = "us-east-1",
  now = Date.now,
  clock = now,
  site = BUILT_SITE,
  strict = false,
  sessions: givenSessions,
  identityPools,
  buckets,
  faults: givenFaults,
  rateLimit: givenLimit,
  allowedHosts,
} = {}) {
  const account = createAccount({ now: now(), jobs, seed, region });
  const sessions = createSessions(givenSessions, clock);
  const faults = createFaults(givenFaults);
  const rateLimit = createRateLimit(givenLimit);
  const traffic = createTraffic();
  const authenticate = createAuthentication({ sessions, region, strict });
  const cognito = identityPools && createIdentityPools({ pools: identityPools, sessions });
  const endpoint = createEndpoint({
    account,
    now,
    clock,
    authenticate,
    cognito,
    faults,
    rateLimit,
    traffic,
  });
  const s3 = createS3Endpoint({
    account,
    now,
    clock,
    buckets,
    authenticate: createS3Authentication({ sessions, strict }),
    faults,
    traffic,
  });
  const parts = { endpoint, s3, pages: createSite(site), isOurs: createHostCheck(allowedHosts) };

  const server = createServer(LIMITS, (request, response) => respond(request, response, parts));
  server.maxConnections = MAX_CONNECTIONS;
  await /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, HOST, resolve);
    })
  );
  server.on("error", () => {}); // a connection that could not be taken is no reason to end all others
  return {
    url: `http://${HOST}:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`,
    account,
    sessions,
    traffic,
    setFaults: faults.set,
    setRateLimit: rateLimit.set,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whatever fails here costs this request alone. */
async function respond(request, response, parts) {
  response.on("error", () => {}); // the caller has gone
  try {
    deliver(response, await answer(request, parts));
  } catch {
    if (response.headersSent) response.destroy();
    else deliver(response, text(500, "The server failed on this request.\n"));
  }
}

async function answer(request, { endpoint, s3, pages, isOurs }) {
  const { method } = request;
  const { path, search, authority, hostHeaders } = readTarget(request);
  const refusal = refusalOf(authority, hostHeaders, isOurs);
  if (refusal) return refusal;
  const [host] = hostHeaders;
  const headers = { ...request.headers, host };
  if (s3.serves({ path, host })) return s3({ method, path, query: readQuery(search), headers, body: "" });
  if (method === "GET" && path === "/settings.json") return text(200, SETTINGS, "application/json");
  if (method === "GET" || method === "HEAD") return pages(path, headers["if-none-match"]);
  if (path !== "/") return text(404, "Not found.\n");
  const body = await readBody(request);
  return body ? endpoint({ method, path, query: readQuery(search), headers, body }) : tooLarge();
}

/**
 * What a request is told that does not name this server as its host. The names of AWS's S3 are not anyone's to lead
 * here, and get nothing but S3.
 */
function refusalOf(authority, hostHeaders, isOurs) {
  if (hostHeaders.length !== 1) return text(400, `A request must have one Host header, not ${hostHeaders.length}.\n`);
  const isS3 = (host) => addressOf({ path: "", host })?.region !== undefined;
  const foreign = [authority ?? hostHeaders[0], ...hostHeaders].find((host) => !isOurs(host) && !isS3(host));
  if (foreign === undefined) return undefined;
  return text(
    421,
    `This server answers for localhost and loopback addresses, not for ${quoted(foreign)}. ` +
      "ALLOWED_HOSTS names what it is to answer for besides.\n",
  );
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
    if (error.syscall !== "listen") throw error;
    const reason = error.code === "EADDRINUSE" ? "is taken" : `cannot be had (${error.code})`;
    throw new Error(`Port ${settings.port} of ${HOST} ${reason}. Set PORT to another one; 0 is any free one.`);
  });
  console.log(server.url);
  const stop = () => server.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error.message);
    process.exit(error instanceof SettingsError ? 2 : 1);
  });
}
