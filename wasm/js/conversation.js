// Drives a conversation of the engine with the service: awaits what it starts, with time limits and aborts.
import { abortable, linkSignals } from "./abort.js";
import { serviceError } from "./errors.js";

const longestTimer = 2 ** 31 - 1;
const timedOut = new DOMException("the request's time is up", "TimeoutError");

/**
 * @typedef {object} Client
 * @property {URL} url
 * @property {typeof fetch} fetch
 * @property {number} requestTimeout milliseconds
 */

/**
 * Lets the conversation run until it has nothing more to do.
 * @param {Client} client
 * @param {{ signal: AbortSignal, onStep?: () => void, onWait?: (milliseconds: number) => void }} options
 * @throws the signal's reason, or a ServiceError
 */
export async function converse(conversation, client, { signal, onStep, onWait }) {
  const host = new Host(client, signal, onWait);
  let cause;
  try {
    while (true) {
      signal.throwIfAborted();
      const pending = conversation.advance(host);
      if (pending === undefined) break;
      try {
        conversation.fulfilled(await abortable(pending, host.signal));
      } catch (reason) {
        signal.throwIfAborted();
        cause = reason;
        if (reason === timedOut) conversation.timedOut(client.requestTimeout);
        else conversation.lostConnection(describe(reason, client.url));
      }
      onStep?.();
    }
  } finally {
    host.endAttempt();
  }
  const failure = conversation.error();
  if (failure !== null) throw serviceError(failure, failure.httpStatusCode === 0 ? cause : undefined);
}

/** What the engine calls while it advances: one attempt after the other, each with its own time limit. */
class Host {
  #client;
  #outer;
  #onWait;
  #attempt;
  #timer;

  constructor(client, signal, onWait) {
    this.#client = client;
    this.#outer = signal;
    this.#onWait = onWait;
  }

  /** Aborts with the attempt at hand, or with the whole conversation between attempts. */
  get signal() {
    return this.#attempt?.signal ?? this.#outer;
  }

  async prepare(target, body) {
    this.#beginAttempt();
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
    return { url: this.#client.url.href, init: { method: "POST", headers, body, signal: this.signal } };
  }

  async fetch(url, init) {
    return this.#client.fetch(url, init);
  }

  sleep(milliseconds) {
    this.endAttempt();
    this.#onWait?.(milliseconds);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#outer.addEventListener("abort", () => clearTimeout(timer), { once: true });
    });
  }

  #beginAttempt() {
    this.endAttempt();
    const attempt = linkSignals([this.#outer]);
    this.#attempt = attempt;
    if (this.#client.requestTimeout <= longestTimer) {
      this.#timer = setTimeout(() => attempt.abort(timedOut), this.#client.requestTimeout);
    }
  }

  endAttempt() {
    clearTimeout(this.#timer);
    this.#attempt?.unlink();
    this.#attempt = undefined;
  }
}

/** What a failed fetch tells, with the reason beneath that Node gives and browsers hide. */
function describe(reason, url) {
  const message = reason instanceof Error ? reason.message : String(reason);
  const beneath = reason?.cause?.message || reason?.cause?.code;
  return `${url.origin} could not be reached: ${message}${beneath ? ` (${beneath})` : ""}`;
}
