// Joins the list's element and the state: which rows are in sight, and bringing a row into sight.
import { isScrolling, rowHeight } from "./geometry.js";
import { createScrollScale } from "./scroll_scale.js";

const SETTLE_AFTER = 200;
/** A move by more than this share of what is in sight, from one frame to the next, is too fast to read. */
const LEAP = 0.25;

/**
 * @param {import("./state.js").ListedStore} store
 * @param {{ scroll: () => void }} listing
 */
export function createScroller(store, listing) {
  const scale = createScrollScale();
  /** @type {HTMLElement | null} */
  let element = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;

  function headHeight() {
    return element.querySelector("thead")?.offsetHeight ?? 0;
  }

  function tell(isLeaping = false) {
    const { state } = store;
    const top = Math.floor(scale.real / rowHeight(state));
    if (top === state.top && scale.shift === state.shift && isLeaping === state.isLeaping) return;
    store.set({ top, shift: scale.shift, isLeaping });
    listing.scroll();
  }

  function settle() {
    element.scrollTop = scale.settle();
    tell();
  }

  function onScroll() {
    const { state } = store;
    if (!isScrolling(state)) return;
    const before = scale.real;
    tell(Math.abs(scale.moved(element.scrollTop) - before) > state.list.height * LEAP);
    clearTimeout(settling);
    settling = setTimeout(settle, SETTLE_AFTER);
  }

  function onResize() {
    const list = { width: element.clientWidth, height: element.clientHeight - headHeight() };
    const before = store.state.list;
    if (list.width === before.width && list.height === before.height) return;
    const row = store.state.top;
    const heightBefore = rowHeight(store.state);
    store.set({ list });
    listing.scroll();
    if (rowHeight(store.state) !== heightBefore) queueMicrotask(() => goTo(row * rowHeight(store.state)));
  }

  const observer = new ResizeObserver(onResize);

  function goTo(place) {
    fit();
    element.scrollTop = scale.place(place);
    tell();
  }

  function fit() {
    const { state } = store;
    const rows = state.answer.matching * rowHeight(state);
    return scale.fit(rows, state.list.height);
  }

  return {
    /** To be called after each drawing. */
    watch() {
      const list = /** @type {HTMLElement | null} */ (document.querySelector("#list"));
      fit();
      if (!list || list === element) return;
      observer.disconnect();
      element = list;
      element.scrollTop = scale.place(scale.real);
      element.addEventListener("scroll", onScroll, { passive: true });
      observer.observe(element);
      onResize();
    },
    /** The list begins anew. */
    toTop() {
      scale.place(0);
      store.set({ top: 0, shift: 0 });
      if (element) element.scrollTop = 0;
    },
    /** Scrolls as little as brings this row into sight. */
    reveal(row) {
      if (!element || !isScrolling(store.state)) return;
      const height = rowHeight(store.state);
      fit();
      const [from, to] = [row * height, (row + 1) * height - store.state.list.height];
      if (scale.real > from) goTo(from);
      else if (scale.real < to) goTo(to);
    },
    /** The same for an answer that is yet to be drawn. */
    show(row) {
      queueMicrotask(() => this.reveal(row));
    },
    /** Scrolls so that this row is the first. */
    startAt(row) {
      if (element) goTo(row * rowHeight(store.state));
    },
  };
}
