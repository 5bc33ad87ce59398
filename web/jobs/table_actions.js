// Defines the actions on how the table looks.
import { shownColumns } from "./columns.js";

const LEAST_WIDTH = 48;
const MOST_WIDTH = 1200;

/**
 * @param {import("../state/state.js").Store} store
 * @param {Readonly<ReturnType<typeof import("../app/url_state.js").createUrlState>>} urlState
 */
export function tableActions(store, urlState) {
  return {
    /** @param {import("../state/state.js").State["times"]} times */
    setTimes(times) {
      store.set({ times, now: Date.now() });
    },
    /**
     * @param {string} field
     * @param {number | undefined} width  undefined: its usual one
     */
    setWidth(field, width) {
      const { [field]: _, ...others } = store.state.widths;
      const wanted = Math.round(Math.max(LEAST_WIDTH, Math.min(width, MOST_WIDTH)));
      store.set({ widths: width === undefined ? others : { ...others, [field]: wanted } });
    },
    showColumn(field, isShown) {
      const fields = shownColumns(store.state)
        .map((column) => column.field)
        .filter((each) => each !== field);
      store.set({ columns: isShown ? [...fields, field] : fields });
      urlState.replace();
    },
    resetColumns() {
      store.set({ columns: null, widths: {} });
      urlState.replace();
    },
  };
}
