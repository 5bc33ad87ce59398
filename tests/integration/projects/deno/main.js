import * as rekognition from "rekognition-jobs";
import { check } from "./check.js";

console.log("OUTCOMES", JSON.stringify(await check(rekognition, { service: Deno.env.get("SERVICE") })));
