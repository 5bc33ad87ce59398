import { nodeResolve } from "@rollup/plugin-node-resolve";

export default {
  input: { main: "main.js", jobs_worker: "rekognition-jobs/jobs_worker.js" },
  output: { dir: "public" },
  plugins: [nodeResolve({ browser: true })],
};
