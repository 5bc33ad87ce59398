// Defines the actions on the suggestions: highlight, accept, dismiss.
import { completionId } from "./completion_list.js";
import { contextAt } from "./suggestions.js";
import { NO_COMPLETION } from "../state/state.js";

/**
 * @param {import("../state/state.js").ListStore} store
 * @param {Readonly<ReturnType<typeof import("./autocomplete.js").createAutocomplete>>} autocomplete
 * @param {(query: string, caret: number) => void} type
 */
export function completionActions(store, autocomplete, type) {
  /** The arrow keys that wait for suggestions. */
  let moves = Promise.resolve();
  let moving = 0;

  /**
   * Highlights the next or previous suggestion for what is typed by now, not a letter ago. If there is none any more, the
   * key does what it does without suggestions.
   */
  async function highlight(step, event) {
    await autocomplete.settled();
    const { completion } = store.state;
    const count = completion.items.length;
    if (count === 0) {
      event.target.dispatchEvent(new KeyboardEvent("keydown", event));
      return;
    }
    const from = step < 0 && completion.active < 0 ? 0 : completion.active;
    const active = (from + step + count) % count;
    store.set({ completion: { ...completion, active } });
    queueMicrotask(() => document.getElementById(completionId(active))?.scrollIntoView({ block: "nearest" }));
  }

  function move(step, event) {
    moving += 1;
    moves = moves
      .then(() => highlight(step, event))
      .finally(() => {
        moving -= 1;
      });
  }

  const actions = {
    suggest: autocomplete.suggest,
    /**
     * Inserts the suggestion; after a field, its values follow. The list may be older than the last letters, so the
     * position is computed again.
     */
    acceptCompletion(index) {
      const {
        query,
        tokens,
        completion: { items, context: contextThen },
      } = store.state;
      const item = items[index];
      const context = contextAt(
        query,
        tokens,
        /** @type {HTMLInputElement} */ (document.querySelector("#query")).selectionStart,
      );
      if (!item || context?.field !== contextThen.field || context.start !== contextThen.start) return;
      const after = query.slice(context.end);
      const insert = item.insert.endsWith(" ") && /^[\s,)]/.test(after) ? item.insert.trimEnd() : item.insert;
      const caret = context.start + insert.length;
      store.set({ completion: NO_COMPLETION, caret });
      type(query.slice(0, context.start) + insert + after, caret);
    },
    /**
     * Handles a key in the query box. It reads the store, since keys come faster than frames.
     * @param {KeyboardEvent} event
     */
    pressCompletionKey(event) {
      if (event.isComposing) return;
      const { items, active } = store.state.completion;
      const acceptNow = () => actions.acceptCompletion(store.state.completion.active);
      const accept = () => (moving === 0 ? acceptNow() : moves.then(acceptNow));
      const keys = {
        ArrowDown: () => move(1, event),
        ArrowUp: () => move(-1, event),
        Escape: autocomplete.close,
        ...(active >= 0 || moving > 0 ? { Enter: accept, Tab: accept } : {}),
      };
      const isAsked = (event.altKey && event.key === "ArrowDown") || (event.ctrlKey && event.key === " ");
      if (event.key === "Escape" && items.length === 0) autocomplete.close();
      if (isAsked) autocomplete.suggest(/** @type {HTMLInputElement} */ (event.target).selectionStart, true);
      else if (items.length > 0 && !event.shiftKey && Object.hasOwn(keys, event.key)) keys[event.key]();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  return actions;
}
