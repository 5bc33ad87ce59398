// Runs an export and reports its progress, end or failure in the state.
import { tellIfStopped } from "../state/engine_errors.js";
import { exportToFile } from "./export_file.js";

/**
 * @param {import("../state/state.js").ListStore} store
 * @param {{ snapshot: () => Promise<Parameters<typeof exportToFile>[0] | null> }} listing
 * @param {string} what  the file's name begins with
 */
export function exportActions(store, listing, what) {
  let stopping = new AbortController();

  return {
    /** @param {import("rekognition-jobs").ExportFormat} format */
    async export(format) {
      stopping = new AbortController();
      const { signal } = stopping;
      store.set({ exporting: { format, bytes: 0 }, exportError: "" });
      try {
        const view = await listing.snapshot();
        if (!view) return;
        const onBytes = (bytes) => store.set({ exporting: { format, bytes } });
        await exportToFile(view, what, format, { signal, onBytes });
      } catch (error) {
        tellIfStopped(error);
        if (!signal.aborted) store.set({ exportError: `The export failed: ${error?.message ?? error}` });
      } finally {
        store.set({ exporting: null, focus: "export" });
      }
    },
    /** Opens the menu, where the next Tab goes to its first format; while an export runs, there is none. */
    openExport() {
      const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details#export"));
      if (!menu) return;
      menu.open = true;
      menu.querySelector("summary").focus();
    },
    stopExport() {
      stopping.abort();
    },
  };
}
