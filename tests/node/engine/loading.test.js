// Where the engine's file comes from: nothing is looked for before it is wanted, an error names the address that gave
// something else, and what older or smaller runtimes lack is done without.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { createJobs, openResults } from "rekognition-jobs";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { startServer } from "../../../emulator/server.js";

const LIMIT = { timeout: 60_000 };
const dist = new URL("../../../dist/", import.meta.url);
const FILES = ["rekognition_jobs.wasm", "rekognition_results.wasm", "rekognition_formats.wasm"];
/** What an engine needs of a platform, beside the language and WebAssembly. */
const GLOBALS = [
  ...["URL", "TextDecoder", "TextEncoder", "fetch", "AbortController", "DOMException", "crypto", "Response"],
  ...[
    "setTimeout",
    "clearTimeout",
    "Blob",
    "ReadableStream",
    "structuredClone",
    "performance",
    "queueMicrotask",
    "Headers",
    "Request",
  ],
];
const RESULTS = '{"source-ref":"s3://b/a.jpg","detect-moderation-labels":{"ModerationLabels":[]}}';

/** Whatever an address gives instead of the file, and how the error calls it. */
const ANSWERS = {
  "/page.wasm": [200, "<!doctype html><title>Not here</title>", /is not WebAssembly but HTML/],
  "/later.wasm": [200, "\n\n  <html>", /is not WebAssembly but HTML/],
  "/empty.wasm": [200, "", /is not WebAssembly but empty/],
  "/pointer.wasm": [200, "version https://git-lfs.github.com/spec/v1\noid", /but "version https:\/\/git-lfs/],
  "/missing.wasm": [404, "<html>", /could not be loaded from .*: HTTP 404$/],
};

let service;
let server;
let base;
before(async () => {
  service = await startServer({ port: 0, jobs: 250, strict: true });
  server = createServer((request, response) => {
    const [status, body] = ANSWERS[new URL(request.url, "http://localhost").pathname] ?? [200, ""];
    response.writeHead(status, { "content-type": "application/wasm" }).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.close();
  return service.close();
});

describe("an address that gives something else", () => {
  const openers = {
    "rekognition_jobs.wasm": (wasm) => createJobs({ wasm }),
    "rekognition_results.wasm": (wasm) => openResults(RESULTS, { wasm }),
    "rekognition_formats.wasm": async (formatsWasm) => {
      const jobs = await createJobs({ formatsWasm });
      return jobs.import("JobId,Status\nimported,FAILED\n").finally(() => jobs.close());
    },
  };

  for (const [path, [, , words]] of Object.entries(ANSWERS)) {
    test(path, LIMIT, async () => {
      for (const [file, open] of Object.entries(openers)) {
        const error = await open(new URL(`${base}${path}?X-Amz-Signature=secret#secret`)).then(
          () => assert.fail("opened"),
          (reason) => reason,
        );
        assert.match(error.message, words);
        assert.ok(error.message.includes(`${base}${path}`), error.message);
        assert.ok(error.message.includes(file), error.message);
        assert.ok(!error.message.includes("secret"), "what may be secret in the address is left out");
        if (path !== "/missing.wasm") assert.match(error.message, /option wasm, resultsWasm or formatsWasm/);
      }
    });
  }

  test("and one that gives nothing", LIMIT, async () => {
    for (const wasm of ["http://127.0.0.1:1/none.wasm", new URL("nowhere.wasm", dist).href]) {
      await assert.rejects(createJobs({ wasm }), (error) => error.message.includes(wasm) && error.cause !== undefined);
    }
    await assert.rejects(createJobs({ wasm: "data:text/html,<p>secret" }), /^Error: a data: URL is not WebAssembly/);
  });
});

describe("a script without an address of its own, nor MessageChannel, FinalizationRegistry or anything of Node", () => {
  for (const format of ["cjs", "iife"]) {
    test(`bundled as ${format}`, LIMIT, async () => {
      const { outputFiles } = await build({
        entryPoints: [fileURLToPath(new URL("index.js", dist))],
        bundle: true,
        write: false,
        format,
        globalName: format === "iife" ? "bundled" : undefined,
        logOverride: { "empty-import-meta": "silent" },
      });
      const given = Object.fromEntries(GLOBALS.map((name) => [name, globalThis[name]]));
      const context = createContext({ ...given, module: { exports: {} } });
      runInContext("delete globalThis.FinalizationRegistry", context);
      runInContext(outputFiles[0].text, context);
      const bundled = format === "iife" ? context.bundled : context.module.exports;

      await assert.rejects(
        bundled.createJobs(),
        /rekognition_jobs.wasm cannot be found, since this script has no address/,
      );
      const [wasm, resultsWasm, formatsWasm] = await Promise.all(
        FILES.map(async (file) => runInContext("WebAssembly", context).compile(await readFile(new URL(file, dist)))),
      );
      const jobs = await bundled.createJobs({
        wasm,
        resultsWasm,
        formatsWasm,
        endpoint: service.url,
        credentials: EXAMPLE,
      });
      assert.equal((await jobs.refresh()).added, 250);
      await jobs.import("JobId,Status\nimported,FAILED\n");
      assert.equal(jobs.query("id:imported status:failed").length, 1);
      const results = await bundled.openResults(RESULTS, { wasm: resultsWasm });
      assert.equal(results.size, 1);
      results.close();
      jobs.close();
    });
  }
});
