// Stores the jobs of a source on this device while the person wants it, and again as they change.
import { tellIfStopped } from "../state/engine_errors.js";
import { streamToBlob } from "../ui/stream_to_blob.js";
import { deleteListing, saveCaller, saveListing } from "./listing_db.js";

/** Writing a million jobs takes seconds, and what a listing lacks the refresh after it brings. */
const SAVE_INTERVAL = 300_000;

/**
 * @param {import("../state/state.js").Store} store
 * @param {(id: string) => import("../sources/identity.js").Identity | undefined} identityOf
 */
export function createOfflineCache(store, identityOf) {
  const savedAt = new Map();
  const writing = new Set();

  const source = (id) => store.state.sources.find((each) => each.id === id);

  async function write(id) {
    const { label, jobs, loadedAt } = source(id);
    writing.add(id);
    try {
      const size = await jobs.size;
      const snapshot = await streamToBlob(jobs.snapshot());
      if (!source(id)?.cached) return;
      const { place, caller } = identityOf(id);
      await saveListing({ id, label, place, caller, jobs: size, asOf: loadedAt.getTime(), snapshot });
      savedAt.set(id, Date.now());
      store.setSource(id, { cachedBytes: snapshot.size });
    } catch (error) {
      tellIfStopped(error);
      store.setSource(id, { cached: false, cacheError: `Couldn't store this listing: ${error?.message ?? error}` });
    } finally {
      writing.delete(id);
    }
  }

  async function update(id) {
    const { cached, jobs, loadedAt } = source(id) ?? {};
    if (cached && jobs && loadedAt && !writing.has(id)) await write(id);
  }

  return {
    /** The source's jobs have changed. */
    async changed(id) {
      if (Date.now() - (savedAt.get(id) ?? 0) >= SAVE_INTERVAL) await update(id);
    },
    /** The source's caller has changed; what is being written has the new one. */
    async identified(id) {
      if (source(id).cached) await saveCaller(id, identityOf(id).caller).catch(() => {});
    },
    /**
     * @param {string} id
     * @param {boolean} cached  from now on
     */
    async set(id, cached) {
      store.setSource(id, { cached, cachedBytes: 0, cacheError: "" });
      await (cached ? update(id) : deleteListing(id));
    },
  };
}
