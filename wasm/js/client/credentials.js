// Credentials: where they come from, and how long they are good.
import { ServiceError } from "../util/errors.js";
import { Secrets } from "./secrets.js";

const renewBefore = 5 * 60_000; // milliseconds ahead of their end
const headerText = /^[\x21-\x7e]+$/;

/** One key pair, or a provider that is asked for one and asked again before it expires. Held in memory alone. */
export class CredentialSource {
  /** @type {import("../../index.d.ts").CredentialProvider | undefined} */
  #provider;
  /** @type {import("../../index.d.ts").Credentials | undefined} */
  #current;
  #renewAt = Number.POSITIVE_INFINITY;
  /** @type {Promise<import("../../index.d.ts").Credentials> | undefined} */
  #pending;

  /** All that has been signed with. */
  secrets = new Secrets();

  /** @param {import("../../index.d.ts").JobsOptions["credentials"]} credentials none signs nothing */
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
   * @param {import("../../index.d.ts").Credentials} [refused] those that the service says have expired
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
   * Asks in this very turn, so that nobody is asked once a call was aborted; who calls again from there awaits the same.
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
    for (const [name, value] of Object.entries({ accessKeyId, secretAccessKey, sessionToken: sessionToken ?? "none" })) {
      if (typeof value !== "string" || !headerText.test(value)) throw new TypeError(`the credentials' ${name} is not one`);
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
