// Fetches a job's objects from S3: its results file, its manifest summary and its images.
import { InvalidParameterException, ResourceNotFoundException, ServiceError } from "../util/errors.js";
import { readImage } from "./image.js";
import { ObjectStore } from "./object_store.js";

/** S3's errors for a missing object: with and without the permission to list the bucket. */
const missing = "NoSuchKey";
const denied = "AccessDenied";

/** The objects of the jobs of one `Jobs`. */
export class JobObjects {
  #store;
  /** The buckets of jobs whose objects were requested. @type {Set<string | undefined>} */
  #buckets = new Set();

  /**
   * @param {import("../client/client.js").Client} client
   * @param {import("../client/endpoint.js").S3Place} place
   */
  constructor(client, place) {
    this.#store = new ObjectStore(client, place);
  }

  /**
   * Requests the results file and the manifest summary of a job.
   * @param {import("../../index.d.ts").MediaAnalysisJob} job
   * @param {import("./object_store.js").RunRequest} ask
   * @param {AbortSignal} signal
   * @returns {Promise<{ results?: Response, summary?: Response }>} at least one of them, not yet read
   * @throws {ServiceError} if neither exists, or one exists but cannot be read
   */
  async fetch(job, ask, signal) {
    requireObjects(job);
    for (const { S3Object } of [job.Input, job.Results ?? {}, job.ManifestSummary ?? {}])
      this.#buckets.add(S3Object?.Bucket);
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
   * Fetches an image.
   * @param {string} uri
   * @param {import("./object_store.js").RunRequest} ask
   * @param {object} options
   * @param {AbortSignal} options.signal
   * @param {(bucket: string) => boolean} options.isNamed whether a job names a bucket
   * @param {boolean} [options.signed] default: sign if a job names the bucket
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
 * The error to throw, if any. If one object is missing, the other suffices.
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

/**
 * Throws unless the job is finished and names an object.
 * @param {import("../../index.d.ts").MediaAnalysisJob} job
 */
function requireObjects({ JobId, Status, FailureDetails: { Code, Message } = {}, Results, ManifestSummary }) {
  if (Status !== "SUCCEEDED" && Status !== "FAILED") {
    const message = `the job ${JobId} is not finished: it is ${Status}`;
    throw new ServiceError({ name: "ResourceNotReadyException", message });
  }
  if (Results?.S3Object || ManifestSummary?.S3Object) return;
  const why = Code ? `: it failed with ${Code}${Message ? ` (${Message})` : ""}` : "";
  throw new ResourceNotFoundException({ message: `the job ${JobId} wrote no results${why}` });
}
