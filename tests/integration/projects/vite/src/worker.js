import * as rekognition from "rekognition-jobs";
import { check } from "./check.js";

addEventListener("message", async ({ data: service }) => postMessage(await check(rekognition, { service })));
