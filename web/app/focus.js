// Moves the focus where the last action wants it, and keeps it in the list when its row goes.
import { renderedRange } from "../ui/list_layout.js";

/** @param {Exclude<import("../state/state.js").State["focus"], "">} place */
function target(place) {
  if (place === "inspector") return document.querySelector("#inspector-title");
  if (place === "results") return document.querySelector("#results-title");
  // Results from a file have no button that opened them.
  if (place === "opener") return document.querySelector("#show-results") ?? target("row");
  const row = "#jobs tbody [tabindex='0'], #jobs[tabindex='0'], .images";
  if (place === "row") return document.querySelector(row) ?? target("query");
  if (place === "export") return document.querySelector("#export summary");
  return document.querySelector(place === "sources" ? "#sources-button" : "#query");
}

/**
 * Whether the row of the keyboard cursor is to be rendered, and the engine has yet to give it.
 * @param {import("../state/state.js").State} state
 */
function isComing(state) {
  const { answer, cursor, results } = state;
  if (results) return false;
  const { first, count } = renderedRange(state, answer.matching);
  const isWithin = (from, length) => cursor >= from && cursor < from + length;
  return isWithin(first, count) && !isWithin(answer.first, answer.rows.length);
}

/** @param {import("../state/state.js").Store} store */
export function createFocus(store) {
  let wasInList = false;

  /** Returns whether the focused row shows another job by now. */
  function isAstray() {
    const row = document.activeElement?.closest("#jobs tbody tr");
    return Boolean(row) && Number(row.getAttribute("aria-rowindex")) - 2 !== store.state.cursor;
  }

  return {
    /** Call it before each render. */
    watch() {
      wasInList = Boolean(document.activeElement?.closest("#jobs tbody, .image-rows"));
    },
    /** Call it after each render. */
    settle() {
      const lost = wasInList && (document.activeElement === document.body || isAstray());
      const place = store.state.focus || (lost ? "row" : "");
      if (!place) return;
      store.set({ focus: place === "row" && isComing(store.state) ? place : "" });
      const element = target(place);
      element?.focus({ preventScroll: place === "row" });
      if (element?.matches("#jobs tbody tr")) element.scrollIntoView({ block: "nearest" });
      if (place === "query") element?.select();
    },
  };
}
