// createJobs(): makes a Jobs from its options.
import { makeClient } from "./client/client.js";
import { CredentialSource } from "./client/credentials.js";
import { regionOf, resolveS3 } from "./client/endpoint.js";
import { Jobs } from "./jobs.js";

/** @type {typeof import("../index.d.ts").createJobs} */
export async function createJobs(options = {}) {
  const credentials = new CredentialSource(options.credentials, options.credentialsTimeout);
  try {
    const region = regionOf(options.region);
    const s3Place = resolveS3(region, options);
    const { module, engine, client } = await makeClient("rekognition", region, options, credentials);
    try {
      return new Jobs(module, engine, client, s3Place, await readingOf(module, engine, options.snapshot));
    } catch (reason) {
      engine.delete();
      throw reason;
    }
  } catch (reason) {
    throw await credentials.secrets.clean(reason);
  }
}

/**
 * Opens the snapshot, if there is one, and gives what it tells of the service.
 * @param {import("../glue/rekognition_jobs.js").JobsModule} module
 * @param {import("../glue/rekognition_jobs.js").Engine} engine
 * @param {import("../index.d.ts").JobsOptions["snapshot"]} snapshot
 * @returns {Promise<import("./engine/snapshot.js").Reading>}
 */
async function readingOf(module, engine, snapshot) {
  if (snapshot === undefined || snapshot === null) return {};
  const { openSnapshot } = await import("./engine/open_snapshot.js");
  return openSnapshot(module, engine, snapshot);
}
