// In the simulated browsers of Vitest and Jest (jsdom, happy-dom), whose classes lack much of what a browser's have.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { startServer } from "../../../emulator/server.js";
import { LIMIT } from "../service/calls.js";
import { hasResults, jobsLike } from "../s3/s3_objects.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

let server;
let folder;
let given;
before(async () => {
  const begun = Date.now();
  server = await startServer({ port: 0, jobs: 150, strict: true, now: () => begun, clock: Date.now });
  const [{ JobId: jobId }] = jobsLike(server, hasResults);
  folder = await mkdtemp(join(tmpdir(), "simulated-"));
  // Jest runs a module of one file in the window's realm.
  const bundle = join(folder, "check.js");
  await build({
    entryPoints: [here("simulated_browser_check.js")],
    outfile: bundle,
    bundle: true,
    format: "iife",
    globalName: "simulatedCheck",
    external: ["node:*", "module"],
    define: { "import.meta.url": JSON.stringify(new URL("../../../dist/", import.meta.url).href) },
    logLevel: "error",
  });
  given = JSON.stringify({ url: server.url, credentials: EXAMPLE, jobId, bundle });
}, LIMIT);
after(async () => {
  await server?.close();
  await rm(folder, { recursive: true });
}, LIMIT);

for (const browser of ["jsdom", "jsdom-20", "happy-dom"]) {
  describe(browser, () => {
    for (const runner of ["vitest", "jest"]) {
      test(
        `as ${runner} installs it: a signed list, results, an image, every source, errors and aborts`,
        LIMIT,
        async () => {
          const { stdout, stderr } = await promisify(execFile)(
            process.execPath,
            ["--unhandled-rejections=strict", here("simulated_browser.js"), browser, runner, given],
            { timeout: 25_000 },
          ).catch((failure) => assert.fail(failure.stderr || failure.stdout || failure));
          assert.equal(stderr, "");
          assert.deepEqual(JSON.parse(stdout), { browser, runner, passed: true });
        },
      );
    }
  });
}
