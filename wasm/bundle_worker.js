// Bundles the module into dist/worker.js, one file without import(), which service workers do not allow.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import { TARGET } from "./browsers.js";

await build({
  absWorkingDir: fileURLToPath(new URL("../", import.meta.url)),
  entryPoints: ["dist/index.js"],
  outfile: "dist/worker.js",
  bundle: true,
  format: "esm",
  platform: "browser",
  ...TARGET,
  minify: true,
  legalComments: "none", // dist/THIRD_PARTY_LICENSES.txt has them
  external: ["node:*", "module"],
  logLevel: "warning",
});
