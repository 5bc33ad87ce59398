// Builds a project of the matrix and runs it where it belongs: by a program, in Chromium, or by asking its server.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "../package/installed.js";
import { serveFolder } from "./static_host.js";

const BUILD_LIMIT = 300_000;
const RUN_LIMIT = 60_000;
const LOOK_EVERY = 100;
/** What tools would otherwise ask the network for, or say in colours. */
const QUIET = {
  CI: "true",
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
  NEXT_TELEMETRY_DISABLED: "1",
  NG_CLI_ANALYTICS: "false",
  PARCEL_DISABLE_TELEMETRY: "1",
  WRANGLER_SEND_METRICS: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  DENO_NO_UPDATE_CHECK: "1",
  // The runner of these tests tells its children that they are tests.
  NODE_TEST_CONTEXT: undefined,
  NODE_OPTIONS: undefined,
};

/** @typedef {import("./rows.js").Variant} Variant */
/** @typedef {{ folder: string, service: string, query?: string, browser: () => Promise<import("playwright-core").Browser> }} Context */

function environmentOf({ folder, service }, more = {}) {
  const path = `${join(folder, "node_modules/.bin")}:${process.env.PATH}`;
  const environment = { ...process.env, ...QUIET, PATH: path, SERVICE: service, ...more };
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
}

/** Runs a line of a shell, as a user would type it, and returns what it printed. */
async function shell(line, context, timeout) {
  const options = { cwd: context.folder, env: environmentOf(context), timeout, maxBuffer: 1 << 26 };
  try {
    const { stdout, stderr } = await run("sh", ["-c", line], options);
    return stdout + stderr;
  } catch (error) {
    throw new Error(`${line}: ${error.killed ? "took too long" : ""}\n${tail(error.stdout)}\n${tail(error.stderr)}`);
  }
}

const tail = (text = "") => text.slice(-4000);

/** The outcomes in what a program printed. */
function outcomesIn(output) {
  const [, json] = /^OUTCOMES (.*)$/m.exec(output) ?? [];
  if (json === undefined) throw new Error(`no outcomes: ${tail(output)}`);
  return JSON.parse(json);
}

/** What a page says besides: the check has refused requests, and tools tell of themselves. */
const EXPECTED_MESSAGE = /status of 40[03] |\[vite\]|React DevTools|\[HMR\]|\[Fast Refresh\]/;

/** Opens a page and waits for its outcomes, or for an error that no one catches. */
async function outcomesOfPage(url, { browser, service, query = "" }) {
  const context = await (await browser()).newContext();
  const problems = [];
  try {
    const page = await context.newPage();
    const failed = new Promise((_, reject) => {
      page.on("pageerror", (error) => reject(new Error(`error on the page: ${error.stack}`)));
    });
    page.on("console", (message) => {
      if (!["error", "warning"].includes(message.type()) || EXPECTED_MESSAGE.test(message.text())) return;
      problems.push(message.text());
    });
    await page.goto(`${url}?service=${encodeURIComponent(service)}${query}`, { timeout: RUN_LIMIT });
    const element = page.locator("#outcomes");
    const attached = element.waitFor({ state: "attached", timeout: RUN_LIMIT });
    await Promise.race([attached, failed]).catch((error) => {
      throw new Error(`no outcomes on the page: ${[error.message, ...problems].join("\n")}`);
    });
    return { ...JSON.parse(await element.textContent()), problems };
  } finally {
    await context.close();
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/** Starts a server by a line of a shell, waits until it answers, and ends it after its use. */
async function withServer(line, context, use) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const env = environmentOf(context, { PORT: String(port) });
  const child = spawn("sh", ["-c", line], {
    cwd: context.folder,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  try {
    const end = Date.now() + RUN_LIMIT;
    for (;;) {
      if (child.exitCode !== null || Date.now() > end) throw new Error(`${line}: no server\n${tail(output)}`);
      if (await fetch(url, { signal: AbortSignal.timeout(RUN_LIMIT) }).then(Boolean, () => false)) break;
      await sleep(LOOK_EVERY);
    }
    return await use(url).catch((error) => {
      throw new Error(`${error.message}\n${tail(output)}`);
    });
  } finally {
    const ended = child.exitCode === null && once(child, "exit");
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {} // it has ended
    await ended;
  }
}

async function outcomesOfAnswer(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(RUN_LIMIT) });
  const text = await response.text();
  if (text.startsWith("{")) return JSON.parse(text);
  const [, json] = /<pre id="outcomes">(.*?)<\/pre>/s.exec(text) ?? [];
  if (json === undefined) throw new Error(`${url} answered ${response.status}: ${tail(text)}`);
  return JSON.parse(
    json.replaceAll("&quot;", '"').replaceAll("&gt;", ">").replaceAll("&lt;", "<").replaceAll("&amp;", "&"),
  );
}

/**
 * Builds and runs a variant.
 * @param {Variant} variant
 * @param {Context} context
 * @returns {Promise<Record<string, Record<string, string>>>} the outcomes by the part of the project that had them
 */
export async function runVariant(variant, context) {
  const { build, run: program, site, start, pages = {}, answers = {} } = variant;
  let output = "";
  if (build) output = await shell(build, context, BUILD_LIMIT);
  for (const warning of variant.noWarning ?? []) {
    if (output.includes(warning)) throw new Error(`the build warns: ${tail(output)}`);
  }
  if (program) {
    const outcomes = {};
    for (const line of program) outcomes[line] = outcomesIn(await shell(line, context, RUN_LIMIT * 2));
    return outcomes;
  }
  const use = async (url) => {
    const outcomes = {};
    for (const [part, path] of Object.entries(pages))
      outcomes[part] = await outcomesOfPage(new URL(path, url).href, context);
    for (const [part, path] of Object.entries(answers))
      outcomes[part] = await outcomesOfAnswer(new URL(path, url).href);
    return outcomes;
  };
  if (start) return withServer(start, context, use);
  const cdn = await serveFolder(join(context.folder, "node_modules/rekognition-jobs"));
  const policy = variant.policy?.replaceAll("CDN", cdn.url);
  const host = await serveFolder(join(context.folder, /** @type {string} */ (site)), policy);
  context.query = `&cdn=${encodeURIComponent(cdn.url)}`;
  try {
    return await use(host.url);
  } finally {
    await host.close();
    await cdn.close();
  }
}
