// The packed package in the projects of its users, each built and run over the same check (check.js). LONG=1 runs all
// variants, otherwise a short set; VARIANTS=vite-8,webpack-5 runs those, and TARBALL=FILE tests another package.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as api from "rekognition-jobs";
import { startServer } from "../../emulator/server.js";
import { openBrowserNamed } from "../browser/browsers.js";
import { installPackage } from "../package/installed.js";
import { check } from "./check.js";
import { layOut } from "./projects.js";
import { VARIANTS } from "./rows.js";
import { runVariant } from "./run_variant.js";

const LIMIT = { timeout: 900_000 };
const NOW = Date.UTC(2026, 10, 24, 12);

let place;
let installed;
let server;
let expected;
let browser;
before(async () => {
  place = await mkdtemp(join(tmpdir(), "integration-"));
  installed = await installPackage();
  server = await startServer({ port: 0, jobs: 250, seed: 7, strict: true, now: () => NOW, clock: Date.now });
  expected = await check(api, { service: server.url });
}, LIMIT);
after(async () => {
  await (await browser)?.close();
  await server?.close();
  await installed?.close();
  if (place && !process.env.KEEP) await rm(place, { recursive: true });
}, LIMIT);

const context = (folder) => ({
  folder,
  service: server.url,
  browser: () => (browser ??= openBrowserNamed("chromium")),
});

test("plain Node does what is expected of it", () => {
  const failed = Object.entries(expected).filter(
    ([, outcome]) => /Error|rejected/.test(outcome) && !/, 0 rejected/.test(outcome),
  );
  assert.deepEqual(Object.fromEntries(failed), {
    "error of a query": "QueryError, true, 7-7",
    abort: "AbortError",
    close: "Error",
  });
  assert.ok(Object.keys(expected).length > 20);
});

/** What came of a use, and what should have, where they differ. */
function differences(given, wanted) {
  const hasBegun = given.createJobs === wanted.createJobs;
  const names = hasBegun ? [...new Set([...Object.keys(wanted), ...Object.keys(given)])] : ["createJobs"];
  const differing = names.filter((name) => JSON.stringify(given[name]) !== JSON.stringify(wanted[name]));
  return Object.fromEntries(differing.map((name) => [name, { given: given[name], wanted: wanted[name] }]));
}

const asked = process.env.VARIANTS?.split(",");
for (const variant of VARIANTS) {
  if (asked ? !asked.includes(variant.name) : !variant.short && !process.env.LONG) continue;
  test(variant.name, LIMIT, async () => {
    const folder = await layOut(variant, { place, tarball: process.env.TARBALL ?? installed.tarball });
    const outcomes = await runVariant(variant, context(folder));
    const { lacks } = variant;
    assert.ok(Object.keys(outcomes).length > 0);
    for (const [part, given] of Object.entries(outcomes)) {
      const wanted = variant.expects ?? {
        ...expected,
        ...(given.problems ? { problems: [] } : {}),
        ...lacks,
      };
      assert.deepEqual({ [part]: differences(given, wanted) }, { [part]: {} });
    }
    if (!process.env.KEEP) await rm(folder, { recursive: true });
  });
}
