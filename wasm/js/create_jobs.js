// Makes Jobs of options.
import { makeClient } from "./client/client.js";
import { CredentialSource } from "./client/credentials.js";
import { resolveS3 } from "./client/endpoint.js";
import { readSnapshot } from "./engine/snapshot.js";
import { Jobs } from "./jobs.js";

/** @type {typeof import("../index.d.ts").createJobs} */
export async function createJobs(options = {}) {
  const credentials = new CredentialSource(options.credentials);
  try {
    const s3Place = resolveS3(options);
    const { module, engine, client } = await makeClient("rekognition", options, credentials);
    const { snapshot } = options;
    try {
      const reading = snapshot === undefined || snapshot === null ? {} : await readSnapshot(module, engine, snapshot);
      return new Jobs(module, engine, client, s3Place, reading);
    } catch (reason) {
      engine.delete();
      throw reason;
    }
  } catch (reason) {
    throw await credentials.secrets.clean(reason);
  }
}
