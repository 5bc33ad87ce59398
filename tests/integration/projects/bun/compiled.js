import * as rekognition from "rekognition-jobs";
import formatsWasm from "rekognition-jobs/rekognition_formats.wasm" with { type: "file" };
import wasm from "rekognition-jobs/rekognition_jobs.wasm" with { type: "file" };
import resultsWasm from "rekognition-jobs/rekognition_results.wasm" with { type: "file" };
import { check } from "./check.js";

const bytesOf = (path) => Bun.file(path).bytes();
const options = {
  wasm: await bytesOf(wasm),
  resultsWasm: await bytesOf(resultsWasm),
  formatsWasm: await bytesOf(formatsWasm),
};
const results = { wasm: options.resultsWasm, formatsWasm: options.formatsWasm };
const settings = { service: process.env.SERVICE, options, results, inWorker: false };
console.log("OUTCOMES", JSON.stringify(await check(rekognition, settings)));
