// The buttons of the page itself: its colours and its help.
import { html } from "lit";
import * as icons from "./icons.js";
import { isDark } from "./theme.js";

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function pageTools(state, actions) {
  const name = isDark(state) ? "Light colours" : "Dark colours";
  return html`
    <button id="theme" type="button" class="tool" aria-label=${name} title=${name} aria-keyshortcuts="d"
      @click=${actions.switchTheme}>${isDark(state) ? icons.sun : icons.moon}</button>
    <button id="help-button" type="button" class="tool" aria-label="Help" title="Help (?)" aria-keyshortcuts="?"
      aria-haspopup="dialog"
      @click=${actions.openHelp}>${icons.help}</button>`;
}
