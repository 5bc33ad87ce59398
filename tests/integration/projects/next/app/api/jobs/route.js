import * as rekognition from "rekognition-jobs";
import { check } from "../../check.js";

export const dynamic = "force-dynamic";

export async function GET() {
  return Response.json(await check(rekognition, { service: process.env.SERVICE }));
}
