// Waits for promises until an AbortSignal aborts or a timer ends.
import { makeAbortController } from "./web_classes.js";

/** @typedef {import("../../index.d.ts").SignalLike} SignalLike */

const longestTimer = 2 ** 31 - 1;

/**
 * The callbacks of each signal, which has only one listener: Node warns of more than ten.
 * @type {WeakMap<object, Set<() => void>>}
 */
const awaited = new WeakMap();

/** @param {Event} event */
function tell({ currentTarget }) {
  for (const act of [...(awaited.get(/** @type {EventTarget} */ (currentTarget)) ?? [])]) act();
}

/**
 * @param {any} signal of any realm or library
 * @throws {TypeError} for what is none
 */
function requireSignal(signal) {
  if (typeof signal !== "object" || typeof signal.addEventListener !== "function" || signal.aborted === undefined) {
    throw new TypeError("signal must be an AbortSignal");
  }
}

/**
 * Calls `act` when the signal aborts, at once if it already has.
 * @param {SignalLike} signal
 * @param {() => void} act
 * @returns {() => void} removes the callback
 */
export function onAbort(signal, act) {
  requireSignal(signal);
  const acts = awaited.get(signal) ?? new Set();
  awaited.set(signal, acts);
  if (signal.aborted) act();
  else if (acts.add(act).size === 1) signal.addEventListener("abort", tell);
  return () => {
    if (!acts.delete(act) || acts.size > 0) return;
    try {
      signal.removeEventListener("abort", tell);
    } catch {} // An object that only resembles an AbortSignal must not fail its user here.
  };
}

/**
 * Settles as the promise does, or rejects with the signal's reason as soon as it aborts.
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
 * Combines signals: `signal` aborts with the first of them, until unlink().
 * @param {(SignalLike | undefined | null)[]} signals
 */
export function linkSignals(signals) {
  const controller = makeAbortController();
  const stops = signals.map((signal) => signal != null && onAbort(signal, () => controller.abort(signal.reason)));
  return {
    signal: controller.signal,
    /** @param {unknown} reason */
    abort: (reason) => controller.abort(reason),
    unlink() {
      for (const stop of stops) if (stop) stop();
    },
  };
}

/**
 * As setTimeout(), but a time that is too long for a timer never ends.
 * @param {() => void} act
 * @param {number} milliseconds
 */
export function startTimer(act, milliseconds) {
  return milliseconds <= longestTimer ? setTimeout(act, milliseconds) : undefined;
}
