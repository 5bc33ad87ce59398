// The view in the URL's hash, which no server ever sees: query, sort, page, page size and open job.
import { PAGE_SIZES } from "./state.js";

const DEFAULTS = { query: "", sort: "", page: 1, size: 50, job: "" };
const NAMES = { query: "q", sort: "sort", page: "page", size: "size", job: "job" };
const TYPING_PAUSE = 250;

/**
 * @param {string} hash
 * @returns {{ query: string, sort: string, page: number, size: number, job: string }}
 */
export function readHash(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (key) => parameters.get(NAMES[key]) ?? DEFAULTS[key];
  const page = Number(text("page"));
  const size = Number(text("size"));
  return {
    query: text("query"),
    sort: text("sort"),
    page: Number.isSafeInteger(page) && page > 0 ? page : DEFAULTS.page,
    size: PAGE_SIZES.includes(size) ? size : DEFAULTS.size,
    job: text("job"),
  };
}

/**
 * @param {{ query: string, sort: string, page: number, size: number, job: string }} view
 * @returns {string} "" or "#…", with only what differs from the first view
 */
export function writeHash(view) {
  const parameters = new URLSearchParams();
  for (const key of Object.keys(DEFAULTS)) {
    if (view[key] !== DEFAULTS[key]) parameters.set(NAMES[key], String(view[key]));
  }
  const text = parameters.toString().replaceAll("%3A", ":").replaceAll("%2F", "/").replaceAll("%2C", ",");
  return text && `#${text}`;
}

/**
 * Keeps the address bar and the state alike. One burst of typing is one step back in the history.
 * @param {import("./state.js").Store} store
 * @param {(view: ReturnType<typeof readHash>) => void} onTravel  called when the person goes back or forth
 */
export function createLocation(store, onTravel) {
  let timer = 0;
  let ownsEntry = false;

  function write(replace) {
    clearTimeout(timer);
    timer = 0;
    const hash = writeHash(store.state);
    if (hash === location.hash) return;
    const url = location.pathname + location.search + hash;
    if (replace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
  }

  addEventListener("popstate", () => {
    clearTimeout(timer);
    ownsEntry = false;
    onTravel(readHash(location.hash));
  });

  return {
    /** A step that Back should undo. */
    step() {
      this.settle();
      write(false);
    },
    /** A change that is no step of its own. */
    amend() {
      write(true);
    },
    /** A change of the query while it is being typed. */
    typing() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        write(ownsEntry);
        ownsEntry = true;
      }, TYPING_PAUSE);
    },
    /** The typing has ended: what follows is another step. */
    settle() {
      if (timer) write(ownsEntry);
      ownsEntry = false;
    },
  };
}
