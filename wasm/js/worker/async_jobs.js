// A Jobs in a worker: the methods of Jobs, each a promise, so that no page waits for the engine.
import { CredentialSource } from "../client/credentials.js";
import { EngineError } from "../util/errors.js";
import { makeDisposable } from "../engine/handle.js";
import { onAbort } from "../util/abort.js";
import { AsyncResults, AsyncView } from "./async_views.js";
import { AbortedByPage } from "./error_form.js";
import { Peer, ROOT } from "./peer.js";
import { sendOptions } from "./sent_options.js";
import { sendSource } from "./sent_source.js";
import { receiveStream } from "./streams.js";

/**
 * @typedef {import("../../index.d.ts").AsyncJobs} PublicJobs
 * @typedef {import("./sent_source.js").SourceForm} SourceForm
 * @typedef {import("../../index.d.ts").WorkerLike} WorkerLike
 */

/**
 * Makes a Jobs in a worker.
 * @param {() => WorkerLike | Promise<WorkerLike>} openWorker
 * @param {import("../../index.d.ts").JobsOptions} options
 */
export async function createAsyncJobs(openWorker, options) {
  new CredentialSource(options.credentials, options.credentialsTimeout);
  const worker = await openWorker();
  const peer = new Peer(worker);
  const end = () => {
    worker.terminate();
  };
  worker.onerror = (/** @type {{ error?: unknown, message?: string }} */ event) => {
    peer.close(new EngineError(event.error ?? event.message ?? event));
    end();
  };
  try {
    return new AsyncJobs(peer, await peer.call(ROOT, "create", sendOptions(peer, options)), end);
  } catch (reason) {
    peer.close(reason);
    end();
    throw reason;
  }
}

/** @type {FinalizationRegistry<() => void>} */
const forgotten = new FinalizationRegistry((end) => end());
let calls = 0;

export class AsyncJobs {
  #peer;
  #name;
  #end;

  /**
   * @param {Peer} peer
   * @param {{ name: number, fields: import("../../index.d.ts").QueryField[] }} facts
   * @param {() => void} end ends the worker
   */
  constructor(peer, { name, fields }, end) {
    this.#peer = peer;
    this.#name = name;
    this.#end = end;
    this.fields = fields;
    forgotten.register(this, end, this);
  }

  /** @type {PublicJobs["listMediaAnalysisJobs"]} */
  async listMediaAnalysisJobs(input = {}, options = {}) {
    return this.#run(options, (call) => this.#call("listMediaAnalysisJobs", input, call));
  }

  /** @type {PublicJobs["getMediaAnalysisJob"]} */
  async getMediaAnalysisJob(input, options = {}) {
    return this.#run(options, (call) => this.#call("getMediaAnalysisJob", input, call));
  }

  /** @type {PublicJobs["paginateListMediaAnalysisJobs"]} */
  async *paginateListMediaAnalysisJobs(input = {}, options = {}) {
    const pages = await this.#call("paginateListMediaAnalysisJobs", input);
    try {
      while (true) {
        const { done, value } = await this.#run(options, (call) => this.#peer.call(pages, "next", call));
        if (done) return;
        yield value;
      }
    } finally {
      this.#peer.tell(pages, "return");
    }
  }

  /** @type {PublicJobs["load"]} */
  async load({ NextToken, ...options } = {}) {
    return this.#run(options, (call) => this.#call("load", { NextToken }, call));
  }

  /** @type {PublicJobs["refresh"]} */
  async refresh(options = {}) {
    return this.#run(options, (call) => this.#call("refresh", call));
  }

  /** @type {PublicJobs["import"]} */
  async import(source, options = {}) {
    return this.#run(options, (call) => this.#call("import", sendSource(this.#peer, source), call));
  }

  /** @type {PublicJobs["open"]} */
  async open(source, options = {}) {
    const opened = await this.#run(options, (call) => this.#call("open", sendSource(this.#peer, source), call));
    return opened.kind === "jobs" ? opened : { ...opened, results: new AsyncResults(this.#peer, opened.results) };
  }

  /** @type {PublicJobs["openResults"]} */
  async openResults(source, { summary, ...options } = {}) {
    /** @param {any} given */
    const form = (given) => (given === undefined || given === null ? undefined : sendSource(this.#peer, given));
    const facts = await this.#run(options, (call) => this.#call("openResults", form(source), form(summary), call));
    return new AsyncResults(this.#peer, facts);
  }

  /** @type {PublicJobs["results"]} */
  async results(jobId, { requestPayer, ...options } = {}) {
    const facts = await this.#run(options, (call) => this.#call("results", jobId, { requestPayer }, call));
    return new AsyncResults(this.#peer, facts);
  }

  /** @type {PublicJobs["image"]} */
  async image(uri, { signal, ...given } = {}) {
    return this.#run({ signal }, (call) => this.#call("image", uri, given, call));
  }

  get size() {
    return this.#call("size");
  }

  get loaded() {
    return this.#call("loaded");
  }

  get loadedAt() {
    return this.#call("loadedAt");
  }

  snapshot() {
    return receiveStream(this.#peer, this.#call("snapshot"));
  }

  /** @type {PublicJobs["get"]} */
  async get(jobId) {
    return this.#call("get", String(jobId));
  }

  /** @type {PublicJobs["clear"]} */
  async clear() {
    return this.#call("clear");
  }

  /** @type {PublicJobs["query"]} */
  async query(text = "", { sort } = {}) {
    return new AsyncView(this.#peer, await this.#call("query", text, { sort: String(sort ?? "") }));
  }

  /** @type {PublicJobs["tokens"]} */
  async tokens(text) {
    return this.#call("tokens", text);
  }

  close() {
    forgotten.unregister(this);
    this.#peer.close(new Error("this Jobs is closed"));
    this.#end();
  }

  /** @param {string} method @param {...unknown} given @returns {Promise<any>} */
  #call(method, ...given) {
    return this.#peer.call(this.#name, method, ...given);
  }

  /**
   * Runs a call that a signal may abort and that reports its progress.
   * @template T
   * @param {{ signal?: AbortSignal | null, onProgress?: ((progress: any) => void) | null }} options
   * @param {(call: { abort: number, onProgress?: number }) => Promise<T>} run
   * @returns {Promise<T>}
   */
  async #run({ signal, onProgress }, run) {
    const abort = ++calls;
    const peer = this.#peer;
    /** @type {{ reason: unknown } | undefined} */
    let failure;
    const stop = () => peer.tell(ROOT, "abort", abort);
    const progress = onProgress
      ? peer.offer({
          tell(progress) {
            if (failure) return;
            try {
              onProgress(progress);
            } catch (reason) {
              failure = { reason };
              stop();
            }
          },
        })
      : undefined;
    let unlisten;
    try {
      signal?.throwIfAborted();
      const answer = run({ abort, onProgress: progress });
      if (signal != null) unlisten = onAbort(signal, stop);
      const value = await answer;
      if (failure) throw failure.reason;
      return value;
    } catch (reason) {
      if (failure) throw failure.reason;
      throw reason instanceof AbortedByPage && signal ? signal.reason : reason;
    } finally {
      unlisten?.();
      if (progress !== undefined) peer.withdraw(progress);
    }
  }
}

makeDisposable(AsyncJobs);
