// Keeps the coloured text of the query box over the box's own text, which scrolls inside the box.

/**
 * What may scroll the text. The event "scroll" does not tell all: WebKit has none for a box of one line. After any of
 * these the text may go on for some frames, as under a wheel or after a finger.
 */
const CAUSES = ["scroll", "wheel", "input", "keydown", "focus", "blur", "pointerup", "touchmove", "touchend"];
/** The text is followed until it has stood still for so many frames. */
const STILL_FRAMES = 8;

/** @type {HTMLInputElement | undefined} */
let box;
let left = NaN;
let still = STILL_FRAMES;

function place() {
  const text = /** @type {HTMLElement | null | undefined} */ (box?.parentElement?.querySelector(".query-text"));
  text?.style.setProperty("transform", `translateX(${-box.scrollLeft}px)`);
}

function followFrame() {
  if (!box) {
    still = STILL_FRAMES;
    return;
  }
  still = box.scrollLeft === left ? still + 1 : 0;
  left = box.scrollLeft;
  place();
  if (still < STILL_FRAMES) requestAnimationFrame(followFrame);
}

function follow() {
  const isFollowed = still < STILL_FRAMES;
  still = 0;
  if (!isFollowed) requestAnimationFrame(followFrame);
}

/** Places the text at once, and follows it: for what changes the box without an event. */
export function alignText() {
  place();
  follow();
}

let release = () => {};

/**
 * For lit's `ref`, which gives the box once it is there, and nothing once it is gone.
 * @param {Element | undefined} element
 */
export function keepAligned(element) {
  release();
  box = /** @type {HTMLInputElement | undefined} */ (element);
  if (!box) return;
  const ended = new AbortController();
  const { signal } = ended;
  for (const cause of CAUSES) box.addEventListener(cause, follow, { passive: true, signal });
  // It tells of drags that leave the box, and of moves by menus and assistive technology.
  document.addEventListener("selectionchange", () => document.activeElement === element && follow(), { signal });
  const resizes = new ResizeObserver(follow);
  resizes.observe(box);
  release = () => {
    ended.abort();
    resizes.disconnect();
  };
}
