// Waiting for promises with an eye on AbortSignals and on the time.

const longestTimer = 2 ** 31 - 1;

/**
 * What is to be done when a signal aborts, all by one listener: Node warns of more than ten.
 * @type {WeakMap<EventTarget, Set<() => void>>}
 */
const awaited = new WeakMap();

/** @param {Event} event */
function tell({ currentTarget }) {
  for (const act of [...(awaited.get(/** @type {EventTarget} */ (currentTarget)) ?? [])]) act();
}

/**
 * Acts when the signal aborts, at once if it has.
 * @param {AbortSignal} signal
 * @param {() => void} act
 * @returns {() => void} ends that
 */
export function onAbort(signal, act) {
  const acts = awaited.get(signal) ?? new Set();
  awaited.set(signal, acts);
  if (signal.aborted) act();
  else if (acts.add(act).size === 1) signal.addEventListener("abort", tell);
  return () => {
    if (!acts.delete(act) || acts.size > 0) return;
    try {
      signal.removeEventListener("abort", tell);
    } catch {} // What is no AbortSignal takes nothing from who is done with it.
  };
}

/**
 * The promise's outcome, or a rejection with the signal's reason as soon as it aborts.
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
export function abortable(promise, signal) {
  return new Promise((resolve, reject) => {
    const stop = onAbort(signal, () => reject(signal.reason));
    promise.finally(stop).then(resolve, reject);
  });
}

/**
 * Follows several signals: `signal` aborts with the first of them, until unlink().
 * @param {(AbortSignal | undefined | null)[]} signals
 */
export function linkSignals(signals) {
  const controller = new AbortController();
  const stops = signals.map((signal) => signal && onAbort(signal, () => controller.abort(signal.reason)));
  return {
    signal: controller.signal,
    /** @param {unknown} reason */
    abort: (reason) => controller.abort(reason),
    unlink() {
      for (const stop of stops) stop?.();
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
