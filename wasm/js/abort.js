// Waiting for promises with an eye on AbortSignals and on the time.

const longestTimer = 2 ** 31 - 1;

/**
 * The promise's outcome, or a rejection with the signal's reason as soon as it aborts.
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
export function abortable(promise, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
  });
}

/**
 * Follows several signals: `signal` aborts with the first of them, until unlink().
 * @param {(AbortSignal | undefined)[]} signals
 */
export function linkSignals(signals) {
  const controller = new AbortController();
  const links = signals
    .filter((signal) => signal !== undefined)
    .map((signal) => /** @type {const} */ ([signal, () => controller.abort(signal.reason)]));
  for (const [signal, abort] of links) {
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
  }
  return {
    signal: controller.signal,
    /** @param {unknown} reason */
    abort: (reason) => controller.abort(reason),
    unlink() {
      for (const [signal, abort] of links) signal.removeEventListener("abort", abort);
    },
  };
}

/**
 * As setTimeout; what is longer than a timer can be never comes.
 * @param {() => void} act
 * @param {number} milliseconds
 */
export function startTimer(act, milliseconds) {
  return milliseconds <= longestTimer ? setTimeout(act, milliseconds) : undefined;
}
