// Applies the light or dark theme: the system's, or the one that the person chose here.

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @param {import("../state/state.js").State} state */
export function isDark({ theme, systemDark }) {
  return theme === "system" ? systemDark : theme === "dark";
}

/** Returns the theme after a press of the button: the other one, or the system's where that is the same. */
export function otherTheme(state) {
  const wanted = isDark(state) ? "light" : "dark";
  return wanted === (dark.matches ? "dark" : "light") ? "system" : wanted;
}

/** Call it before each render; theme.css has the colours. */
export function applyTheme({ theme }) {
  document.documentElement.dataset.theme = theme;
}

/**
 * Updates the state when the colours or the contrast of the system change.
 * @param {import("../state/state.js").Store} store
 */
export function watchSystemTheme(store) {
  const change = () => store.set({ systemDark: dark.matches, contrast: store.state.contrast + 1 });
  for (const query of [dark, matchMedia("(forced-colors: active)"), matchMedia("(prefers-contrast: more)")]) {
    query.addEventListener("change", change);
  }
  change();
}
