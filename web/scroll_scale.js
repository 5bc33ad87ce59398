// Scrolls through a list that is taller than browsers let an element be (about 17 million pixels in Firefox, 33 million
// in others). Short moves are true to the pixel; a leap of the scroll bar goes to that share of the whole.

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
    /** The whole list's height and the part of it in sight. Gives the element's height. */
    fit(newTotal, newView) {
      total = newTotal;
      view = newView;
      return Math.min(total, tallest);
    },
    /** The element has been scrolled: gives the place in the whole list. */
    moved(scrollTop) {
      const isLeap = Math.abs(scrollTop - shown) > LEAP;
      if (!isScaled()) real = scrollTop;
      else if (isLeap) real = (scrollTop / lastShown()) * lastReal();
      else real += scrollTop - shown;
      real = within(Math.round(real), lastReal());
      shown = scrollTop;
      return real;
    },
    /** Goes to a place in the whole list: gives the scrollTop that stands for it. */
    place(wanted) {
      real = within(Math.round(wanted), lastReal());
      shown = shownFor(real);
      return shown;
    },
    /** After scrolling: gives the scrollTop that stands for the place, so that short moves reach the ends. */
    settle() {
      shown = shownFor(real);
      return shown;
    },
    get real() {
      return real;
    },
    /** How much further down the list's place is than the element's. */
    get shift() {
      return real - shown;
    },
  };
}
