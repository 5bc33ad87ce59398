// Signs requests with AWS Signature Version 4.
import { AwsV4Signer } from "../aws4fetch.js";

/** Caches the signing keys that it derives, which are valid for a day. */
export class Signer {
  #service;
  #region;
  #derivedKeys = new Map();

  /**
   * @param {string} service
   * @param {string} region
   */
  constructor(service, region) {
    this.#service = service;
    this.#region = region;
  }

  /**
   * @param {{ method: string, url: URL, headers: Record<string, string>, body?: string }} request
   * @param {{ accessKeyId: string, secretAccessKey: string, sessionToken?: string }} credentials
   * @param {number} time milliseconds by the service's clock
   * @returns {Promise<Record<string, string>>} the headers of the request, with those of the signature
   */
  async sign({ method, url, headers, body }, { accessKeyId, secretAccessKey, sessionToken }, time) {
    const datetime = new Date(time).toISOString().replace(/[:-]|\.\d{3}/g, "");
    const signer = new AwsV4Signer({
      method,
      url: url.href,
      headers,
      body,
      accessKeyId,
      secretAccessKey,
      sessionToken,
      service: this.#service,
      region: this.#region,
      datetime,
      cache: this.#derivedKeys,
    });
    // S3 signs the path as it is sent. The signer would decode it first, also "+" and "%2F".
    if (this.#service === "s3") signer.encodedPath = url.pathname;
    return Object.fromEntries((await signer.sign()).headers);
  }
}
