// Light or dark: as the system is, or as the person wants it here.

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @param {import("./state.js").State} state */
export function isDark({ theme }) {
  return theme === "system" ? dark.matches : theme === "dark";
}

/** The theme after a press of the button: the other one, and the system's again when that is the same. */
export function otherTheme(state) {
  const wanted = isDark(state) ? "light" : "dark";
  return wanted === (dark.matches ? "dark" : "light") ? "system" : wanted;
}

/** To be called before each drawing; css/theme.css has the colours. */
export function applyTheme({ theme }) {
  document.documentElement.dataset.theme = theme;
}

/** @param {() => void} onChange  the system's colours or contrast have changed */
export function watchSystemTheme(onChange) {
  for (const query of [dark, matchMedia("(forced-colors: active)"), matchMedia("(prefers-contrast: more)")]) {
    query.addEventListener("change", onChange);
  }
}
