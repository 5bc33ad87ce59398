// Node's own fetch needs them when it is first used.
await fetch("data:,");
for (const name of ["MessageChannel", "FinalizationRegistry", "setImmediate", "scheduler"]) delete globalThis[name];
const rekognition = await import("rekognition-jobs");
const { check } = await import("./check.js");

console.log("OUTCOMES", JSON.stringify(await check(rekognition, { service: process.env.SERVICE })));
