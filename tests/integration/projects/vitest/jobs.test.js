import { expect, test } from "vitest";
import * as rekognition from "rekognition-jobs";
import { check } from "./check.js";

test("jobs are read", { timeout: 60_000 }, async () => {
  const outcomes = await check(rekognition, { service: process.env.SERVICE });
  process.stdout.write(`\nOUTCOMES ${JSON.stringify(outcomes)}\n`);
  expect(outcomes.createJobs).toBe("created");
});
