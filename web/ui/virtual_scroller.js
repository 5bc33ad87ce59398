// Connects the element of a list with the state: which rows are visible, and scrolling a row into view.
import { isScrolling, rowHeight } from "./list_layout.js";
import { createScrollScale } from "./scroll_scale.js";

const SNAP_AFTER = 200;
/** A move by more than this share of the viewport from one frame to the next is too fast to read. */
const FAST_SCROLL = 0.25;

/**
 * @param {import("../state/state.js").ListStore} store
 * @param {{ scroll: () => void }} query
 */
export function createVirtualScroller(store, query) {
  const scale = createScrollScale();
  /** @type {HTMLElement | null} */
  let element = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let snapping;

  function headHeight() {
    return element.querySelector("thead")?.offsetHeight ?? 0;
  }

  function sync(isFastScrolling = false) {
    const { state } = store;
    const firstVisibleRow = Math.floor(scale.real / rowHeight(state));
    if (
      firstVisibleRow === state.firstVisibleRow &&
      scale.shift === state.scrollOffset &&
      isFastScrolling === state.isFastScrolling
    )
      return;
    store.set({ firstVisibleRow, scrollOffset: scale.shift, isFastScrolling });
    query.scroll();
  }

  function snap() {
    element.scrollTop = scale.settle();
    sync();
  }

  function onScroll() {
    const { state } = store;
    if (!isScrolling(state)) return;
    const before = scale.real;
    sync(Math.abs(scale.moved(element.scrollTop) - before) > state.list.height * FAST_SCROLL);
    clearTimeout(snapping);
    snapping = setTimeout(snap, SNAP_AFTER);
  }

  function onResize() {
    const list = { width: element.clientWidth, height: element.clientHeight - headHeight() };
    const before = store.state.list;
    if (list.width === before.width && list.height === before.height) return;
    const row = store.state.firstVisibleRow;
    const heightBefore = rowHeight(store.state);
    store.set({ list });
    query.scroll();
    if (rowHeight(store.state) !== heightBefore) queueMicrotask(() => goTo(row * rowHeight(store.state)));
  }

  const observer = new ResizeObserver(onResize);

  function goTo(place) {
    fit();
    element.scrollTop = scale.place(place);
    sync();
  }

  function fit() {
    const { state } = store;
    const rows = state.answer.matching * rowHeight(state);
    return scale.fit(rows, state.list.height);
  }

  return {
    /** Call it after each render. */
    attach() {
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
    /** Scrolls to the top, of another list. */
    toTop() {
      scale.place(0);
      store.set({ firstVisibleRow: 0, scrollOffset: 0 });
      if (element) element.scrollTop = 0;
    },
    /** Scrolls the shortest way that makes this row visible. */
    reveal(row) {
      if (!element || !isScrolling(store.state)) return;
      const height = rowHeight(store.state);
      fit();
      const [from, to] = [row * height, (row + 1) * height - store.state.list.height];
      if (scale.real > from) goTo(from);
      else if (scale.real < to) goTo(to);
    },
    /** Does the same once the next result is rendered. */
    scrollIntoView(row) {
      queueMicrotask(() => this.reveal(row));
    },
    /** Scrolls until this row is the first visible one. */
    scrollToRow(row) {
      if (element) goTo(row * rowHeight(store.state));
    },
  };
}
