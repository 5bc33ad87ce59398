import * as rekognition from "rekognition-jobs";
import formatsWasm from "rekognition-jobs/rekognition_formats.wasm";
import wasm from "rekognition-jobs/rekognition_jobs.wasm";
import resultsWasm from "rekognition-jobs/rekognition_results.wasm";
import { check } from "./check.js";

const service = new URLSearchParams(location.search).get("service");
const options = { wasm, resultsWasm, formatsWasm };
const workerOptions = { worker: () => new Worker("/jobs_worker.js", { type: "module" }) };
check(rekognition, { service, options, workerOptions, results: { wasm: resultsWasm, formatsWasm } }).then(
  (outcomes) => {
    document.body.innerHTML = '<pre id="outcomes"></pre>';
    document.querySelector("#outcomes").textContent = JSON.stringify(outcomes);
  },
);
