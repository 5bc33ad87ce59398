// Reads queries on the page itself, by an engine without records, so that typing never waits for the one with them.
import { EngineError } from "rekognition-jobs";

/** @typedef {Pick<import("rekognition-jobs").Jobs, "tokens" | "fields">} Reader */

/** @param {() => Promise<Reader>} open */
export function createLanguage(open) {
  /** @type {Promise<void> | undefined} */
  let opening;
  /** @type {Reader | undefined} */
  let reader;
  /** The last query and its tokens, which stay the same object. */
  let cut = { query: /** @type {string | null} */ (null), tokens: [] };

  return {
    /** Resolves once queries can be read; until then they have no tokens. */
    load() {
      opening ??= open().then((opened) => {
        reader = opened;
      });
      opening.catch(() => (opening = undefined));
      return opening;
    },
    /** @param {string} query @returns {import("rekognition-jobs").QueryToken[]} */
    tokens(query) {
      try {
        if (reader && cut.query !== query) cut = { query, tokens: reader.tokens(query) };
        return reader ? cut.tokens : [];
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        reader = undefined;
        opening = undefined;
        this.load();
        return [];
      }
    },
    get fields() {
      return reader?.fields ?? [];
    },
  };
}

/** @typedef {Readonly<ReturnType<typeof createLanguage>>} Language */
