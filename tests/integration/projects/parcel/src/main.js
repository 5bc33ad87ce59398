import * as rekognition from "rekognition-jobs";
import { check } from "./check.js";

const service = new URLSearchParams(location.search).get("service");
const outcomes = await check(rekognition, { service, inWorker: false });
document.body.innerHTML = '<pre id="outcomes"></pre>';
document.querySelector("#outcomes").textContent = JSON.stringify(outcomes);
