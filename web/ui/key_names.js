// Names the keys of a shortcut that has others on a Mac, where Ctrl and a click open a menu, and ⌘ and space a search.
const MAC = { command: "⌘", suggest: "⌥ ↓" };
const OTHERS = { command: "Ctrl", suggest: "Ctrl Space" };

export const KEY_NAMES = /^(Mac|iP)/.test(navigator.platform) ? MAC : OTHERS;
