// Bundles the module into single files: dist/worker.js without import(), which service workers do not allow, and
// dist/node.cjs for what calls require(), with its types.
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

await build({
  ...bundled,
  entryPoints: ["dist/index.js"],
  outfile: "dist/worker.js",
  format: "esm",
  platform: "browser",
  ...TARGET,
  minify: true,
});
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
