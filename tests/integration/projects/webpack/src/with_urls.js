import * as rekognition from "rekognition-jobs";
import { check } from "./check.js";

const wasm = new URL("rekognition-jobs/rekognition_jobs.wasm", import.meta.url);
const resultsWasm = new URL("rekognition-jobs/rekognition_results.wasm", import.meta.url).href;
const formats = new URL("rekognition-jobs/rekognition_formats.wasm", import.meta.url);
const formatsWasm = await (await fetch(formats)).arrayBuffer();

const service = new URLSearchParams(location.search).get("service");
const options = { wasm, resultsWasm, formatsWasm };
const results = { wasm: await WebAssembly.compileStreaming(fetch(resultsWasm)) };
const outcomes = await check(rekognition, { service, options, results });
document.body.innerHTML = '<pre id="outcomes"></pre>';
document.querySelector("#outcomes").textContent = JSON.stringify(outcomes);
