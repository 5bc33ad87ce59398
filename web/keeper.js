// Keeps the jobs of a source on this device while the person wants it, anew now and then as they change.
import { dropListing, keepListing } from "./kept_listings.js";
import { writePages } from "./kept_pages.js";

/** Writing a million jobs takes seconds, and what a listing lacks the refresh after it brings. */
const KEEP_EVERY = 300_000;

/**
 * @param {import("./state.js").Store} store
 * @param {(id: string) => import("./service_account.js").Place | undefined} placeOf
 */
export function createKeeper(store, placeOf) {
  const keptAt = new Map();
  const writing = new Set();

  const source = (id) => store.state.sources.find((each) => each.id === id);

  async function write(id) {
    const { label, jobs, asOf } = source(id);
    const view = jobs.query();
    writing.add(id);
    try {
      const pages = await writePages(view);
      if (!source(id)?.kept) return;
      await keepListing({ id, label, place: placeOf(id), jobs: view.length, asOf: asOf.getTime(), pages });
      keptAt.set(id, Date.now());
      store.setSource(id, { keptBytes: pages.reduce((sum, { size }) => sum + size, 0) });
    } catch (error) {
      store.setSource(id, { kept: false, keepError: `This browser cannot keep it: ${error?.message ?? error}` });
    } finally {
      writing.delete(id);
      view.close();
    }
  }

  async function update(id) {
    const { kept, jobs, asOf } = source(id) ?? {};
    if (kept && jobs && asOf && !writing.has(id)) await write(id);
  }

  return {
    /** The source's jobs have changed. */
    async changed(id) {
      if (Date.now() - (keptAt.get(id) ?? 0) >= KEEP_EVERY) await update(id);
    },
    /**
     * @param {string} id
     * @param {boolean} kept  from now on
     */
    async set(id, kept) {
      store.setSource(id, { kept, keptBytes: 0, keepError: "" });
      await (kept ? update(id) : dropListing(id));
    },
  };
}
