// Runs asynchronous work one at a time.

/**
 * Returns a function that runs `work`; calls while it runs are together one more run after it.
 * @param {() => Promise<void>} work
 * @returns {() => Promise<void>} resolves when nothing of it runs any more
 */
export function oneAtATime(work) {
  /** @type {Promise<void> | null} */
  let running = null;
  let isAsked = false;

  async function run() {
    try {
      do {
        isAsked = false;
        await work().catch((error) => {
          // What was asked meanwhile is still to be run, and tells its own errors.
          if (!isAsked) throw error;
        });
      } while (isAsked);
    } finally {
      running = null;
    }
  }

  return () => {
    isAsked = true;
    running ??= run();
    return running;
  };
}
