// Saves how the person wants the page (columns, times, theme, shell), and never what a query found.
import { SHELLS } from "../aws/cli_commands.js";
import { COLUMNS } from "../jobs/columns.js";
import { TIMES } from "../ui/format.js";
import { PAGE_SIZES, THEMES } from "../state/state.js";

const KEY = "rekognition-jobs.settings";

const isField = (field) => COLUMNS.some((column) => column.field === field);
const isWidth = ([field, width]) => isField(field) && Number.isFinite(width) && width > 0;

const isValid = {
  columns: (value) => Array.isArray(value) && value.length > 0 && value.every(isField),
  widths: (value) => typeof value === "object" && value !== null && Object.entries(value).every(isWidth),
  size: (value) => PAGE_SIZES.includes(value),
  times: (value) => TIMES.includes(value),
  theme: (value) => THEMES.includes(value),
  shell: (value) => Object.keys(SHELLS).includes(value),
};

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

/** @returns {Partial<import("../state/state.js").State>} */
export function readPreferences() {
  const stored = read();
  const keys = Object.keys(isValid).filter((key) => isValid[key](stored[key]));
  return Object.fromEntries(keys.map((key) => [key, stored[key]]));
}

/** @param {import("../state/state.js").Store} store */
export function savePreferences(store) {
  let saved = "";
  store.subscribe((state) => {
    const text = JSON.stringify(Object.fromEntries(Object.keys(isValid).map((key) => [key, state[key]])));
    const isFirst = saved === "";
    if (saved === text) return;
    saved = text;
    if (isFirst) return;
    try {
      localStorage.setItem(KEY, text);
    } catch {
      // A browser that keeps nothing still shows the page.
    }
  });
}
