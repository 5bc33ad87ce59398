// Handles the keyboard outside the query box; help_sheet.js lists the keys.
import { fullyVisibleRows } from "../ui/list_layout.js";
import { isTextField } from "../ui/text_field.js";

/**
 * @param {import("../state/state.js").Store} store
 * @param {import("./actions.js").Actions} actions
 */
export function listenForKeys(store, actions) {
  const letters = {
    "/": () => store.set({ focus: "query" }),
    "?": actions.openHelp,
    f: actions.toggleFacets,
    t: actions.toggleChart,
    d: actions.switchTheme,
    e: actions.openExport,
  };
  const steps = {
    ArrowDown: (cursor) => cursor + 1,
    j: (cursor) => cursor + 1,
    ArrowUp: (cursor) => cursor - 1,
    k: (cursor) => cursor - 1,
    Home: () => 0,
    End: () => Infinity,
    PageDown: (cursor) => cursor + fullyVisibleRows(store.state),
    PageUp: (cursor) => cursor - fullyVisibleRows(store.state),
  };

  /** Arrow keys move the rows where they have no other use, letters everywhere but in a text field. */
  function step(key, target) {
    if (!Object.hasOwn(steps, key) || isTextField(target)) return undefined;
    if (key.length > 1 && target !== document.body && !target.closest("#jobs")) return undefined;
    return steps[key];
  }

  function onKey(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { state } = store;
    if (state.dialog) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const covered = state.narrow && state.job !== "";
    if (state.results) {
      const isOfPage = ["/", "?", "f", "d", "e"].includes(event.key) && !isTextField(target);
      if (event.key === "Escape") actions.results.close();
      else if (isOfPage) letters[event.key]();
      else return;
      event.preventDefault();
      return;
    }
    const onRow = target.matches("#jobs tbody tr");
    const inList = onRow || target.id === "jobs";

    if (event.key === "Escape" && state.job) actions.closeJob();
    else if (event.key === "c" && state.opened && !isTextField(target)) actions.compare();
    else if (covered) return;
    else if (Object.hasOwn(letters, event.key) && !isTextField(target)) letters[event.key]();
    else if (event.key === "ArrowDown" && target.id === "query") actions.move(state.cursor);
    else if (event.key === "Enter" && inList) actions.openRow(state.cursor, "inspector");
    else {
      const next = step(event.key, target);
      if (!next) return;
      actions.move(inList || state.job ? next(state.cursor) : state.cursor);
    }
    event.preventDefault();
  }

  addEventListener("keydown", onKey);
}
