// Drives an operation of the engine with the service: carries out its steps, with time limits and aborts.
import { abortable, linkSignals, startTimer } from "../util/abort.js";
import { serviceError } from "../util/errors.js";
import { orOutOfMemory, outOfMemory } from "../engine/memory.js";
import { readHead } from "../util/response_head.js";
import { otherTasks } from "../util/tasks.js";
import { wordsOf } from "../util/words_of.js";

const timedOut = new DOMException("the request's time is up", "TimeoutError");
/** No response of the service is nearly as large, and every browser supports strings of this length. */
const mostBytes = 2 ** 27;
const notNeeded = new DOMException("another request is needed", "AbortError");

/**
 * @typedef {import("../../glue/rekognition_jobs.js").Steps} Steps
 * @typedef {import("../util/any_response.js").Answer} Answer
 * @typedef {{ onStep?: () => void, onWait?: (milliseconds: number) => void }} Listeners
 */

/**
 * Runs the operation to its end.
 * @param {import("../../glue/rekognition_jobs.js").OperationDriver} operation
 * @param {import("./client.js").ServiceClient} client
 * @param {{ signal: AbortSignal } & Listeners} options
 * @throws the signal's reason, the error of the provider of credentials, or a ServiceError
 */
export async function runOperation(operation, client, { signal, onStep, onWait }) {
  const transport = new Transport(client, signal, onWait);
  let cause;
  try {
    while (true) {
      signal.throwIfAborted();
      operation.requireRoom();
      const pending = operation.next(transport.start, Date.now());
      if (pending === undefined) break;
      /** @type {{ status: string, value?: unknown, reason?: unknown }[]} */
      const [{ status, value, reason }] = await Promise.allSettled([pending]);
      signal.throwIfAborted();
      if (status === "fulfilled") {
        if (value instanceof Uint8Array) orOutOfMemory(operation.reserve(value.byteLength)).set(value);
        if (!operation.fulfilled(value, Date.now())) throw outOfMemory();
      } else {
        cause = reason;
        if (reason === timedOut) operation.timedOut(client.requestTimeout, Date.now());
        else if (transport.isSending) operation.lostConnection(describe(reason, client.url), Date.now());
        else throw reason;
      }
      onStep?.();
    }
  } catch (reason) {
    throw reason === signal.reason ? reason : await client.secrets.clean(reason, signal);
  } finally {
    transport.endAttempt();
  }
  const failure = operation.error();
  if (failure === null) return;
  const mayHoldRequest = client.secrets.areKnown;
  const error = serviceError(failure, failure.httpStatusCode === 0 && !mayHoldRequest ? cause : undefined);
  throw await client.secrets.clean(error, signal);
}

/**
 * @typedef {{ url: string, init: RequestInit, signature: Awaited<ReturnType<Steps["prepare"]>> }} Prepared
 * @typedef {{ target: string, body: string, attempt: Attempt, prepared: Promise<Prepared>,
 *   response: Promise<Answer> }} Ahead a request that was sent before the engine needed it
 */

/** One request, which ends with the whole operation, or when its time is up. */
class Attempt {
  #link;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #isOver = false;

  /** @param {AbortSignal} outer */
  constructor(outer) {
    this.#link = linkSignals([outer]);
  }

  get signal() {
    return this.#link.signal;
  }

  /**
   * Starts its time, once the credentials are there.
   * @param {number} milliseconds
   */
  limit(milliseconds) {
    if (!this.#isOver) this.#timer = startTimer(() => this.abort(timedOut), milliseconds);
  }

  /** @param {unknown} reason */
  abort(reason) {
    this.#link.abort(reason);
  }

  end() {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#link.unlink();
  }
}

/**
 * Carries out the steps that the engine starts, attempt by attempt, each with its own time limit.
 * @implements {Steps}
 */
class Transport {
  #client;
  #outer;
  #onWait;
  /** @type {Attempt | undefined} */
  #attempt;
  /** @type {Ahead | undefined} */
  #ahead;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** The current request. @type {Promise<Prepared> | undefined} */
  #prepared;
  /** The response to it. @type {Promise<Answer> | undefined} */
  #response;
  /** The credentials that signed the last request. @type {import("./key_pair.js").KeyPair | undefined} */
  #identity;

  /** Whether a request has been sent and its response is not yet read. */
  isSending = false;

  /**
   * @param {import("./client.js").ServiceClient} client
   * @param {AbortSignal} signal
   * @param {((milliseconds: number) => void) | undefined} onWait
   */
  constructor(client, signal, onWait) {
    this.#client = client;
    this.#outer = signal;
    this.#onWait = onWait;
  }

  /**
   * The function that the engine calls from within WebAssembly. The step begins after WebAssembly has returned, so that
   * no code of a caller runs in the middle of a call and no exception passes through the engine's frames. It ends when
   * the current attempt is aborted, or, between attempts, the whole operation.
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
   * Sends the request that most likely comes next. If it does, prepare() and fetch() return the outcome of this one.
   * @type {Steps["sendAhead"]}
   */
  async sendAhead(target, body, clockOffset) {
    this.isSending = false;
    this.endAttempt();
    const attempt = new Attempt(this.#outer);
    const prepared = this.#makeReady(target, body, clockOffset, false, attempt);
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
    this.#attempt = isAhead ? ahead.attempt : new Attempt(this.#outer);
    this.#prepared = isAhead
      ? ahead.prepared
      : this.#makeReady(target, body, clockOffset, renewsCredentials, this.#attempt);
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
    /** @type {any} */
    let response = await this.#response;
    if (typeof response.arrayBuffer !== "function") {
      response = (await import("../util/any_response.js")).asResponse(response);
    }
    return bytesOf(await response.arrayBuffer());
  }

  /** @type {Steps["sleep"]} */
  async sleep(milliseconds, pause) {
    this.isSending = false;
    this.endAttempt();
    this.#onWait?.(milliseconds);
    await new Promise((resolve) => (this.#timer = setTimeout(resolve, pause)));
  }

  /**
   * Makes and signs a request.
   * @param {string} target
   * @param {string} body
   * @param {number} clockOffset
   * @param {boolean} renewsCredentials
   * @param {Attempt} attempt
   * @returns {Promise<Prepared>}
   */
  async #makeReady(target, body, clockOffset, renewsCredentials, attempt) {
    const { url, credentials, signer, requestTimeout, findFetch } = this.#client;
    findFetch();
    const { signal } = attempt;
    const request = this.#client.request(target, body);
    const time = () => Date.now() + clockOffset;
    const identity = await credentials.get(time, signal, renewsCredentials ? this.#identity : undefined);
    this.#identity = identity;
    attempt.limit(requestTimeout);
    /** @type {RequestInit} */
    const init = { ...request, redirect: "manual", signal };
    if (identity === undefined) return { url: url.href, init, signature: "none" };
    init.headers = await signer.sign({ url, ...request }, identity, time());
    return { url: url.href, init, signature: identity.sessionToken ? "session" : "keyPair" };
  }

  /**
   * Sends a request. A caller's `fetch` may not heed signals, so a response that comes too late is given up here.
   * @param {Promise<Prepared>} prepared
   */
  #send(prepared) {
    return prepared.then(async ({ url, init }) => {
      init.signal?.throwIfAborted();
      const response = await this.#client.fetch(url, init);
      if (init.signal?.aborted)
        import("../util/any_response.js").then(({ dropBody }) => dropBody(response)).catch(() => {});
      return response;
    });
  }

  /** Ends the current attempt, and aborts a request that was sent ahead and is not needed. */
  endAttempt() {
    clearTimeout(this.#timer);
    this.#ahead?.attempt.abort(notNeeded);
    this.#ahead?.attempt.end();
    this.#attempt?.end();
    this.#attempt = this.#ahead = undefined;
  }
}

/**
 * The bytes of a response's body.
 * @param {any} body the result of a Response's arrayBuffer(): an ArrayBuffer of any realm, or a view of one
 * @throws {TypeError} if it is another value, is detached or too large
 */
function bytesOf(body) {
  const { buffer = body, byteOffset = 0, byteLength } = body ?? {};
  if (byteLength > mostBytes) throw new TypeError(`its answer has ${byteLength} bytes, more than any of the service's`);
  const bytes = new Uint8Array(typeof byteLength === "number" ? buffer : 0, byteOffset, byteLength);
  if (bytes.buffer !== buffer) throw new TypeError("the Response has no body");
  return bytes;
}

/**
 * The message for a failed `fetch`, with its cause, which Node reports and browsers hide.
 * @param {any} reason
 * @param {URL} url
 */
function describe(reason, url) {
  const failure = `${url.origin} could not be reached: ${wordsOf(reason).words}`;
  try {
    const beneath = reason?.cause?.message || reason?.cause?.code;
    return beneath ? `${failure} (${beneath})` : failure;
  } catch {
    return failure;
  }
}
