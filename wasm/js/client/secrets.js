// What no error may hold: the credentials and logins that were used, all of them.
import { NetworkError } from "../util/errors.js";

/** So many characters of a secret, one after another, are a part of it; fewer may be chance. */
export const run = 8;

export class Secrets {
  /** @type {Set<string>} */
  #values = new Set();

  get areKnown() {
    return this.#values.size > 0;
  }

  /** @param {unknown[]} values what is no text is not kept */
  add(...values) {
    for (const value of values) if (value && typeof value === "string") this.#values.add(value);
  }

  /**
   * Whether a text holds a part of one as it is.
   * @param {string} text
   */
  areIn(text) {
    const runs = new Set();
    for (const value of this.#values) for (const part of runsOf(value)) runs.add(part);
    for (const part of runs.size > 0 ? runsOf(text) : []) if (runs.has(part)) return true;
    return false;
  }

  /**
   * What was thrown; or, where that holds a part of a secret, a copy of it that does not. What finds secrets is loaded
   * when there is an error; where it cannot be, nothing is told of it.
   * @param {unknown} reason
   */
  async clean(reason) {
    if (!this.areKnown) return reason;
    const { withoutSecrets } = await import("./redaction.js").catch(() => ({
      withoutSecrets: () => new NetworkError({ message: "it failed, and what keeps secrets out of errors cannot be loaded" }),
    }));
    return withoutSecrets(reason, this.#values);
  }
}

/** @param {string} text */
function* runsOf(text) {
  for (let end = run; end <= text.length; end++) yield text.slice(end - run, end);
}
