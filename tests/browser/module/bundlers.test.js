// The installed package through bundlers, each with no settings of its own, run by Chromium under the strict policy.
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
import { createJobs } from "rekognition-jobs";
const jobs = await createJobs();
await jobs.import('{"JobId":"a","Status":"FAILED"} {"JobId":"b"}');
document.body.textContent = jobs.query("status:failed").length + " of " + jobs.size;
`;

const bundlers = {
  async esbuild(folder) {
    const out = join(folder, "esbuild");
    await esbuild.build({
      entryPoints: [join(folder, "program.js")],
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

for (const [name, bundle] of Object.entries(bundlers)) {
  test(`a bundle by ${name} lists in Chromium`, LIMIT, async () => {
    const host = await startServer({ port: 0, jobs: 0, site: await bundle(installed.folder) });
    try {
      await stage.onPage({ url: host.url, loaded: false }, async (tab) => {
        await waitForText(tab.locator("body"), "1 of 2");
        assert.equal(await tab.textContent("body"), "1 of 2");
      });
    } finally {
      await host.close();
    }
  });
}
