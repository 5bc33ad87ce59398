import * as rekognition from "rekognition-jobs";
import { check } from "./check.js";

export const dynamic = "force-dynamic";

export default async function Page() {
  const outcomes = await check(rekognition, { service: process.env.SERVICE });
  return <pre id="outcomes">{JSON.stringify(outcomes)}</pre>;
}
