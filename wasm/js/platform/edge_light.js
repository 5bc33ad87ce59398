// The platform of edge runtimes, such as Vercel's and Next's: it compiles no bytes at run time, and imports .wasm files compiled.
import formats from "../rekognition_formats.wasm?module";
import jobs from "../rekognition_jobs.wasm?module";
import results from "../rekognition_results.wasm?module";
import { platform } from "./platform.js";

platform.compiled = {
  "rekognition_formats.wasm": formats,
  "rekognition_jobs.wasm": jobs,
  "rekognition_results.wasm": results,
};
