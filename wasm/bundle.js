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

/** Leaves the import of a .wasm file to the runtime, from the bundle, which lies beside it. */
const wasmBeside = {
  name: "wasm-beside",
  /** @param {import("esbuild").PluginBuild} build */
  setup({ onResolve }) {
    onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path: path.replace("../", "./"), external: true }));
  },
};

await build({
  ...bundled,
  entryPoints: ["dist/index.js"],
  outfile: "dist/worker.js",
  format: "esm",
  platform: "browser",
  ...TARGET,
  minify: true,
});
for (const platform of ["workerd", "edge_light"]) {
  await build({
    ...bundled,
    stdin: {
      contents: `import "./platform/${platform}.js"; export * from "./api.js";`,
      resolveDir: `${root}dist`,
      sourcefile: `${platform}_entry.js`,
    },
    outfile: `dist/${platform}.js`,
    format: "esm",
    platform: "neutral",
    plugins: [wasmBeside],
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
