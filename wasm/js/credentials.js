// Credentials: where they come from, how long they are good, and how they are kept out of texts.
import { ServiceError } from "./errors.js";

const renewBefore = 5 * 60_000; // milliseconds ahead of their end
const headerText = /^[\x21-\x7e]+$/;

/** One key pair, or a provider that is asked for one and asked again before it expires. Held in memory alone. */
export class CredentialSource {
  /** @type {import("../index.d.ts").CredentialProvider | undefined} */
  #provider;
  /** @type {import("../index.d.ts").Credentials | undefined} */
  #current;
  #renewAt = Number.POSITIVE_INFINITY;
  /** @type {Promise<import("../index.d.ts").Credentials> | undefined} */
  #pending;
  /** @type {Set<string>} */
  #secrets = new Set();

  /** @param {import("../index.d.ts").JobsOptions["credentials"]} credentials none signs nothing */
  constructor(credentials) {
    if (typeof credentials === "function") this.#provider = credentials;
    else if (credentials !== undefined && credentials !== null) this.#accept(credentials);
  }

  get isRenewable() {
    return this.#provider !== undefined;
  }

  /** Whether there are credentials that a request may have been signed with. */
  get hasSome() {
    return this.#secrets.size > 0;
  }

  /**
   * The credentials to sign with at `now`, in milliseconds by the service's clock; undefined when there are none.
   * @param {number} now
   * @param {import("../index.d.ts").Credentials} [refused] those that the service says have expired
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
   * The text with everything secret taken out.
   * @param {string} text
   */
  redact(text) {
    let redacted = text;
    for (const secret of this.#secrets) redacted = redacted.replaceAll(secret, "[redacted]");
    return redacted;
  }

  /**
   * @param {number} now
   * @param {boolean} isRefused
   */
  async #renew(now, isRefused) {
    this.#pending ??= Promise.resolve()
      .then(/** @type {import("../index.d.ts").CredentialProvider} */ (this.#provider))
      .finally(() => (this.#pending = undefined));
    try {
      const renewed = await this.#pending;
      this.#accept(renewed);
      const lifetime = expirationOf(renewed) - now;
      this.#renewAt = now + Math.max(lifetime - renewBefore, lifetime / 2);
    } catch (reason) {
      const areStillGood = !isRefused && this.#current !== undefined && expirationOf(this.#current) > now;
      if (!areStillGood) throw reason;
    }
  }

  /** @param {import("../index.d.ts").Credentials} credentials */
  #accept(credentials) {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials ?? {};
    for (const [name, value] of Object.entries({ accessKeyId, secretAccessKey, sessionToken: sessionToken ?? "none" })) {
      if (typeof value !== "string" || !headerText.test(value)) throw new TypeError(`the credentials' ${name} is not one`);
    }
    this.#current = credentials;
    for (const secret of [accessKeyId, secretAccessKey, sessionToken]) if (secret) this.#secrets.add(secret);
  }
}

/** @param {import("../index.d.ts").Credentials} credentials */
function expirationOf({ expiration }) {
  return expiration === undefined || expiration === null ? Number.POSITIVE_INFINITY : new Date(expiration).getTime();
}

/** @param {import("../index.d.ts").Credentials} credentials */
function expired(credentials) {
  const since = new Date(expirationOf(credentials)).toISOString();
  return new ServiceError({
    name: "ExpiredTokenException",
    message: `the credentials expired at ${since}: get new ones, or give a function as credentials that does`,
  });
}
