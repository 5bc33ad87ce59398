// The installed package through bundlers, each with the settings that the README tells, run by Chromium under the strict policy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as esbuild from "esbuild";
import * as vite from "vite";
import { startServer } from "../../../emulator/server.js";
import { installPackage } from "../../package/installed.js";
import { LIMIT, startStage, waitForText } from "../browser.js";

const page = (script) =>
  `<!doctype html><html lang="en"><title>A page</title><body><script type="module" src="${script}"></script></html>`;
const program = `
import { createJobs, createJobsInWorker } from "rekognition-jobs";
const listing = '{"JobId":"a","Status":"FAILED"} {"JobId":"b"}';
const jobs = await createJobs();
await jobs.import(listing);
const inWorker = await createJobsInWorker();
await inWorker.import(listing);
const failed = await inWorker.query("status:failed");
const both = [jobs.query("status:failed").length + " of " + jobs.size, failed.length + " of " + await inWorker.size];
document.body.textContent = both.join(", in a worker ");
`;

const bundlers = {
  async esbuild(folder) {
    const out = join(folder, "esbuild");
    await esbuild.build({
      entryPoints: { program: join(folder, "program.js"), jobs_worker: "rekognition-jobs/jobs_worker.js" },
      absWorkingDir: folder,
      outdir: out,
      bundle: true,
      format: "esm",
      logLevel: "error",
    });
    await copyFile(
      join(folder, "node_modules/rekognition-jobs/dist/rekognition_jobs.wasm"),
      join(out, "rekognition_jobs.wasm"),
    );
    await writeFile(join(out, "index.html"), page("program.js"));
    return out;
  },
  async vite(folder) {
    await writeFile(join(folder, "index.html"), page("program.js"));
    await vite.build({
      root: folder,
      configFile: false,
      logLevel: "error",
      build: { outDir: "vite", target: "es2022" },
    });
    return join(folder, "vite");
  },
};

let stage;
let installed;
before(async () => {
  stage = await startStage({ jobs: 1 });
  installed = await installPackage();
  await writeFile(join(installed.folder, "program.js"), program);
}, LIMIT);
after(async () => {
  await stage?.close();
  await installed?.close();
}, LIMIT);

/** Trusted types are jobs_in_worker.test.js's: the worker that is made by default needs a policy of the page. */
async function underPolicy(route) {
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
  const response = await route.fetch();
  await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
}

for (const [name, bundle] of Object.entries(bundlers)) {
  test(`a bundle by ${name} lists in Chromium`, LIMIT, async () => {
    const host = await startServer({ port: 0, jobs: 0, site: await bundle(installed.folder) });
    try {
      await stage.onPage(
        { url: host.url, loaded: false, before: (tab) => tab.route(host.url, underPolicy) },
        async (tab) => {
          await waitForText(tab.locator("body"), "in a worker");
          assert.equal(await tab.textContent("body"), "1 of 2, in a worker 1 of 2");
        },
      );
    } finally {
      await host.close();
    }
  });
}
