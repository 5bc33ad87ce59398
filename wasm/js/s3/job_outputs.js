// Fetches a job's objects from S3: its results file, its manifest summary and its images.
import { InvalidParameterException, ResourceNotFoundException, ServiceError } from "../util/errors.js";
import { readImage } from "./image.js";
import { whenRead } from "./timed_stream.js";
import { ObjectStore } from "./object_store.js";
import { refuse } from "./refusal.js";

/** @typedef {import("../util/any_response.js").Answer} Answer */

/** S3's errors for an object that is not there and will not be. */
const missing = new Set(["NoSuchKey", "NoSuchVersion"]);

/**
 * @typedef {object} Found what a job wrote
 * @property {Answer} [results] not yet read
 * @property {ServiceError} [resultsError] why there are none, though the job names them
 * @property {Answer} [summary] requested when it is read, unless it is all there is
 */

/** The objects of the jobs of one `Jobs`. */
export class JobObjects {
  #store;
  /** The buckets of jobs whose objects were requested. @type {Set<string | undefined>} */
  #buckets = new Set();
  refuse = refuse;

  /**
   * @param {import("../client/client.js").Client} client
   * @param {import("../client/endpoint.js").S3Place} place
   */
  constructor(client, place) {
    this.#store = new ObjectStore(client, place);
  }

  /**
   * Requests the results file of a job, or its manifest summary if there is no results file.
   * @param {import("../../index.d.ts").MediaAnalysisJob} job
   * @param {import("./object_store.js").RunRequest} ask
   * @param {{ signal: AbortSignal, requestPayer?: "requester" | null }} options
   * @returns {Promise<Found>}
   * @throws {ServiceError} if the results exist and cannot be read, or neither object exists
   */
  async fetch(job, ask, { signal, requestPayer }) {
    requireFinished(job);
    for (const { S3Object } of [job.Input ?? {}, job.Results ?? {}, job.ManifestSummary ?? {}])
      this.#buckets.add(S3Object?.Bucket);
    this.#buckets.add(job.OutputConfig?.S3Bucket);
    /** @param {import("../../index.d.ts").S3Object} [object] */
    const named = ({ Bucket: bucket, Name: key, Version: version } = {}) =>
      bucket && key
        ? () => this.#store.get({ bucket, key, version, kmsKeyId: job.KmsKeyId }, ask, signal, { requestPayer })
        : undefined;
    const getResults = named(job.Results?.S3Object);
    const getSummary = named(job.ManifestSummary?.S3Object);
    if (getResults === undefined) return { summary: await (getSummary ?? nowhere(job))() };
    try {
      return { results: await getResults(), summary: getSummary && whenRead(getSummary) };
    } catch (reason) {
      if (!(reason instanceof ServiceError) || !missing.has(reason.name) || getSummary === undefined) throw reason;
      const summary = await getSummary().catch(() => {
        signal.throwIfAborted();
        throw reason;
      });
      return { resultsError: reason, summary };
    }
  }

  /**
   * Fetches an image.
   * @param {string} uri
   * @param {import("./object_store.js").RunRequest} ask
   * @param {object} options
   * @param {AbortSignal} options.signal
   * @param {(bucket: string) => boolean} options.isNamed whether a job names a bucket
   * @param {boolean} [options.signed] default: sign if a job names the bucket
   * @param {string | null} [options.versionId] default: the one at the end of the URI
   * @param {"requester" | null} [options.requestPayer]
   * @returns {Promise<Blob>}
   */
  async image(uri, ask, { signal, isNamed, signed, versionId, requestPayer }) {
    const [, bucket, path] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? [];
    if (!bucket) throw new InvalidParameterException({ message: `${JSON.stringify(uri)} is not a valid s3:// URI` });
    if (typeof (versionId ?? "") !== "string") {
      throw new InvalidParameterException({ message: "versionId must be a string" });
    }
    const [, key, named] = /^(.+?)(?:\?versionId=([\w.-]+))?$/s.exec(path) ?? [];
    const isSigned = signed ?? (this.#buckets.has(bucket) || isNamed(bucket));
    const object = { bucket, key, version: versionId ?? named };
    return readImage(await this.#store.get(object, ask, signal, { isSigned, requestPayer }), uri, signal);
  }
}

/**
 * Throws unless the job is finished.
 * @param {import("../../index.d.ts").MediaAnalysisJob} job
 */
function requireFinished({ JobId, Status }) {
  if (Status === "SUCCEEDED" || Status === "FAILED") return;
  const message = `the job ${JobId} is not finished: it is ${Status}`;
  throw new ServiceError({ name: "ResourceNotReadyException", message });
}

/**
 * Returns a function that throws, since the job names no object.
 * @param {import("../../index.d.ts").MediaAnalysisJob} job
 * @returns {() => never}
 */
function nowhere({ JobId, FailureDetails: { Code, Message } = {} }) {
  return () => {
    const why = Code ? `: it failed with ${Code}${Message ? ` (${Message})` : ""}` : "";
    throw new ResourceNotFoundException({ message: `the job ${JobId} wrote no results${why}` });
  };
}
