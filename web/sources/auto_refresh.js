// Refreshes the shown source at an interval; a hidden tab waits and refreshes once it is visible again.

/** The intervals in milliseconds; 0 means never. */
export const INTERVALS = [0, 30_000, 60_000, 300_000];

/**
 * @param {import("../state/state.js").Store} store
 * @param {() => Promise<void>} refresh  does nothing where nothing can be refreshed
 */
export function createAutoRefresh(store, refresh) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isDue = false;

  async function run() {
    clearTimeout(timer);
    isDue = document.hidden;
    if (isDue) return;
    await refresh();
    plan();
  }

  function plan() {
    clearTimeout(timer);
    isDue = false;
    const { autoRefresh } = store.state;
    if (autoRefresh > 0) timer = setTimeout(run, autoRefresh);
  }

  document.addEventListener("visibilitychange", () => {
    if (isDue && !document.hidden) run();
  });

  return {
    /** @param {number} interval */
    set(interval) {
      store.set({ autoRefresh: interval });
      plan();
    },
  };
}
