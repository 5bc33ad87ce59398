// What a person can do with the completions of the query.
import { placeAt } from "./completions.js";
import { NO_COMPLETION } from "./state.js";

/**
 * @param {import("./state.js").ListedStore} store
 * @param {Readonly<ReturnType<typeof import("./completer.js").createCompleter>>} completer
 * @param {(query: string, caret: number) => void} type
 */
export function completionActions(store, completer, type) {
  return {
    suggest: completer.suggest,
    closeCompletions: completer.close,
    standOnCompletion(active) {
      store.set({ completion: { ...store.state.completion, active } });
    },
    /**
     * Puts the completion in; after a field its values follow. The list may be older than the last letters: where they
     * end is looked up anew.
     */
    complete(index) {
      const { query, tokens, completion: { items, place: placeThen } } = store.state;
      const item = items[index];
      const place = placeAt(query, tokens, /** @type {HTMLInputElement} */ (document.querySelector("#query")).selectionStart);
      if (!item || place?.field !== placeThen.field || place.start !== placeThen.start) return;
      const after = query.slice(place.end);
      const insert = item.insert.endsWith(" ") && /^[\s,)]/.test(after) ? item.insert.trimEnd() : item.insert;
      const caret = place.start + insert.length;
      store.set({ completion: NO_COMPLETION, caret });
      type(query.slice(0, place.start) + insert + after, caret);
    },
  };
}
