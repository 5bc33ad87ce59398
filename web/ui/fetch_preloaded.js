// Fetches a file that index.html preloads.

/**
 * Each browser takes the preloaded answer only for a request of the same mode and credentials. WebKit never takes that of
 * a link with `crossorigin`, so the links have none, and these are their mode and credentials. Files of the page's own
 * origin are read as with any other mode.
 * @type {RequestInit}
 */
const AS_PRELOADED = { mode: "no-cors", credentials: "include" };

/** @param {string | URL} address  of the page's own origin */
export function fetchPreloaded(address) {
  return fetch(address, AS_PRELOADED);
}
