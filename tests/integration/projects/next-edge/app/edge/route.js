import * as rekognition from "rekognition-jobs";
import { check } from "../check.js";

export const runtime = "edge";

export async function GET() {
  return Response.json(await check(rekognition, { service: process.env.SERVICE, inWorker: false }));
}
