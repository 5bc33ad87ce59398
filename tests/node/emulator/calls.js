// What the tests of the emulator share: ways to ask it, by the AWS SDK and without it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { RekognitionClient } from "@aws-sdk/client-rekognition";
import { SignatureV4 } from "@smithy/signature-v4";
import { startServer } from "../../../emulator/server.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { Sha256 } from "../../../emulator/protocol/sha256.js";

const SERVER = fileURLToPath(new URL("../../../emulator/server.js", import.meta.url));

/** Every test's own limit. */
export const LIMIT = { timeout: 30_000 };

/**
 * Starts a server for the time that the test uses it. Its account stands still, unless the test gives it a clock.
 * @template T
 * @param {import("../../../emulator/server.js").Options} options
 * @param {(server: import("../../../emulator/server.js").Server) => Promise<T>} use
 */
export async function withServer(options, use) {
  const begun = Date.now();
  const clocks = options.now ? {} : { now: () => begun, clock: Date.now };
  const server = await startServer({ port: 0, jobs: 250, ...clocks, ...options });
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

/**
 * A test that uses a server of its own.
 * @param {string} name
 * @param {Parameters<typeof withServer>[0]} options
 * @param {Parameters<typeof withServer>[1]} use
 */
export const serverTest = (name, options, use) => test(name, LIMIT, () => withServer(options, use));

/**
 * Makes a client of the AWS SDK for the time that the test uses it; it does not repeat its requests.
 * @template T
 * @param {string} endpoint
 * @param {import("@aws-sdk/client-rekognition").RekognitionClientConfig} options
 * @param {(client: RekognitionClient) => Promise<T>} use
 */
export async function withSdk(endpoint, options, use) {
  const client = new RekognitionClient({
    region: "us-east-1",
    endpoint,
    credentials: { ...EXAMPLE },
    maxAttempts: 1,
    ...options,
  });
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

/** The headers that name an operation. */
export const naming = (operation, service = "RekognitionService") => ({
  "content-type": "application/x-amz-json-1.1",
  "x-amz-target": `${service}.${operation}`,
});

/**
 * Sends one operation by fetch; text and bytes are sent as they are.
 * @param {string} url
 * @param {string} operation
 * @param {object | string | Uint8Array} [body]
 * @param {RequestInit & { service?: string }} [options]
 */
export async function post(url, operation, body = {}, { headers, service, ...options } = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { ...naming(operation, service), ...headers },
    body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
    ...options,
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/x-amz-json");
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text ? JSON.parse(text) : undefined,
  };
}

/**
 * A request that no client library has tidied. An answer that breaks off rejects with what came of it in the error.
 * @param {string} url
 * @param {string} path
 * @param {{ method?: string, headers?: Record<string, string>, body?: string, signal?: AbortSignal }} [options]
 */
export function rawRequest(url, path, { method = "GET", headers = {}, body, signal } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method, headers, signal, agent: false }, (response) => {
      const chunks = [];
      const received = () => {
        const bytes = Buffer.concat(chunks);
        return { status: response.statusCode, headers: response.headers, body: bytes.toString(), length: bytes.length };
      };
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve(received()));
      response.on("error", (error) => reject(Object.assign(error, received())));
    });
    request.on("error", reject).end(body);
  });
}

/**
 * A listing request and its signature, for tests to spoil and to send with `rawRequest`.
 * @param {string} url
 * @param {object} [options]
 * @param {import("../../../emulator/protocol/sessions.js").Credentials} [options.credentials]
 * @param {Date} [options.date]
 * @param {string} [options.path] with its query
 * @param {Record<string, string>} [options.headers] more to send and to sign
 * @returns {Promise<{ method: string, headers: Record<string, string>, body: string }>}
 */
export async function signedListing(
  url,
  {
    credentials = EXAMPLE,
    region = "us-east-1",
    service = "rekognition",
    date = new Date(),
    body = "{}",
    path = "/",
    headers = {},
  } = {},
) {
  const { pathname, searchParams } = new URL(path, url);
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false });
  const signed = await signer.sign(
    {
      method: "POST",
      protocol: "http:",
      hostname: "",
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { host: new URL(url).host, ...naming("ListMediaAnalysisJobs"), ...headers },
      body,
    },
    { signingDate: date },
  );
  return { method: "POST", headers: signed.headers, body };
}

/**
 * Runs the endpoint as a program.
 * @param {Record<string, string>} env
 * @param {(output: { stdout: string, stderr: string }, child: import("node:child_process").ChildProcess) => unknown} [use]
 *   called once it has said something or ended; afterwards the program is ended if it still runs
 */
export async function runProgram(env, use = () => {}) {
  const child = spawn(process.execPath, [SERVER], { env: { PATH: process.env.PATH, ...env }, timeout: 20_000 });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"])
    child[name].setEncoding("utf8").on("data", (text) => {
      output[name] += text;
    });
  const closed = once(child, "close");
  await Promise.race([once(child.stdout, "data"), closed]);
  try {
    await use(output, child);
  } finally {
    if (child.exitCode === null && !child.killed) child.kill("SIGKILL");
  }
  const [code, signal] = await closed;
  return { code, signal, ...output };
}
