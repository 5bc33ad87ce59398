// Holds the credentials that sign requests: a key pair, or a provider that is asked again before they expire.
import { ServiceError } from "../util/errors.js";
import { Secrets } from "./secrets.js";

const renewBefore = 5 * 60_000; // milliseconds ahead of their end
const headerText = /^[\x21-\x7e]+$/;

/** One key pair, or a provider of key pairs. They are held in memory only. */
export class CredentialSource {
  /** @type {import("../../index.d.ts").CredentialProvider | undefined} */
  #provider;
  /** @type {import("../../index.d.ts").Credentials | undefined} */
  #current;
  #renewAt = Number.POSITIVE_INFINITY;
  /** @type {Promise<import("../../index.d.ts").Credentials> | undefined} */
  #pending;

  /** All credentials that have signed requests. */
  secrets = new Secrets();

  /** @param {import("../../index.d.ts").JobsOptions["credentials"]} credentials undefined: requests are not signed */
  constructor(credentials) {
    if (typeof credentials === "function") this.#provider = credentials;
    else if (credentials !== undefined && credentials !== null) this.#accept(credentials);
  }

  get isRenewable() {
    return this.#provider !== undefined;
  }

  get canSign() {
    return this.isRenewable || this.#current !== undefined;
  }

  /**
   * The credentials to sign with at `now`, in milliseconds by the service's clock; undefined when there are none.
   * @param {number} now
   * @param {import("../../index.d.ts").Credentials} [refused] credentials that the service has called expired
   */
  async get(now, refused) {
    if (this.#provider === undefined) {
      if (this.#current !== undefined && expirationOf(this.#current) <= now) throw expired(this.#current);
      return this.#current;
    }
    const isRefused = refused !== undefined && refused === this.#current;
    if (isRefused || this.#current === undefined || now >= this.#renewAt) await this.#renew(now, isRefused);
    return this.#current;
  }

  /**
   * Gets new credentials; if that fails, keeps the current ones while they are valid.
   * @param {number} now
   * @param {boolean} isRefused
   */
  async #renew(now, isRefused) {
    try {
      const renewed = await (this.#pending ?? this.#ask());
      this.#accept(renewed);
      const lifetime = expirationOf(renewed) - now;
      this.#renewAt = now + Math.max(lifetime - renewBefore, lifetime / 2);
    } catch (reason) {
      const areStillGood = !isRefused && this.#current !== undefined && expirationOf(this.#current) > now;
      if (!areStillGood) throw reason;
    }
  }

  /**
   * Calls the provider in the same turn, so that it is not called after an abort. Calls that come meanwhile share its
   * promise.
   */
  #ask() {
    const provider = /** @type {import("../../index.d.ts").CredentialProvider} */ (this.#provider);
    /** @type {(answer: Promise<import("../../index.d.ts").Credentials>) => void} */
    let settle = () => {};
    const answer = new Promise((resolve) => (settle = resolve));
    this.#pending = answer.finally(() => (this.#pending = undefined));
    settle((async () => provider())());
    return this.#pending;
  }

  /** @param {import("../../index.d.ts").Credentials} credentials */
  #accept(credentials) {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials ?? {};
    this.secrets.add(accessKeyId, secretAccessKey, sessionToken);
    for (const [name, value] of Object.entries({
      accessKeyId,
      secretAccessKey,
      sessionToken: sessionToken ?? "none",
    })) {
      if (typeof value !== "string" || !headerText.test(value))
        throw new TypeError(`the credentials' ${name} is not one`);
    }
    this.#current = credentials;
  }
}

/** @param {import("../../index.d.ts").Credentials} credentials */
function expirationOf({ expiration }) {
  return expiration === undefined || expiration === null ? Number.POSITIVE_INFINITY : new Date(expiration).getTime();
}

/** @param {import("../../index.d.ts").Credentials} credentials */
function expired(credentials) {
  const since = new Date(expirationOf(credentials)).toISOString();
  return new ServiceError({
    name: "ExpiredTokenException",
    message: `the credentials expired at ${since}: get new ones`,
  });
}
