// What a person can do to the page itself.
import { otherTheme } from "./theme.js";

/** @param {import("./state.js").Store} store */
export function pageActions(store) {
  /** @type {HTMLElement | null} */
  let focused = null;

  return {
    switchTheme() {
      store.set({ theme: otherTheme(store.state) });
    },
    openHelp() {
      focused = /** @type {HTMLElement | null} */ (document.activeElement);
      store.set({ dialog: "help" });
    },
    closeHelp() {
      store.set({ dialog: "" });
      const canReturn = focused?.isConnected && focused !== document.body;
      queueMicrotask(() => (canReturn ? focused : /** @type {HTMLElement} */ (document.querySelector("#help-button"))).focus());
    },
  };
}
