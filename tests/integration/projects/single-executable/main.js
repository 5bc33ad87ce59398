import * as rekognition from "rekognition-jobs";
import formatsWasm from "rekognition-jobs/rekognition_formats.wasm";
import wasm from "rekognition-jobs/rekognition_jobs.wasm";
import resultsWasm from "rekognition-jobs/rekognition_results.wasm";
import { check } from "./check.js";

const options = { wasm, resultsWasm, formatsWasm };

const settings = {
  service: process.env.SERVICE,
  options,
  results: { wasm: resultsWasm, formatsWasm },
  inWorker: false,
};
check(rekognition, settings).then((outcomes) => console.log("OUTCOMES", JSON.stringify(outcomes)));
