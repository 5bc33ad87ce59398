for (const name of ["MessageChannel", "FinalizationRegistry", "scheduler"]) delete globalThis[name];
const rekognition = await import("./node_modules/rekognition-jobs/dist/index.js");
const { check } = await import("./check.js");

const service = new URLSearchParams(location.search).get("service");
const outcomes = await check(rekognition, { service });
const pre = document.body.appendChild(document.createElement("pre"));
pre.id = "outcomes";
pre.textContent = JSON.stringify(outcomes);
