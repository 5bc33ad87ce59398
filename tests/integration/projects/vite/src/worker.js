import * as rekognition from "rekognition-jobs";
import { check } from "./check.js";

onmessage = async ({ data: service }) => postMessage(await check(rekognition, { service }));
