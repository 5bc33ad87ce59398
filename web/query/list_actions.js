// Defines the actions on a query and its list, of jobs or of images.
import { completionActions } from "./completion_actions.js";
import { exportActions } from "../export/export_actions.js";

/**
 * @param {object} list
 * @param {import("../state/state.js").ListStore} list.store
 * @param {Parameters<typeof exportActions>[1]} list.query
 * @param {Readonly<ReturnType<typeof import("./autocomplete.js").createAutocomplete>>} list.autocomplete
 * @param {Readonly<ReturnType<typeof import("../app/url_state.js").createUrlState>>} list.urlState
 * @param {(changes: object) => void} list.begin  changes the state, and shows the list from its start
 * @param {string} list.fileName  what an exported file's name begins with
 */
export function listActions({ store, query, autocomplete, urlState, begin, fileName }) {
  const actions = {
    typeQuery(text, caret) {
      begin({ query: text });
      autocomplete.suggest(caret);
      urlState.replaceDebounced();
    },
    clearQuery() {
      urlState.flush();
      begin({ query: "", focus: "query" });
      urlState.push();
    },
    /** Ends the typing. */
    settleQuery() {
      autocomplete.close();
      urlState.flush();
    },
    ...completionActions(store, autocomplete, (text, caret) => actions.typeQuery(text, caret)),
    ...exportActions(store, query, fileName),
  };
  return actions;
}
