// Makes Jobs of options.
import { makeClient } from "./client.js";
import { resolveS3 } from "./endpoint.js";
import { Jobs } from "./jobs.js";

/** @type {typeof import("../index.d.ts").createJobs} */
export async function createJobs(options = {}) {
  const s3Place = resolveS3(options);
  const { module, engine, client } = await makeClient("rekognition", options);
  return new Jobs(module, engine, client, s3Place);
}
