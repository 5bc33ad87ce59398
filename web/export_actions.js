// Exporting as one change of the state after the other: begun, going on, done or failed.
import { exportToFile } from "./exporting.js";

/**
 * @param {import("./state.js").Store} store
 * @param {ReturnType<typeof import("./listing.js").createListing>} listing
 */
export function exportActions(store, listing) {
  let stopping = new AbortController();
  return {
    /** @param {import("rekognition-jobs").ExportFormat} format */
    async export(format) {
      const view = listing.snapshot();
      if (!view) return;
      stopping = new AbortController();
      const { signal } = stopping;
      store.set({ exporting: { format, bytes: 0 }, exportError: "" });
      try {
        await exportToFile(view, format, { signal, onBytes: (bytes) => store.set({ exporting: { format, bytes } }) });
      } catch (error) {
        if (!signal.aborted) store.set({ exportError: `The export failed: ${error?.message ?? error}` });
      }
      store.set({ exporting: null, focus: "export" });
    },
    stopExport() {
      stopping.abort();
    },
  };
}
