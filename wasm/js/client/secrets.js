// Remembers the credentials and logins that were used, and keeps them out of errors.
import { abortable } from "../util/abort.js";
import { NetworkError } from "../util/errors.js";

/** The least number of consecutive characters that count as a part of a secret; fewer may be a coincidence. */
export const run = 8;

/** The secrets of one client. */
export class Secrets {
  /** @type {Set<string>} */
  #values = new Set();

  get areKnown() {
    return this.#values.size > 0;
  }

  /** @param {unknown[]} values those that are not strings are ignored */
  add(...values) {
    for (const value of values) if (value && typeof value === "string") this.#values.add(value);
  }

  /**
   * Whether a text contains a part of a secret, without decoding.
   * @param {string} text
   */
  areIn(text) {
    const runs = new Set();
    for (const value of this.#values) for (const part of runsOf(value)) runs.add(part);
    for (const part of runs.size > 0 ? runsOf(text) : []) if (runs.has(part)) return true;
    return false;
  }

  /**
   * Returns the thrown value; or, if it contains a part of a secret, a copy of it without that. This loads
   * redaction.js; if it cannot be loaded, an error without details replaces the value.
   * @param {unknown} reason
   * @param {AbortSignal} [signal] of the call that failed
   * @throws the signal's reason, if it aborts before redaction.js is loaded
   */
  async clean(reason, signal) {
    if (!this.areKnown) return reason;
    const loading = import("./redaction.js").catch(() => ({
      withoutSecrets: () =>
        new NetworkError({ message: "it failed, and what keeps secrets out of errors cannot be loaded" }),
    }));
    const { withoutSecrets } = await (signal ? abortable(loading, signal) : loading);
    return withoutSecrets(reason, this.#values);
  }
}

/**
 * All runs of a text.
 * @param {string} text
 */
function* runsOf(text) {
  for (let end = run; end <= text.length; end++) yield text.slice(end - run, end);
}
