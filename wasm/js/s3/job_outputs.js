// What jobs have in S3: the two objects that a finished one wrote, as responses, and the images that it looked at.
import { InvalidParameterException, ResourceNotFoundException, ServiceError } from "../util/errors.js";
import { readImage } from "./image.js";
import { ObjectStore } from "./object_store.js";

/** What S3 says of an object that is not there; the second, to who may not list the bucket. */
const missing = "NoSuchKey";
const denied = "AccessDenied";

export class JobObjects {
  #store;
  /** The buckets of jobs whose objects were asked for. @type {Set<string | undefined>} */
  #buckets = new Set();

  /**
   * @param {import("../client/client.js").Client} client
   * @param {import("../client/endpoint.js").S3Place} place
   */
  constructor(client, place) {
    this.#store = new ObjectStore(client, place);
  }

  /**
   * @param {import("../../index.d.ts").MediaAnalysisJob} job
   * @param {import("./object_store.js").Ask} ask
   * @param {AbortSignal} signal
   * @returns {Promise<{ results?: Response, summary?: Response }>} at least one of them, not yet read
   * @throws {ServiceError} when there are none, or one cannot be had although it is there
   */
  async fetch(job, ask, signal) {
    requireObjects(job);
    for (const { S3Object } of [job.Input, job.Results ?? {}, job.ManifestSummary ?? {}]) this.#buckets.add(S3Object?.Bucket);
    this.#buckets.add(job.OutputConfig?.S3Bucket);
    /** @param {import("../../index.d.ts").S3Object} [object] */
    const fetchOne = async ({ Bucket: bucket, Name: key } = {}) =>
      bucket && key ? this.#store.get({ bucket, key, kmsKeyId: job.KmsKeyId }, ask, signal) : undefined;
    /** @type {{ value?: Response, reason?: any }[]} */
    const [results, summary] = await Promise.allSettled([
      fetchOne(job.Results?.S3Object),
      fetchOne(job.ManifestSummary?.S3Object),
    ]);
    const failure = failureOf(results, summary);
    if (failure === undefined) return { results: results.value, summary: summary.value };
    for (const { value } of [results, summary]) value?.body?.cancel().catch(() => {});
    throw failure;
  }

  /**
   * @param {string} uri
   * @param {import("./object_store.js").Ask} ask
   * @param {object} options
   * @param {AbortSignal} options.signal
   * @param {(bucket: string) => boolean} options.isNamed whether a job names a bucket
   * @param {boolean} [options.signed] without it: where a job names the bucket
   * @returns {Promise<Blob>}
   */
  async image(uri, ask, { signal, isNamed, signed }) {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? [];
    if (!bucket) throw new InvalidParameterException({ message: `${JSON.stringify(uri)} is not a valid s3:// URI` });
    const isSigned = signed ?? (this.#buckets.has(bucket) || isNamed(bucket));
    return readImage(await this.#store.get({ bucket, key }, ask, signal, { isSigned }), uri, signal);
  }
}

/**
 * Why the objects are not enough to go on with. One that is missing does not lose the other.
 * @param {{ value?: Response, reason?: any }} results
 * @param {{ value?: Response, reason?: any }} summary
 */
function failureOf(results, summary) {
  const [ofResults, ofSummary] = [results.reason, summary.reason];
  if (ofResults !== undefined) return ofResults.name === missing && summary.value ? undefined : ofResults;
  if (ofSummary === undefined) return undefined;
  // Where the results may be read, so may what lies beside them, if it is there.
  return results.value && [missing, denied].includes(ofSummary.name) ? undefined : ofSummary;
}

/** @param {import("../../index.d.ts").MediaAnalysisJob} job */
function requireObjects({ JobId, Status, FailureDetails: { Code, Message } = {}, Results, ManifestSummary }) {
  if (Status !== "SUCCEEDED" && Status !== "FAILED") {
    const message = `the job ${JobId} is not finished: it is ${Status}`;
    throw new ServiceError({ name: "ResourceNotReadyException", message });
  }
  if (Results?.S3Object || ManifestSummary?.S3Object) return;
  const why = Code ? `: it failed with ${Code}${Message ? ` (${Message})` : ""}` : "";
  throw new ResourceNotFoundException({ message: `the job ${JobId} wrote no results${why}` });
}
