import * as rekognition from "rekognition-jobs";
import formatsWasm from "rekognition-jobs/rekognition_formats.wasm";
import wasm from "rekognition-jobs/rekognition_jobs.wasm";
import resultsWasm from "rekognition-jobs/rekognition_results.wasm";
import { check } from "./check.js";

const options = { wasm, resultsWasm, formatsWasm };

export const handler = ({ service }) =>
  check(rekognition, { service, options, results: { wasm: resultsWasm, formatsWasm }, inWorker: false });
