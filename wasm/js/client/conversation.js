// Drives a conversation of the engine with the service: awaits what it starts, with time limits and aborts.
import { abortable, linkSignals, startTimer } from "../util/abort.js";
import { serviceError } from "../util/errors.js";
import { orOutOfMemory, outOfMemory } from "../engine/memory.js";
import { readHead } from "../util/response_head.js";
import { otherTasks } from "../util/tasks.js";

const timedOut = new DOMException("the request's time is up", "TimeoutError");
/** No answer of the service is nearly as large, and every browser can hold a string of so many characters. */
const mostBytes = 2 ** 27;
const notNeeded = new DOMException("another request is needed", "AbortError");

/**
 * @typedef {import("../../glue/rekognition_jobs.js").Steps} Steps
 * @typedef {{ onStep?: () => void, onWait?: (milliseconds: number) => void }} Listeners
 */

/**
 * Lets the conversation run until it has nothing more to do.
 * @param {import("../../glue/rekognition_jobs.js").Conversation} conversation
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
      conversation.requireRoom();
      const pending = conversation.advance(host.start, Date.now());
      if (pending === undefined) break;
      /** @type {{ status: string, value?: unknown, reason?: unknown }[]} */
      const [{ status, value, reason }] = await Promise.allSettled([pending]);
      signal.throwIfAborted();
      if (status === "fulfilled") {
        if (value instanceof Uint8Array) orOutOfMemory(conversation.reserve(value.byteLength)).set(value);
        if (!conversation.fulfilled(value, Date.now())) throw outOfMemory();
      } else {
        cause = reason;
        if (reason === timedOut) conversation.timedOut(client.requestTimeout, Date.now());
        else if (host.isSending) conversation.lostConnection(describe(reason, client.url), Date.now());
        else throw reason;
      }
      onStep?.();
    }
  } catch (reason) {
    throw reason === signal.reason ? reason : await client.secrets.clean(reason);
  } finally {
    host.endAttempt();
  }
  const failure = conversation.error();
  if (failure === null) return;
  const mayHoldRequest = client.secrets.areKnown;
  const error = serviceError(failure, failure.httpStatusCode === 0 && !mayHoldRequest ? cause : undefined);
  throw await client.secrets.clean(error);
}

/**
 * @typedef {ReturnType<typeof linkSignals> & { timer?: ReturnType<typeof setTimeout> }} Attempt
 * @typedef {{ url: string, init: RequestInit, signature: Awaited<ReturnType<Steps["prepare"]>> }} Prepared
 * @typedef {{ target: string, body: string, attempt: Attempt, prepared: Promise<Prepared>,
 *   response: Promise<Response> }} Ahead a request that was sent before it was asked for
 */

/**
 * Carries out the steps that the engine starts: one attempt after the other, each with its own time limit.
 * @implements {Steps}
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
  /** The request at hand. @type {Promise<Prepared> | undefined} */
  #prepared;
  /** The answer to it. @type {Promise<Response> | undefined} */
  #response;
  /** What the last request was signed with. @type {import("../../index.d.ts").Credentials | undefined} */
  #identity;

  /** Whether a request is on its way, or its answer. */
  isSending = false;

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

  /**
   * What the engine calls, from within WebAssembly: carries a step out once WebAssembly has returned, until the attempt
   * at hand is aborted, or between attempts the whole conversation: then it does not begin. So no caller's code runs in
   * between, and nothing is thrown through the engine's frames.
   * @type {import("../../glue/rekognition_jobs.js").Start}
   */
  start = (step, ...given) => {
    const outcome = Promise.resolve().then(() => {
      this.#outer.throwIfAborted();
      const work = /** @type {(...given: any) => Promise<unknown>} */ (this[step])(...given);
      return abortable(work, this.#attempt?.signal ?? this.#outer);
    });
    outcome.catch(() => {});
    return outcome;
  };

  /**
   * Sends the request that most likely is next; prepare() and fetch() give what comes of it.
   * @type {Steps["sendAhead"]}
   */
  async sendAhead(target, body, clockOffset) {
    this.endAttempt();
    const attempt = this.#newAttempt();
    const prepared = this.#makeReady(target, body, clockOffset, false, attempt.signal);
    const response = this.#send(prepared);
    this.#ahead = { target, body, attempt, prepared, response };
    response.catch(() => {});
    await prepared.catch(() => {});
    await otherTasks();
  }

  /** @type {Steps["prepare"]} */
  async prepare(target, body, clockOffset, renewsCredentials) {
    const ahead = this.#ahead;
    const isAhead = ahead?.target === target && ahead.body === body && !renewsCredentials;
    if (!isAhead) this.endAttempt();
    this.isSending = false;
    this.#attempt = isAhead ? ahead.attempt : this.#newAttempt();
    this.#prepared = isAhead
      ? ahead.prepared
      : this.#makeReady(target, body, clockOffset, renewsCredentials, this.#attempt.signal);
    return (await this.#prepared).signature;
  }

  /** @type {Steps["fetch"]} */
  async fetch() {
    this.isSending = true;
    const prepared = /** @type {Promise<Prepared>} */ (this.#prepared);
    this.#response = this.#ahead?.response ?? this.#send(prepared);
    this.#ahead = undefined;
    return readHead(await this.#response);
  }

  /** @type {Steps["read"]} */
  async read() {
    const response = await this.#response;
    return bytesOf(await response?.arrayBuffer());
  }

  /** @type {Steps["sleep"]} */
  async sleep(milliseconds) {
    this.isSending = false;
    this.endAttempt();
    this.#onWait?.(milliseconds);
    await new Promise((resolve) => (this.#timer = setTimeout(resolve, milliseconds)));
  }

  /**
   * @param {string} target
   * @param {string} body
   * @param {number} clockOffset
   * @param {boolean} renewsCredentials
   * @param {AbortSignal} signal
   * @returns {Promise<Prepared>}
   */
  async #makeReady(target, body, clockOffset, renewsCredentials, signal) {
    const { url, credentials, signer } = this.#client;
    const request = this.#client.request(target, body);
    const time = () => Date.now() + clockOffset;
    const identity = await credentials.get(time(), renewsCredentials ? this.#identity : undefined);
    this.#identity = identity;
    /** @type {RequestInit} */
    const init = { ...request, redirect: "manual", signal };
    if (identity === undefined) return { url: url.href, init, signature: "none" };
    init.headers = await signer.sign({ url, ...request }, identity, time());
    return { url: url.href, init, signature: identity.sessionToken ? "session" : "keyPair" };
  }

  /** @param {Promise<Prepared>} prepared */
  #send(prepared) {
    return prepared.then(({ url, init }) => {
      init.signal?.throwIfAborted();
      return this.#client.fetch(url, init);
    });
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
 * @param {any} body what a Response's arrayBuffer() gave: an ArrayBuffer of any realm, or a view of one
 * @throws {TypeError} when it is none, is detached or too large
 */
function bytesOf(body) {
  const { buffer = body, byteOffset = 0, byteLength } = body ?? {};
  if (byteLength > mostBytes) throw new TypeError(`its answer has ${byteLength} bytes, more than any of the service's`);
  const bytes = new Uint8Array(typeof byteLength === "number" ? buffer : 0, byteOffset, byteLength);
  if (bytes.buffer !== buffer) throw new TypeError("the Response has no body");
  return bytes;
}

/**
 * What a failed fetch tells, with the reason beneath that Node gives and browsers hide.
 * @param {any} reason
 * @param {URL} url
 */
function describe(reason, url) {
  const failure = `${url.origin} could not be reached`;
  try {
    const message = reason instanceof Error ? reason.message : String(reason);
    const beneath = reason?.cause?.message || reason?.cause?.code;
    return `${failure}: ${message}${beneath ? ` (${beneath})` : ""}`;
  } catch {
    return failure;
  }
}
