// Objects of S3 by signed GETs: retried by the engine's rules, from the region that their bucket turns out to be in.
import { InvalidParameterException, NetworkError, ServiceError } from "./errors.js";
import { partitionOf } from "./endpoint.js";
import { addressOf } from "./s3_address.js";
import { adviceOn } from "./s3_advice.js";
import { headOf, readRefusal } from "./s3_refusal.js";
import { explainSilence } from "./s3_silence.js";
import { namingBreaks } from "./s3_stream.js";
import { Signer } from "./signing.js";

/** @typedef {{ bucket: string, key: string, kmsKeyId?: string }} S3Object */

/**
 * Drives one call through a client to its end.
 * @typedef {(client: import("./client.js").Reachable) => Promise<void>} Ask
 */

export class ObjectStore {
  #client;
  #place;
  /** Of buckets that are not where they were thought to be. @type {Map<string, string>} */
  #regions = new Map();
  /** @type {Map<string, Signer>} by region */
  #signers = new Map();

  /**
   * @param {import("./client.js").Client} client
   * @param {import("./endpoint.js").S3Place} place
   */
  constructor(client, place) {
    this.#client = client;
    this.#place = place;
  }

  /**
   * @param {S3Object} object
   * @param {Ask} ask
   * @param {AbortSignal} signal
   * @returns {Promise<Response>} a success, its body not yet read
   */
  async get(object, ask, signal) {
    let attempts = 0;
    for (let hops = 0; ; hops++) {
      const region = this.#regions.get(object.bucket) ?? this.#place.region;
      if (region === undefined) {
        throw new InvalidParameterException({ message: "what is read from S3 needs a region or an s3Endpoint" });
      }
      const reading = new Reading(this.#client, addressOf(object, this.#place, region), this.#signerFor(region));
      try {
        await ask(reading.client);
        const response = /** @type {Response} */ (reading.response);
        return namingBreaks(response, uriOf(object), this.#client.requestTimeout);
      } catch (error) {
        attempts += error instanceof ServiceError ? error.$metadata.attempts : 0;
        if (hops === 0 && reading.region !== undefined && reading.region !== region) {
          this.#regions.set(object.bucket, reading.region);
          continue;
        }
        throw await this.#explained(error, { object, region, url: reading.client.url, attempts, signal });
      }
    }
  }

  /**
   * The error in words that say what to do; what is not of S3 as it is.
   * @param {unknown} error
   * @param {{ object: S3Object, region: string, url: URL, attempts: number, signal: AbortSignal }} call
   */
  async #explained(error, { object, region, url, attempts, signal }) {
    if (!(error instanceof ServiceError) || error.$metadata.attempts === 0) return error;
    const { bucket, key, kmsKeyId } = object;
    const { fetch, credentials } = this.#client;
    const bucketArn = `arn:${partitionOf(region).arn}:s3:::${bucket}`;
    const asked = {
      uri: uriOf(object), arn: `${bucketArn}/${key}`, bucketArn, bucket, region, kmsKeyId,
      isSigned: credentials.hasSome,
    };
    const { name, $retryable, $metadata } = error;
    const words = adviceOn(asked, error);
    const isSilent = error instanceof NetworkError;
    const message = isSilent ? await explainSilence({ url, bucket, region, words, fetch, signal }) : words;
    signal.throwIfAborted();
    return new /** @type {typeof ServiceError} */ (error.constructor)({ name, message, $retryable, $metadata: { ...$metadata, attempts } });
  }

  /** @param {string} region */
  #signerFor(region) {
    const signer = this.#signers.get(region) ?? new Signer("s3", region);
    this.#signers.set(region, signer);
    return signer;
  }
}

/** One GET, in the form of a call of the service: its answer is the head alone, and the object stays to be read. */
class Reading {
  /** @type {Response | undefined} once it is a success */
  response;
  /** The bucket's, where a refusal told it. @type {string | undefined} */
  region;

  /**
   * @param {import("./client.js").Client} client
   * @param {URL} url
   * @param {Signer} signer
   */
  constructor(client, url, signer) {
    /** @type {typeof fetch} */
    const fetchObject = async (...request) => {
      const response = await client.fetch(...request);
      if (!response.ok) {
        const refusal = await readRefusal(response);
        this.region = refusal.region ?? this.region;
        return refusal.response;
      }
      this.response = response;
      return new Response(null, { headers: headOf(response) });
    };
    this.client = { ...client, url, signer, request: getRequest, fetch: fetchObject };
  }
}

/**
 * The signature adds X-Amz-Content-Sha256.
 * @type {import("./client.js").Client["request"]}
 */
function getRequest() {
  return { method: "GET", headers: {}, credentials: "omit", cache: "no-store" };
}

/** @param {S3Object} object */
function uriOf({ bucket, key }) {
  return `s3://${bucket}/${key}`;
}
