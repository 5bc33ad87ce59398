import * as rekognition from "rekognition-jobs";
import { check } from "./check.js";

check(rekognition, { service: process.env.SERVICE as string }).then((outcomes: Record<string, string>) => {
  console.log("OUTCOMES", JSON.stringify(outcomes));
});
