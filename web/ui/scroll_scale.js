// Maps scrolling to a list that is taller than browsers let an element be (17 million pixels in Firefox, 33 million in
// others). Short moves are exact to the pixel; a jump of the scroll bar goes to the same share of the whole list.

const TALLEST = 15_000_000;
const LEAP = 10_000;

/** @param {number} [tallest] the height that the element may have */
export function createScrollScale(tallest = TALLEST) {
  let total = 0;
  let view = 0;
  let real = 0;
  let shown = 0;

  const isScaled = () => total > tallest;
  const lastReal = () => Math.max(0, total - view);
  const lastShown = () => Math.max(0, Math.min(total, tallest) - view);
  const within = (value, most) => Math.max(0, Math.min(value, most));
  const shownFor = (place) => (isScaled() ? Math.round((place / lastReal()) * lastShown()) : place);

  return {
    /** Sets the height of the whole list and of the viewport. Returns the height of the element. */
    fit(newTotal, newView) {
      total = newTotal;
      view = newView;
      return Math.min(total, tallest);
    },
    /** Call it when the element has been scrolled. Returns the position in the whole list. */
    moved(scrollTop) {
      const isLeap = Math.abs(scrollTop - shown) > LEAP;
      if (!isScaled()) real = scrollTop;
      else if (isLeap) real = (scrollTop / lastShown()) * lastReal();
      else real += scrollTop - shown;
      real = within(Math.round(real), lastReal());
      shown = scrollTop;
      return real;
    },
    /** Moves to a position in the whole list. Returns the scrollTop for it. */
    place(wanted) {
      real = within(Math.round(wanted), lastReal());
      shown = shownFor(real);
      return shown;
    },
    /** Call it after scrolling. Returns the exact scrollTop for the position, so that short moves reach the ends. */
    settle() {
      shown = shownFor(real);
      return shown;
    },
    get real() {
      return real;
    },
    /** The position in the list minus that of the element, in pixels. */
    get shift() {
      return real - shown;
    },
  };
}
