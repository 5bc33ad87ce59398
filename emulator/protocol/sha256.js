// SHA-256 and HMAC-SHA-256 of Node's crypto, in the form that @smithy/signature-v4 takes.

import { createHash, createHmac } from "node:crypto";

/** A checksum when made without a secret, a keyed one with it. */
export class Sha256 {
  #hash;

  /** @param {import("@smithy/types").SourceData} [secret] */
  constructor(secret) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", /** @type {Uint8Array} */ (secret));
  }

  /** @param {Uint8Array} bytes */
  update(bytes) {
    this.#hash.update(bytes);
  }

  /** @returns {Promise<Uint8Array>} */
  async digest() {
    return this.#hash.digest();
  }
}

/**
 * @param {string | Uint8Array} content
 * @returns {string}
 */
export const sha256Hex = (content) => createHash("sha256").update(content).digest("hex");
