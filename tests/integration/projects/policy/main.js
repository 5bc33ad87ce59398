import * as rekognition from "./node_modules/rekognition-jobs/dist/index.js";
import { check } from "./check.js";

const service = new URLSearchParams(location.search).get("service");
const outcomes = await check(rekognition, { service });
const pre = document.body.appendChild(document.createElement("pre"));
pre.id = "outcomes";
pre.textContent = JSON.stringify(outcomes);
