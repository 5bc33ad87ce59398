// Bundles the module into single files: dist/worker.js without import(), which service workers do not allow;
// dist/workerd.js and dist/edge_light.js without what these runtimes refuse; and dist/node.cjs for what calls require().
import { build } from "esbuild";
import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { TARGET } from "./browsers.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const bundled = {
  absWorkingDir: root,
  bundle: true,
  legalComments: "none", // dist/THIRD_PARTY_LICENSES.txt has them
  external: ["node:*"],
  logLevel: "warning",
};

/**
 * The entry of an edge runtime, which compiles no bytes at run time, and imports .wasm files compiled.
 * @param {string} suffix of such an import
 */
const edgeEntry = (suffix) => `
  import formats from "./rekognition_formats.wasm${suffix}";
  import jobs from "./rekognition_jobs.wasm${suffix}";
  import results from "./rekognition_results.wasm${suffix}";
  import { platform } from "./platform/platform.js";
  export * from "./api.js";
  platform.compiled = {
    "rekognition_formats.wasm": formats,
    "rekognition_jobs.wasm": jobs,
    "rekognition_results.wasm": results,
  };`;

await build({
  ...bundled,
  entryPoints: ["dist/index.js"],
  outfile: "dist/worker.js",
  format: "esm",
  platform: "browser",
  ...TARGET,
  minify: true,
});
for (const [name, suffix] of [
  ["workerd", ""],
  ["edge_light", "?module"],
]) {
  await build({
    ...bundled,
    stdin: { contents: edgeEntry(suffix), resolveDir: `${root}dist`, sourcefile: `${name}_entry.js` },
    outfile: `dist/${name}.js`,
    format: "esm",
    platform: "neutral",
    external: ["./*.wasm", "./*.wasm?module"],
    // Scripts have no address there, and what stands for MessageChannel throws.
    define: { "import.meta.url": "undefined", "globalThis.MessageChannel": "undefined", "globalThis.Worker": "undefined" },
    target: "es2022",
    minify: true,
  });
}
await build({
  ...bundled,
  entryPoints: ["dist/node.js"],
  outfile: "dist/node.cjs",
  format: "cjs",
  platform: "node",
  target: "node20",
  define: { "import.meta.url": "moduleUrl" },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
});
await copyFile(`${root}dist/index.d.ts`, `${root}dist/index.d.cts`);
