// Puts the focus where the last action wants it, and never lets it fall out of the list when its row goes.

/** @param {Exclude<import("./state.js").State["focus"], "">} place */
function target(place) {
  if (place === "inspector") return document.querySelector("#inspector-title");
  if (place === "results") return document.querySelector("#results-title");
  // What opened the results is gone where they came from a file.
  if (place === "opener") return document.querySelector("#show-results") ?? target("row");
  const row = "#jobs tbody [tabindex='0'], #jobs[tabindex='0'], .images";
  if (place === "row") return document.querySelector(row) ?? target("query");
  if (place === "export") return document.querySelector("#export summary");
  return document.querySelector(place === "sources" ? "#sources-button" : "#query");
}

/** @param {import("./state.js").Store} store */
export function createFocus(store) {
  let wasInList = false;

  /** A row that has the focus may show another job by now. */
  function isAstray() {
    const row = document.activeElement?.closest("#jobs tbody tr");
    return Boolean(row) && Number(row.getAttribute("aria-rowindex")) - 2 !== store.state.cursor;
  }

  return {
    /** To be called before each drawing. */
    watch() {
      wasInList = Boolean(document.activeElement?.closest("#jobs tbody, .image-rows"));
    },
    /** To be called after each drawing. */
    settle() {
      const lost = wasInList && (document.activeElement === document.body || isAstray());
      const place = store.state.focus || (lost ? "row" : "");
      if (!place) return;
      store.set({ focus: "" });
      const element = target(place);
      element?.focus({ preventScroll: place === "row" });
      if (element?.matches("#jobs tbody tr")) element.scrollIntoView({ block: "nearest" });
      if (place === "query") element?.select();
    },
  };
}
