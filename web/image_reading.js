// Fetches the images in sight once a person has asked for them: a few at a time, and only while they are in sight.
import { rowsInSight } from "./geometry.js";
import { describeTrouble } from "./trouble.js";

const AT_ONCE = 4;
/** Besides those in sight, the latest are kept, up to so many images and bytes. */
const KEPT = 60;
const KEPT_BYTES = 64 * 1024 * 1024;

const NO_ACCOUNT = {
  name: "No account",
  message: "A file tells where images are, but not who may see them.",
  advice: "Choose or add the account whose images they are, then open the file again.",
};

/** @returns {string[]} the URIs of the images in sight; none while they rush by */
export function urisInSight(state) {
  if (!state.images || state.isLeaping) return [];
  const { rows, first } = state.answer;
  const seen = rowsInSight(state);
  return rows.slice(Math.max(0, seen.first - first), seen.first + seen.count - first).map((row) => row["source-ref"]);
}

/** @param {import("./results_state.js").Images} images */
function withoutOldest(images, uris) {
  let bytes = 0;
  const latest = [...images].reverse();
  return new Map(latest.filter(([uri, { size }], index) =>
    uris.includes(uri) || (index < KEPT && (bytes += size) <= KEPT_BYTES)).reverse());
}

/**
 * @param {import("./results_state.js").ResultsStore} store
 * @param {() => import("./state.js").Source | undefined} source  whose images they are
 */
export function createImageReading(store, source) {
  /** @type {Map<string, AbortController>} */
  const coming = new Map();
  /** @type {Map<string, string>} by the images' URIs */
  const urls = new Map();

  addEventListener("online", () => {
    const { images } = store.state;
    if (images) store.set({ images: new Map([...images].filter(([, { trouble }]) => !trouble?.isOffline)) });
  });

  function show(uri, blob) {
    urls.set(uri, URL.createObjectURL(blob));
    return { url: urls.get(uri), size: blob.size };
  }

  /** @returns {Promise<{ blob?: Blob, trouble?: import("./trouble.js").Trouble }>} */
  async function fetched(uri, signal) {
    const account = source();
    if (!account?.canRefresh) return { trouble: NO_ACCOUNT };
    try {
      return { blob: await account.jobs.image(uri, { signal }) };
    } catch (error) {
      return signal.aborted ? {} : { trouble: await describeTrouble(error) };
    }
  }

  /** For the results that are open now: what comes once they are closed, or their images hidden, is dropped. */
  async function read(uri) {
    const controller = new AbortController();
    const { results } = store.state;
    coming.set(uri, controller);
    const { blob, trouble = null } = await fetched(uri, controller.signal);
    if (controller.signal.aborted) return;
    coming.delete(uri);
    const { state } = store;
    if (!state.images || state.results !== results) return;
    const image = { url: "", size: 0, isRevealed: false, trouble, ...(blob ? show(uri, blob) : {}) };
    store.set({ images: withoutOldest(new Map(state.images).set(uri, image), urisInSight(state)) });
  }

  return {
    /** To be called after each drawing. */
    watch() {
      const { images } = store.state;
      const uris = urisInSight(store.state);
      for (const [uri, controller] of coming) {
        if (uris.includes(uri)) continue;
        controller.abort();
        coming.delete(uri);
      }
      for (const [uri, url] of urls) {
        if (images?.get(uri)?.url === url) continue;
        URL.revokeObjectURL(url);
        urls.delete(uri);
      }
      for (const uri of uris) {
        if (coming.size < AT_ONCE && !images.has(uri) && !coming.has(uri)) read(uri);
      }
    },
  };
}
