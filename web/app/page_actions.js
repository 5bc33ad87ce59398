// Defines the actions on the page itself: theme, shell, help.
import { otherTheme } from "../ui/theme.js";

/** @param {import("../state/state.js").Store} store */
export function pageActions(store) {
  /** @type {HTMLElement | null} */
  let focused = null;

  return {
    switchTheme() {
      store.set({ theme: otherTheme(store.state) });
    },
    /** @param {import("../aws/cli_commands.js").Shell} shell  that copied commands are for */
    chooseShell(shell) {
      store.set({ shell });
    },
    openHelp() {
      focused = /** @type {HTMLElement | null} */ (document.activeElement);
      store.set({ dialog: "help" });
    },
    closeHelp() {
      store.set({ dialog: "" });
      const canReturn = focused?.isConnected && focused !== document.body;
      queueMicrotask(() =>
        (canReturn ? focused : /** @type {HTMLElement} */ (document.querySelector("#help-button"))).focus(),
      );
    },
  };
}
