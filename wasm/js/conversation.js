// Drives a conversation of the engine with the service: awaits what it starts, with time limits and aborts.
import { abortable, linkSignals, startTimer } from "./abort.js";
import { serviceError } from "./errors.js";
import { otherTasks } from "./tasks.js";

const timedOut = new DOMException("the request's time is up", "TimeoutError");
const notNeeded = new DOMException("another request is needed", "AbortError");

/**
 * @typedef {import("../glue/rekognition_jobs.js").Host} Calls what the engine calls while it advances
 * @typedef {{ onStep?: () => void, onWait?: (milliseconds: number) => void }} Listeners
 */

/**
 * Lets the conversation run until it has nothing more to do.
 * @param {import("../glue/rekognition_jobs.js").Conversation} conversation
 * @param {import("./client.js").Reachable} client
 * @param {{ signal: AbortSignal } & Listeners} options
 * @throws the signal's reason, what the provider of credentials throws, or a ServiceError
 */
export async function converse(conversation, client, { signal, onStep, onWait }) {
  const host = new Host(client, signal, onWait);
  let cause;
  try {
    while (true) {
      signal.throwIfAborted();
      const pending = conversation.advance(host, Date.now());
      if (pending === undefined) break;
      try {
        conversation.fulfilled(await abortable(pending, host.signal), Date.now());
      } catch (reason) {
        signal.throwIfAborted();
        if (reason === timedOut) conversation.timedOut(client.requestTimeout, Date.now());
        else if (host.isPreparing) throw reason;
        else conversation.lostConnection(describe(reason, client.url), Date.now());
        cause = reason;
      }
      onStep?.();
    }
  } finally {
    host.endAttempt();
  }
  const failure = conversation.error();
  if (failure === null) return;
  failure.message = client.credentials.redact(failure.message);
  const mayHoldRequest = client.credentials.hasSome;
  throw serviceError(failure, failure.httpStatusCode === 0 && !mayHoldRequest ? cause : undefined);
}

/**
 * @typedef {ReturnType<typeof linkSignals> & { timer?: ReturnType<typeof setTimeout> }} Attempt
 * @typedef {{ target: string, body: string, attempt: Attempt, prepared: ReturnType<Calls["prepare"]>,
 *   response: Promise<Response> }} Ahead a request that was sent before it was asked for
 */

/**
 * What the engine calls while it advances: one attempt after the other, each with its own time limit.
 * @implements {Calls}
 */
class Host {
  #client;
  #outer;
  #onWait;
  /** @type {Attempt | undefined} */
  #attempt;
  /** @type {Ahead | undefined} */
  #ahead;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** What the last request was signed with. @type {import("../index.d.ts").Credentials | undefined} */
  #identity;

  /** Whether a request is being made ready: nothing has been sent yet. */
  isPreparing = false;

  /**
   * @param {import("./client.js").Reachable} client
   * @param {AbortSignal} signal
   * @param {((milliseconds: number) => void) | undefined} onWait
   */
  constructor(client, signal, onWait) {
    this.#client = client;
    this.#outer = signal;
    this.#onWait = onWait;
  }

  /** Aborts with the attempt at hand, or with the whole conversation between attempts. */
  get signal() {
    return this.#attempt?.signal ?? this.#outer;
  }

  /**
   * Sends the request that most likely is next; prepare() and fetch() give what comes of it.
   * @type {Calls["sendAhead"]}
   */
  async sendAhead(target, body, clockOffset) {
    this.endAttempt();
    const attempt = this.#newAttempt();
    const prepared = this.#makeReady(target, body, clockOffset, false, attempt.signal);
    const response = prepared.then(({ url, init }) => this.#client.fetch(url, init));
    this.#ahead = { target, body, attempt, prepared, response };
    response.catch(() => {});
    await prepared.catch(() => {});
    await otherTasks();
  }

  /** @type {Calls["prepare"]} */
  async prepare(target, body, clockOffset, renewsCredentials) {
    const ahead = this.#ahead;
    const isAhead = ahead?.target === target && ahead.body === body && !renewsCredentials;
    if (!isAhead) this.endAttempt();
    this.isPreparing = true;
    if (isAhead) {
      this.#attempt = ahead.attempt;
      return ahead.prepared;
    }
    this.#attempt = this.#newAttempt();
    return this.#makeReady(target, body, clockOffset, renewsCredentials, this.signal);
  }

  /** @type {Calls["fetch"]} */
  async fetch(url, init) {
    this.isPreparing = false;
    const ahead = this.#ahead;
    this.#ahead = undefined;
    return ahead ? ahead.response : this.#client.fetch(url, init);
  }

  /** @type {Calls["read"]} */
  async read(response) {
    return response.arrayBuffer();
  }

  /** @type {Calls["sleep"]} */
  sleep(milliseconds) {
    this.endAttempt();
    this.#onWait?.(milliseconds);
    return new Promise((resolve) => (this.#timer = setTimeout(resolve, milliseconds)));
  }

  /**
   * @param {string} target
   * @param {string} body
   * @param {number} clockOffset
   * @param {boolean} renewsCredentials
   * @param {AbortSignal} signal
   * @returns {ReturnType<Calls["prepare"]>}
   */
  async #makeReady(target, body, clockOffset, renewsCredentials, signal) {
    const { url, credentials, signer } = this.#client;
    const request = this.#client.request(target, body);
    const time = () => Date.now() + clockOffset;
    const identity = await credentials.get(time(), renewsCredentials ? this.#identity : undefined);
    this.#identity = identity;
    /** @type {RequestInit} */
    const init = { ...request, signal };
    if (identity === undefined) return { url: url.href, init };
    init.headers = await signer.sign({ url, ...request }, identity, time());
    return { url: url.href, init, signature: identity.sessionToken ? "session" : "keyPair" };
  }

  #newAttempt() {
    /** @type {Attempt} */
    const attempt = linkSignals([this.#outer]);
    attempt.timer = startTimer(() => attempt.abort(timedOut), this.#client.requestTimeout);
    return attempt;
  }

  /** Ends the attempt at hand, and gives up one that was sent ahead in vain. */
  endAttempt() {
    clearTimeout(this.#timer);
    this.#ahead?.attempt.abort(notNeeded);
    for (const attempt of [this.#attempt, this.#ahead?.attempt]) {
      clearTimeout(attempt?.timer);
      attempt?.unlink();
    }
    this.#attempt = this.#ahead = undefined;
  }
}

/**
 * What a failed fetch tells, with the reason beneath that Node gives and browsers hide.
 * @param {any} reason
 * @param {URL} url
 */
function describe(reason, url) {
  const message = reason instanceof Error ? reason.message : String(reason);
  const beneath = reason?.cause?.message || reason?.cause?.code;
  return `${url.origin} could not be reached: ${message}${beneath ? ` (${beneath})` : ""}`;
}
