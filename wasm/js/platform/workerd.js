// The platform of workerd, the runtime of Cloudflare Workers: it compiles no bytes at run time, and imports .wasm files compiled.
import formats from "../rekognition_formats.wasm";
import jobs from "../rekognition_jobs.wasm";
import results from "../rekognition_results.wasm";
import { platform } from "./platform.js";

platform.compiled = {
  "rekognition_formats.wasm": formats,
  "rekognition_jobs.wasm": jobs,
  "rekognition_results.wasm": results,
};
