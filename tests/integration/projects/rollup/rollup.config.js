import { nodeResolve } from "@rollup/plugin-node-resolve";
import { importMetaAssets } from "@web/rollup-plugin-import-meta-assets";

export default {
  input: { main: "main.js", jobs_worker: "rekognition-jobs/jobs_worker.js" },
  output: { dir: "public" },
  plugins: [nodeResolve({ browser: true }), importMetaAssets()],
};
