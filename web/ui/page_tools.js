// Renders the buttons of the page itself: theme and help.
import { html } from "lit-html";
import * as icons from "./icons.js";
import { isDark } from "./theme.js";

/** @type {import("../app/actions.js").Template} */
export function pageTools(state, actions) {
  const name = isDark(state) ? "Light theme" : "Dark theme";
  return html`
    <button id="theme" type="button" class="tool" aria-label=${name} title=${name} aria-keyshortcuts="d"
      @click=${actions.switchTheme}>${isDark(state) ? icons.sun : icons.moon}</button>
    <button id="help-button" type="button" class="tool" aria-label="Help" title="Help (?)" aria-keyshortcuts="?"
      aria-haspopup="dialog"
      @click=${actions.openHelp}>${icons.help}</button>`;
}
