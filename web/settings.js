// What this browser remembers of how the person wants the page: columns, times, colours. Never what a query found.
import { COLUMNS } from "./columns.js";
import { TIMES } from "./format.js";
import { PAGE_SIZES, THEMES } from "./state.js";

const KEY = "rekognition-jobs.settings";

const isField = (field) => COLUMNS.some((column) => column.field === field);
const isWidth = ([field, width]) => isField(field) && Number.isFinite(width) && width > 0;

const isValid = {
  columns: (value) => Array.isArray(value) && value.length > 0 && value.every(isField),
  widths: (value) => typeof value === "object" && value !== null && Object.entries(value).every(isWidth),
  size: (value) => PAGE_SIZES.includes(value),
  times: (value) => TIMES.includes(value),
  theme: (value) => THEMES.includes(value),
};

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

/** @returns {Partial<import("./state.js").State>} */
export function readSettings() {
  const stored = read();
  const keys = Object.keys(isValid).filter((key) => isValid[key](stored[key]));
  return Object.fromEntries(keys.map((key) => [key, stored[key]]));
}

/** @param {import("./state.js").Store} store */
export function keepSettings(store) {
  let kept = store.state;
  store.subscribe((state) => {
    const keys = Object.keys(isValid);
    if (keys.every((key) => state[key] === kept[key])) return;
    kept = state;
    try {
      localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(keys.map((key) => [key, state[key]]))));
    } catch {
      // A browser that keeps nothing still shows the page.
    }
  });
}
