/** @jest-environment jest-fixed-jsdom */
const rekognition = require("rekognition-jobs");
const { check } = require("./check.cjs");

test("jobs are read", async () => {
  const outcomes = await check(rekognition, { service: process.env.SERVICE });
  process.stdout.write(`\nOUTCOMES ${JSON.stringify(outcomes)}\n`);
}, 60_000);
