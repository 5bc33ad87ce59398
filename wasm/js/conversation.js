// Drives a conversation of the engine with the service: awaits what it starts, with time limits and aborts.
import { abortable, linkSignals } from "./abort.js";
import { serviceError } from "./errors.js";

const longestTimer = 2 ** 31 - 1;
const timedOut = new DOMException("the request's time is up", "TimeoutError");

/**
 * Lets the conversation run until it has nothing more to do.
 * @param {import("./client.js").Client} client
 * @param {{ signal: AbortSignal, onStep?: () => void, onWait?: (milliseconds: number) => void }} options
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

/** What the engine calls while it advances: one attempt after the other, each with its own time limit. */
class Host {
  #client;
  #outer;
  #onWait;
  #attempt;
  #timer;

  /** Whether a request is being made ready: nothing has been sent yet. */
  isPreparing = false;

  constructor(client, signal, onWait) {
    this.#client = client;
    this.#outer = signal;
    this.#onWait = onWait;
  }

  /** Aborts with the attempt at hand, or with the whole conversation between attempts. */
  get signal() {
    return this.#attempt?.signal ?? this.#outer;
  }

  async prepare(target, body, clockOffset, renewsCredentials) {
    this.#beginAttempt();
    this.isPreparing = true;
    const { url, credentials, signer } = this.#client;
    const { signal } = this;
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
    const time = () => Date.now() + clockOffset;
    const identity = await credentials.get(time(), renewsCredentials);
    const init = { method: "POST", headers, body, signal };
    if (identity === undefined) return { url: url.href, init };
    init.headers = await signer.sign({ url, headers, body }, identity, time());
    return { url: url.href, init, signature: identity.sessionToken ? "session" : "keyPair" };
  }

  async fetch(url, init) {
    this.isPreparing = false;
    return this.#client.fetch(url, init);
  }

  async read(response) {
    return response.arrayBuffer();
  }

  sleep(milliseconds) {
    this.endAttempt();
    this.#onWait?.(milliseconds);
    return new Promise((resolve) => (this.#timer = setTimeout(resolve, milliseconds)));
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
