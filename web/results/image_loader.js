// Loads the visible images, if the person wants to see them, a few at a time.
import { tellIfStopped } from "../state/engine_errors.js";
import { visibleRange } from "../ui/list_layout.js";
import { parseS3Uri } from "../aws/s3_uri.js";
import { STOPPED, diagnose } from "../aws/error_advice.js";

const AT_ONCE = 4;
/** The limits of the images that are kept besides the visible ones. */
const CACHED_IMAGES = 60;
const CACHED_BYTES = 64 * 1024 * 1024;

const NO_ACCOUNT = {
  name: "No account",
  message: "A results file names the images but can't access them.",
  advice: "Connect the account that owns them, then open the file again.",
};

/** @returns {string[]} the URIs of the images in sight; none while they rush by */
export function urisInSight(state) {
  if (!state.images || state.isFastScrolling) return [];
  const { rows, first } = state.answer;
  const seen = visibleRange(state);
  return rows.slice(Math.max(0, seen.first - first), seen.first + seen.count - first).map((row) => row["source-ref"]);
}

/** @param {import("../state/results_state.js").Images} images */
function withoutOldest(images, uris) {
  let bytes = 0;
  const latest = [...images].reverse();
  return new Map(
    latest
      .filter(
        ([uri, { size }], index) => uris.includes(uri) || (index < CACHED_IMAGES && (bytes += size) <= CACHED_BYTES),
      )
      .reverse(),
  );
}

/**
 * @param {import("../state/results_state.js").ResultsStore} store
 * @param {() => import("../state/state.js").Source | undefined} source  whose images they are
 */
export function createImageLoader(store, source) {
  /** @type {Map<string, AbortController>} */
  const coming = new Map();
  /** @type {Map<string, string>} by the images' URIs */
  const urls = new Map();

  addEventListener("online", () => {
    const { images } = store.state;
    if (images) store.set({ images: new Map([...images].filter(([, { diagnosis }]) => !diagnosis?.isOffline)) });
  });

  function show(uri, blob) {
    urls.set(uri, URL.createObjectURL(blob));
    return { url: urls.get(uri), size: blob.size };
  }

  /** @returns {Promise<{ blob?: Blob, diagnosis?: import("../aws/error_advice.js").Diagnosis }>} */
  async function fetched(uri, signal) {
    const account = source();
    if (!account?.canRefresh) return { diagnosis: NO_ACCOUNT };
    if (!account.jobs) return { diagnosis: STOPPED };
    const bucket = parseS3Uri(uri)?.bucket;
    const isSigned = account.buckets?.get(bucket);
    try {
      return {
        blob: await account.jobs.image(uri, {
          signal,
          ...(isSigned === undefined ? {} : { signed: isSigned }),
          ...(account.payers?.get(bucket) ? { requestPayer: "requester" } : {}),
        }),
      };
    } catch (error) {
      tellIfStopped(error);
      return signal.aborted ? {} : { diagnosis: await diagnose(error) };
    }
  }

  /** Loads an image; it is dropped when the results are closed or images are hidden meanwhile. */
  async function read(uri) {
    const controller = new AbortController();
    const { results } = store.state;
    coming.set(uri, controller);
    const { blob, diagnosis = null } = await fetched(uri, controller.signal);
    if (controller.signal.aborted) return;
    coming.delete(uri);
    const { state } = store;
    if (!state.images || state.results !== results) return;
    const image = { url: "", size: 0, isRevealed: false, diagnosis, ...(blob ? show(uri, blob) : {}) };
    store.set({ images: withoutOldest(new Map(state.images).set(uri, image), urisInSight(state)) });
  }

  return {
    /** Call it after each render. */
    sync() {
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
