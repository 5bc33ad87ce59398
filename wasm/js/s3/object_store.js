// Gets objects from S3 by the engine's rules of retries, and follows a bucket to its region within the partition.
import { isRedirect } from "../client/client.js";
import { InvalidParameterException, NetworkError, ServiceError } from "../util/errors.js";
import { partitionOf } from "../client/endpoint.js";
import { readRedirect, refusalOf } from "../client/redirect.js";
import { addressOf } from "./address.js";
import { adviceOn } from "./error_advice.js";
import { headOf, hiddenRegion, readRefusal } from "./error_response.js";
import { explainSilence } from "./diagnose_no_response.js";
import { namingBreaks } from "./timed_stream.js";
import { Signer } from "../client/sigv4.js";

/** @typedef {{ bucket: string, key: string, kmsKeyId?: string }} S3Object */

/** The statuses of responses that a signature may change. @type {Set<number | undefined>} */
const denials = new Set([401, 403]);

/** The credentials of requests that are not signed: none. */
const unsigned = { get: async () => undefined };

/**
 * Runs one operation through a client.
 * @typedef {(client: import("../client/client.js").ServiceClient) => Promise<void>} RunRequest
 */

/** S3 as one `Jobs` uses it. */
export class ObjectStore {
  #client;
  #place;
  /** The regions of buckets that are not in the caller's region. @type {Map<string, string>} */
  #regions = new Map();
  /** @type {Map<string, Signer>} by region */
  #signers = new Map();

  /**
   * @param {import("../client/client.js").Client} client
   * @param {import("../client/endpoint.js").S3Place} place
   */
  constructor(client, place) {
    this.#client = client;
    this.#place = place;
  }

  /**
   * Gets an object.
   * @param {S3Object} object
   * @param {RunRequest} ask
   * @param {AbortSignal} signal
   * @param {{ isSigned?: boolean }} [options] whether to sign, if there are credentials
   * @returns {Promise<Response>} a success, its body not yet read
   */
  async get(object, ask, signal, { isSigned = true } = {}) {
    let attempts = 0;
    for (let hops = 0; ; hops++) {
      const region = this.#regions.get(object.bucket) ?? this.#place.region;
      if (region === undefined) {
        throw new InvalidParameterException({ message: "what is read from S3 needs a region or an s3Endpoint" });
      }
      const client = isSigned ? this.#client : { ...this.#client, credentials: unsigned };
      const isOurs = this.#place.endpoint === undefined;
      const reading = new Reading(client, addressOf(object, this.#place, region), this.#signerFor(region), isOurs);
      try {
        await ask(reading.client);
        const response = /** @type {Response} */ (reading.response);
        return namingBreaks(response, uriOf(object), this.#client.requestTimeout);
      } catch (error) {
        attempts += error instanceof ServiceError ? error.$metadata.attempts : 0;
        const { region: told = region } = reading;
        if (hops === 0 && told !== region && this.#mayGoOn(region, told)) {
          this.#regions.set(object.bucket, told);
          continue;
        }
        throw await this.#explained(error, {
          object,
          region,
          told,
          url: reading.client.url,
          attempts,
          isSigned,
          signal,
        });
      }
    }
  }

  /**
   * Whether a request may follow its bucket to the region that S3 names. It must stay in the partition that the caller
   * chose; at a custom endpoint, the host stays the same.
   * @param {string} region
   * @param {string} told
   */
  #mayGoOn(region, told) {
    return this.#place.endpoint !== undefined || partitionOf(told) === partitionOf(region);
  }

  /**
   * The error with advice; an error that is not S3's, unchanged.
   * @param {unknown} error
   * @param {{ object: S3Object, region: string, told: string, url: URL, attempts: number, isSigned: boolean,
   *   signal: AbortSignal }} call
   */
  async #explained(error, { object, region, told, url, attempts, isSigned, signal }) {
    if (!(error instanceof ServiceError) || error.$metadata.attempts === 0) return error;
    const { bucket, key, kmsKeyId } = object;
    const { send, canSign } = this.#client;
    const partition = partitionOf(region).arn;
    const bucketArn = `arn:${partition}:s3:::${bucket}`;
    const isLeftUnsigned = !isSigned && canSign;
    const asked = {
      uri: uriOf(object),
      arn: `${bucketArn}/${key}`,
      bucketArn,
      bucket,
      region,
      partition,
      kmsKeyId,
      isLeftUnsigned,
      isSigned: isSigned && canSign,
      told: { region: told, partition: partitionOf(told).arn },
      isOutside: !this.#mayGoOn(region, told),
    };
    const { name, $retryable, $metadata } = error;
    const words = adviceOn(asked, error);
    const isSilent = error instanceof NetworkError;
    const message = isSilent ? await explainSilence({ url, bucket, region, words, fetch: send, signal }) : words;
    signal.throwIfAborted();
    const ErrorClass = /** @type {typeof ServiceError} */ (error.constructor);
    const explained = new ErrorClass({ name, message, $retryable, $metadata: { ...$metadata, attempts } });
    const mayBeAsked = isLeftUnsigned && denials.has($metadata.httpStatusCode);
    return mayBeAsked ? Object.assign(explained, { bucket }) : explained;
  }

  /** @param {string} region */
  #signerFor(region) {
    const signer = this.#signers.get(region) ?? new Signer("s3", region);
    this.#signers.set(region, signer);
    return signer;
  }
}

/**
 * One GET as an operation for the engine: the engine gets the response without its body, which is left for the caller.
 */
class Reading {
  /** @type {Response | undefined} the response, if it is a success */
  response;
  /** The bucket's region, if an error response named it. @type {string | undefined} */
  region;

  /**
   * @param {import("../client/client.js").Client} client
   * @param {URL} url
   * @param {Signer} signer
   * @param {boolean} isOurs whether the host is S3's, built from bucket and region
   */
  constructor(client, url, signer, isOurs) {
    /** @type {import("../client/client.js").Client["fetch"]} */
    const fetchObject = async (href, init) => {
      const response = await client.send(href, init);
      const redirect = isRedirect(response, href) ? readRedirect(response, href) : undefined;
      if (redirect?.status === 0) {
        response.body?.cancel().catch(() => {});
        const isHidden = response.type === "opaqueredirect";
        if (isOurs && isHidden) this.region = await hiddenRegion(url, client.send, init.signal);
        return refusalOf(redirect);
      }
      if (!response.ok) {
        const refusal = await readRefusal(response, redirect);
        this.region = refusal.region ?? this.region;
        return refusal.response;
      }
      this.response = response;
      return new Response(null, { headers: headOf(response) });
    };
    this.client = { ...client, peer: `s3 ${url.host}`, url, signer, request: getRequest, fetch: fetchObject };
  }
}

/**
 * The signature adds X-Amz-Content-Sha256.
 * @type {import("../client/client.js").Client["request"]}
 */
function getRequest() {
  return { method: "GET", headers: {}, credentials: "omit", cache: "no-store" };
}

/** @param {S3Object} object */
function uriOf({ bucket, key }) {
  return `s3://${bucket}/${key}`;
}
