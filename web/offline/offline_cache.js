// Stores the jobs of a source on this device while the person wants it, and again as they change.
import { tellIfStopped } from "../state/engine_errors.js";
import { deleteListing, saveListing } from "./listing_db.js";
import { writePages } from "./cached_pages.js";

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
    const view = jobs.query();
    writing.add(id);
    try {
      const pages = await writePages(view);
      if (!source(id)?.cached) return;
      const { place, caller } = identityOf(id);
      await saveListing({ id, label, place, caller, jobs: view.length, asOf: loadedAt.getTime(), pages });
      savedAt.set(id, Date.now());
      store.setSource(id, { cachedBytes: pages.reduce((sum, { size }) => sum + size, 0) });
    } catch (error) {
      tellIfStopped(error);
      store.setSource(id, { cached: false, cacheError: `Couldn't store this listing: ${error?.message ?? error}` });
    } finally {
      writing.delete(id);
      view.close();
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
