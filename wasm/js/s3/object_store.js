// Gets objects from S3 by the engine's rules of retries, and follows a bucket to its region within the partition.
import { isRedirect } from "../client/client.js";
import { asResponse, dropBody, makeAnswer } from "../util/any_response.js";
import { InvalidParameterException, NetworkError, ServiceError } from "../util/errors.js";
import { partitionOf } from "../client/endpoint.js";
import { readRedirect, refusalOf } from "../client/redirect.js";
import { addressOf } from "./address.js";
import { adviceOn } from "./error_advice.js";
import { headOf, hiddenRegion, readRefusal } from "./error_response.js";
import { explainSilence } from "./diagnose_no_response.js";
import { namingBreaks } from "./timed_stream.js";
import { Signer } from "../client/sigv4.js";

/** @typedef {import("../util/any_response.js").Answer} Answer */
/** @typedef {{ bucket: string, key: string, version?: string, kmsKeyId?: string }} S3Object */
/** @typedef {{ isSigned: boolean, payer?: "requester" }} Terms whether to sign, if there are credentials, and who pays */

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
   * @param {{ isSigned?: boolean, requestPayer?: "requester" | null }} [options] whether to sign, if there are
   *   credentials, and who pays for it
   * @returns {Promise<Answer>} a success, its body not yet read
   */
  async get(object, ask, signal, { isSigned = true, requestPayer } = {}) {
    const payer = requestPayer ?? undefined;
    if (payer !== undefined && payer !== "requester") {
      throw new InvalidParameterException({ message: 'requestPayer must be "requester", if it is given' });
    }
    /** @param {Record<string, string>} [headers] */
    const request = (headers) => this.#request(object, ask, signal, { isSigned, payer }, headers);
    return namingBreaks(await request(), uriOf(object), this.#client.requestTimeout, request);
  }

  /**
   * Sends a GET, if need be to the region that S3 names.
   * @param {S3Object} object
   * @param {RunRequest} ask
   * @param {AbortSignal} signal
   * @param {Terms} terms
   * @param {Record<string, string>} [headers]
   * @returns {Promise<Answer>} a success, its body not yet read
   */
  async #request(object, ask, signal, terms, headers = {}) {
    const client = terms.isSigned ? this.#client : { ...this.#client, credentials: unsigned };
    /** @type {Record<string, string>} */
    const paying = terms.payer && isToSign(terms, this.#client) ? { "x-amz-request-payer": terms.payer } : {};
    let attempts = 0;
    for (let hops = 0; ; hops++) {
      const region = this.#regions.get(object.bucket) ?? this.#place.region;
      if (region === undefined) {
        throw new InvalidParameterException({ message: "what is read from S3 needs a region or an s3Endpoint" });
      }
      const reading = new Reading(client, addressOf(object, this.#place, region), {
        signer: this.#signerFor(region),
        headers: { ...headers, ...paying },
        isOurs: this.#place.endpoint === undefined,
      });
      try {
        await ask(reading.client);
        return /** @type {Answer} */ (reading.response);
      } catch (error) {
        attempts += error instanceof ServiceError ? error.$metadata.attempts : 0;
        const { region: told = region } = reading;
        if (hops === 0 && told !== region && this.#mayGoOn(region, told)) {
          this.#regions.set(object.bucket, told);
          continue;
        }
        const { url } = reading.client;
        throw await this.#explained(error, { object, region, told, url, attempts, terms, signal });
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
   * @param {{ object: S3Object, region: string, told: string, url: URL, attempts: number, terms: Terms,
   *   signal: AbortSignal }} call
   */
  async #explained(error, { object, region, told, url, attempts, terms, signal }) {
    if (!(error instanceof ServiceError) || error.$metadata.attempts === 0) return error;
    const { bucket, key, version, kmsKeyId } = object;
    const { send, canSign } = this.#client;
    const isSigned = isToSign(terms, this.#client);
    const partition = partitionOf(region).arn;
    const bucketArn = `arn:${partition}:s3:::${bucket}`;
    const isLeftUnsigned = !terms.isSigned && canSign;
    const mayRequesterPay = isSigned && terms.payer === undefined && isUnexplainedDenial(error);
    const asked = {
      uri: uriOf(object),
      arn: `${bucketArn}/${key}`,
      bucketArn,
      bucket,
      region,
      partition,
      version,
      kmsKeyId,
      isLeftUnsigned,
      isSigned,
      mayRequesterPay,
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
    if (mayRequesterPay) return Object.assign(explained, { requesterPaysBucket: bucket });
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
  /** @type {Answer | undefined} the response, if it is a success */
  response;
  /** The bucket's region, if an error response named it. @type {string | undefined} */
  region;

  /**
   * @param {import("../client/client.js").Client} client
   * @param {URL} url
   * @param {object} options
   * @param {Signer} options.signer
   * @param {Record<string, string>} options.headers
   * @param {boolean} options.isOurs whether the host is S3's, built from bucket and region
   */
  constructor(client, url, { signer, headers, isOurs }) {
    /** @type {import("../client/client.js").Client["fetch"]} */
    const fetchObject = async (href, init) => {
      const response = asResponse(await client.send(href, init));
      if (init.signal?.aborted) {
        dropBody(response);
        throw init.signal.reason;
      }
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
      return makeAnswer(null, { headers: headOf(response) });
    };
    /**
     * The signature adds X-Amz-Content-Sha256.
     * @type {import("../client/client.js").Client["request"]}
     */
    const request = () => ({ method: "GET", headers, credentials: "omit", cache: "no-store" });
    this.client = { ...client, peer: `s3 ${url.host}`, url, signer, request, fetch: fetchObject };
  }
}

/**
 * @param {Terms} terms
 * @param {import("../client/client.js").Client} client
 */
function isToSign({ isSigned }, { canSign }) {
  return isSigned && canSign;
}

/**
 * Whether S3 denied a request without saying which permission is missing. It does not tell more of a bucket whose
 * requesters pay.
 * @param {ServiceError} error
 */
function isUnexplainedDenial({ name, message }) {
  return name === "AccessDenied" && !/not authorized to perform|\bkms:/i.test(message);
}

/** @param {S3Object} object */
function uriOf({ bucket, key }) {
  return `s3://${bucket}/${key}`;
}
