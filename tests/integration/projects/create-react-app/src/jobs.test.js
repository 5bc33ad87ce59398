/** @jest-environment node */
import * as rekognition from "rekognition-jobs";
import { check } from "./check.js";

test("jobs are read", async () => {
  const outcomes = await check(rekognition, { service: process.env.SERVICE });
  process.stdout.write(`\nOUTCOMES ${JSON.stringify(outcomes)}\n`);
}, 60_000);
