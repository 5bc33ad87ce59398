// A call to the worker that a signal may abort, that reports its progress, and for which sources are offered.
import { onAbort } from "../util/abort.js";
import { givenUp, ROOT } from "./peer.js";

let calls = 0;

/**
 * @typedef {import("./peer.js").Peer} Peer
 * @typedef {import("./jobs_host.js").CallForm} CallForm
 */

/** What is offered for one call, and withdrawn when it ends. */
export class Offers {
  #peer;
  /** @type {Map<number, import("./peer.js").Target>} */
  #targets = new Map();

  /** @param {Peer} peer */
  constructor(peer) {
    this.#peer = peer;
  }

  /** @param {import("./peer.js").Target} target */
  offer(target) {
    const name = this.#peer.offer(target);
    this.#targets.set(name, target);
    return name;
  }

  /** @param {number} name */
  withdraw(name) {
    this.#peer.withdraw(name);
    this.#targets.delete(name);
  }

  /** @param {unknown} [reason] why sources that were not read to their end are given up */
  end(reason) {
    for (const [name, target] of this.#targets) {
      this.#peer.withdraw(name);
      target[givenUp]?.(reason);
    }
  }
}

/**
 * @template T
 * @param {Peer} peer
 * @param {{ signal?: import("../../index.d.ts").SignalLike | null, onProgress?: ((progress: any) => void) | null }} options
 * @param {(call: CallForm, offers: Offers) => Promise<T>} send
 * @param {object} [also]
 * @param {(late: T) => void} [also.drop] receives the answer of a call that was given up
 * @param {boolean} [also.waits] rejects only once the worker has stopped, so that it can tell how far it got
 * @returns {Promise<T>} rejects with the signal's reason as soon as it aborts, and with what onProgress throws; a signal that
 *   has aborted before goes to the worker, which judges the arguments first
 */
export async function runCall(peer, { signal, onProgress }, send, { drop, waits = false } = {}) {
  peer.requireOpen();
  const offers = new Offers(peer);
  const abort = ++calls;
  let isOver = false;
  let isSent = false;
  /** @type {{ reason: unknown, isThrown: boolean } | undefined} */
  let failure;
  /** @type {(reason: unknown, isThrown?: boolean) => void} */
  let giveUp = () => {};
  const end = new Promise((_, reject) => {
    giveUp = (reason, isThrown = false) => {
      if (isOver) return;
      isOver = true;
      failure = { reason, isThrown };
      if (isSent) peer.tell(ROOT, "abort", abort);
      offers.end(reason);
      if (!waits) reject(reason);
    };
  });
  end.catch(() => {});
  /** @param {object} progress */
  const report = (progress) => {
    if (isOver) return;
    try {
      onProgress?.(progress);
    } catch (reason) {
      giveUp(reason, true);
    }
  };
  let isAborted = true;
  const unlisten = signal == null ? undefined : onAbort(signal, () => isAborted || giveUp(signal.reason));
  isAborted = signal?.aborted === true;
  try {
    const told = onProgress ? offers.offer({ report }) : undefined;
    const answer = send({ abort, isAborted, onProgress: told }, offers);
    isSent = true;
    answer.then(
      (value) => isOver && drop?.(value),
      () => {},
    );
    const value = /** @type {T} */ (await Promise.race([answer, end]));
    if (failure) throw undefined;
    return value;
  } catch (reason) {
    if (failure) throw failure.isThrown ? await peer.clean(failure.reason) : failure.reason;
    throw isAborted && reason instanceof DOMException && reason.name === "AbortError" ? signal?.reason : reason;
  } finally {
    isOver = true;
    unlisten?.();
    offers.end();
  }
}
