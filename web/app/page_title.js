// Names what is shown in the title of the page, which the tab, the history and a bookmark tell.
import { displayName } from "../ui/format.js";
import { titleOf } from "../results/title.js";
import { shownSource } from "../state/state.js";

const PAGE = "rekognition-jobs";
const LONGEST_QUERY = 80; // characters
/** Characters that would turn the text after them around: https://www.unicode.org/reports/tr9/ */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** @param {string} text */
function shortened(text) {
  const characters = [...text.trim().replace(/\s+/g, " ")];
  return characters.length > LONGEST_QUERY
    ? `${characters.slice(0, LONGEST_QUERY - 1).join("")}…`
    : characters.join("");
}

/**
 * The title of the page: the open job, results or query, then the source.
 * @param {import("../state/state.js").State} state
 */
export function pageTitle(state) {
  const { results, job, opened, query } = state;
  const shown = results ? `Results of ${titleOf(results)}` : job ? (opened ? displayName(opened) : job) : query;
  return [shortened(shown), shownSource(state)?.label, PAGE].filter(Boolean).join(" · ").replace(DIRECTIONS, "");
}

/** @param {import("../state/state.js").Store} store */
export function keepTitle(store) {
  store.subscribe((state) => {
    const title = pageTitle(state);
    // The browser draws the tab anew for each title that is set, also for the same.
    if (title !== document.title) document.title = title;
  });
}
