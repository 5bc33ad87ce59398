// Holds the credentials that sign requests: a key pair, or a provider that is asked again before they expire.
import { abortable, startTimer } from "../util/abort.js";
import { CredentialsError, ServiceError } from "../util/errors.js";
import { wordsOf } from "../util/words_of.js";
import { readFirst, readKeyPair, RefusedKeys } from "./key_pair.js";
import { Secrets } from "./secrets.js";

const renewBefore = 5 * 60_000; // milliseconds ahead of their end
/** What has the form of AWS's secret keys, of 40 characters, or of session tokens. */
const secretForm =
  /(?<![\w/+])(?=[\w/+-]*[a-z])(?=[\w/+-]*[A-Z])(?=[\w/+-]*\d)(?:[\w/+]{40}|[\w/+-]{100,}={0,2})(?![\w/+])/g;
const mostOfError = 10_000; // characters of a message that are searched
const mostErrors = 50;

/**
 * @typedef {import("./key_pair.js").KeyPair} KeyPair
 * @typedef {() => number} Clock milliseconds by the service's clock
 * @typedef {{ answer: Promise<void>, deadline: number }} Question that the provider has not answered yet
 */

/** One key pair, or a provider of key pairs. They are held in memory only. */
export class CredentialSource {
  #timeout;
  /** @type {(() => unknown) | undefined} */
  #provider;
  /** What the caller or the provider gave. It may renew itself, so it is read for each signature. @type {unknown} */
  #given;
  /** What was last read from it. @type {KeyPair | undefined} */
  #current;
  #renewAt = Number.POSITIVE_INFINITY;
  /** @type {Question | undefined} */
  #question;
  #asked = 0;
  /** The question whose answer is held. */
  #answered = 0;

  /** All credentials that have signed requests. */
  secrets = new Secrets();

  /**
   * @param {import("../../index.d.ts").JobsOptions["credentials"]} credentials undefined: requests are not signed
   * @param {number} [timeout] milliseconds that the provider may take
   * @throws {TypeError} for a key pair that is none
   */
  constructor(credentials, timeout = 60_000) {
    if (!(timeout > 0)) throw new RangeError("credentialsTimeout must be a number of milliseconds above 0");
    this.#timeout = timeout;
    if (typeof credentials === "function") this.#provider = credentials;
    else if (credentials !== undefined && credentials !== null) this.#accept(credentials, Date.now());
  }

  get isRenewable() {
    return this.#provider !== undefined;
  }

  get canSign() {
    return this.isRenewable || this.#given !== undefined;
  }

  /**
   * The credentials to sign with; undefined when there are none.
   * @param {Clock} clock
   * @param {AbortSignal} signal
   * @param {KeyPair} [refused] credentials that the service has called expired
   * @throws {ServiceError} CredentialsError if the provider fails or does not answer in time; ExpiredTokenException
   */
  async get(clock, signal, refused) {
    if (/** @type {any} */ (this.#given)?.[readFirst]) await this.#update(signal);
    if (this.#provider === undefined) {
      const pair = this.#given === undefined ? undefined : this.#readAgain(clock());
      if (pair !== undefined && pair.expiresAt <= clock()) throw expired(pair);
      return pair;
    }
    const pair = this.#usable(clock(), refused);
    if (pair !== undefined && clock() < this.#renewAt) return pair;
    try {
      await this.#wait(clock, signal);
      return this.#current;
    } catch (reason) {
      const now = clock();
      const old = signal.aborted ? undefined : this.#usable(now, refused);
      if (old === undefined || old.expiresAt <= now) throw reason;
      this.#renewAt = now + (old.expiresAt - now) / 2;
      return old;
    }
  }

  /** @param {AbortSignal} signal */
  async #update(signal) {
    try {
      await abortable(/** @type {any} */ (this.#given)[readFirst](), signal);
    } catch (reason) {
      signal.throwIfAborted();
      this.secrets.add(...secretsIn(reason));
      if (this.#provider === undefined) unreadable(reason);
      this.#given = undefined;
    }
  }

  /**
   * What the provider gave, unless that was refused or cannot be read any more.
   * @param {number} now
   * @param {KeyPair} [refused]
   */
  #usable(now, refused) {
    if (this.#given === undefined) return undefined;
    try {
      const pair = this.#read(now);
      return pair === refused ? undefined : pair;
    } catch {
      return undefined;
    }
  }

  /**
   * Waits for the provider's answer, which other calls may be waiting for. Once its time is up, the next call asks anew.
   * @param {Clock} clock
   * @param {AbortSignal} signal
   */
  async #wait(clock, signal) {
    const isOpen = this.#question !== undefined && performance.now() < this.#question.deadline;
    const question = isOpen ? /** @type {Question} */ (this.#question) : this.#ask(clock);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const limit = new Promise((_, reject) => {
      timer = startTimer(() => {
        this.#close(question);
        const message = `the provider of credentials did not answer within ${this.#timeout} ms`;
        reject(new CredentialsError({ message }));
      }, question.deadline - performance.now());
    });
    try {
      await abortable(Promise.race([question.answer.catch(failed), limit]), signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Calls the provider in the same turn, so that it is not called after an abort.
   * @param {Clock} clock
   */
  #ask(clock) {
    const provider = /** @type {() => unknown} */ (this.#provider);
    const number = ++this.#asked;
    /** @type {(answer: Promise<unknown>) => void} */
    let settle = () => {};
    const answer = new Promise((resolve) => (settle = resolve))
      .then((given) => {
        if (number > this.#answered) this.#accept(given, clock());
        this.#answered = Math.max(number, this.#answered);
      })
      .catch((reason) => {
        this.secrets.add(...secretsIn(reason));
        throw reason;
      })
      .finally(() => this.#close(question));
    const question = { answer, deadline: performance.now() + this.#timeout };
    answer.catch(() => {});
    this.#question = question;
    settle((async () => provider())());
    return question;
  }

  /** @param {Question} question */
  #close(question) {
    if (this.#question === question) this.#question = undefined;
  }

  /**
   * Holds what the caller or the provider gave, once it can be read.
   * @param {unknown} given
   * @param {number} now
   */
  #accept(given, now) {
    const pair = readKeyPair(given, this.secrets);
    this.#given = given;
    this.#hold(pair, now);
  }

  /**
   * The key pair in what is held: the same object while its members are the same.
   * @param {number} now
   */
  #read(now) {
    const pair = readKeyPair(this.#given, this.secrets);
    const current = /** @type {KeyPair} */ (this.#current);
    const isSame = Object.entries(current).every(
      ([name, value]) => pair[/** @type {keyof KeyPair} */ (name)] === value,
    );
    return isSame ? current : this.#hold(pair, now);
  }

  /** @param {number} now */
  #readAgain(now) {
    try {
      return this.#read(now);
    } catch (reason) {
      this.secrets.add(...secretsIn(reason));
      unreadable(reason);
    }
  }

  /**
   * @param {KeyPair} pair
   * @param {number} now
   */
  #hold(pair, now) {
    const lifetime = pair.expiresAt - now;
    this.#renewAt = now + Math.max(lifetime - renewBefore, lifetime / 2);
    return (this.#current = pair);
  }
}

/**
 * Throws what a failure of the provider is for one call. Errors of this module, such as Cognito's, stay what they are.
 * @param {unknown} reason
 */
function failed(reason) {
  if (reason instanceof ServiceError) throw reason;
  throw credentialsError("the provider of credentials failed", reason);
}

/**
 * @param {unknown} reason
 * @returns {never}
 */
function unreadable(reason) {
  throw credentialsError("the credentials cannot be read", reason);
}

/**
 * @param {string} what
 * @param {unknown} cause which says enough if it is a RefusedKeys
 */
function credentialsError(what, cause) {
  const message = cause instanceof RefusedKeys ? cause.message : `${what}: ${wordsOf(cause).words}`;
  return new CredentialsError({ message, cause });
}

/**
 * What looks like a secret in the messages of an error, its causes, and the errors that it gathers.
 * @param {unknown} reason
 * @returns {Iterable<string>}
 */
function* secretsIn(reason) {
  const errors = new Set([reason]);
  for (const each of errors) {
    yield* wordsOf(each).words.slice(0, mostOfError).match(secretForm) ?? [];
    for (const inner of errors.size < mostErrors ? withinOf(each) : []) errors.add(inner);
  }
}

/**
 * @param {any} error
 * @returns {unknown[]}
 */
function withinOf(error) {
  try {
    return [error.cause, ...(Array.isArray(error.errors) ? error.errors : [])];
  } catch {
    return [];
  }
}

/** @param {KeyPair} pair */
function expired({ expiresAt }) {
  return new ServiceError({
    name: "ExpiredTokenException",
    message: `the credentials expired at ${new Date(expiresAt).toISOString()}: get new ones`,
  });
}
