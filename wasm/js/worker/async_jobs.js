// A Jobs in a worker: the methods of Jobs, each a promise, so that no page waits for the engine.
import { CredentialSource } from "../client/credentials.js";
import { makeDisposable } from "../engine/handle.js";
import { requireQuery } from "../views/query_text.js";
import { AsyncResults, AsyncView } from "./async_views.js";
import { runCall } from "./calls.js";
import { ROOT } from "./peer.js";
import { sendOptions } from "./sent_options.js";
import { sendSource } from "./sent_source.js";
import { primitive, textOf } from "./sent_values.js";
import { startWorker } from "./start_worker.js";
import { receiveStream } from "./streams.js";
import { createFinalizationRegistry } from "../util/finalization.js";

/**
 * @typedef {import("../../index.d.ts").AsyncJobs} PublicJobs
 * @typedef {import("./async_views.js").ResultsFacts} ResultsFacts
 * @typedef {import("./peer.js").Peer} Peer
 */

/**
 * Makes a Jobs in a worker.
 * @param {() => unknown} openWorker
 * @param {import("../../index.d.ts").JobsOptions} options
 */
export async function createAsyncJobs(openWorker, options) {
  const { credentials } = options;
  const { secrets } = new CredentialSource(credentials, options.credentialsTimeout);
  const { peer, end } = await startWorker(openWorker, (reason) => secrets.clean(reason));
  try {
    const form = sendOptions(peer, options, credentials, secrets);
    return new AsyncJobs(peer, await peer.call(ROOT, "create", form), end);
  } catch (reason) {
    end();
    throw await secrets.clean(reason);
  }
}

const forgotten = createFinalizationRegistry((/** @type {() => void} */ end) => end());

export class AsyncJobs {
  #peer;
  #name;
  #end;
  #fields;

  /**
   * @param {Peer} peer
   * @param {{ name: number, fields: import("../../index.d.ts").QueryField[] }} facts
   * @param {() => void} end ends the worker
   */
  constructor(peer, { name, fields }, end) {
    this.#peer = peer;
    this.#name = name;
    this.#end = end;
    this.#fields = fields;
    forgotten?.register(this, end, this);
  }

  /** @type {PublicJobs["listMediaAnalysisJobs"]} */
  async listMediaAnalysisJobs(input = {}, options = {}) {
    return this.#run(options, (call) => this.#call("listMediaAnalysisJobs", listInput(input), call));
  }

  /** @type {PublicJobs["getMediaAnalysisJob"]} */
  async getMediaAnalysisJob(input, options = {}) {
    const job = { JobId: primitive(input?.JobId) };
    return this.#run(options, (call) => this.#call("getMediaAnalysisJob", job, call));
  }

  /** @type {PublicJobs["paginateListMediaAnalysisJobs"]} */
  async *paginateListMediaAnalysisJobs(input = {}, options = {}) {
    const pages = this.#call("paginateListMediaAnalysisJobs", listInput(input));
    pages.catch(() => {});
    try {
      while (true) {
        const next = async (/** @type {object} */ call) => this.#peer.callFor(this, await pages, "next", call);
        const { done, value } = await this.#run(options, next);
        if (done) return;
        yield value;
      }
    } finally {
      pages.then(
        (name) => this.#peer.tell(name, "return"),
        () => {},
      );
    }
  }

  /** @type {PublicJobs["load"]} */
  async load({ NextToken, ...options } = {}) {
    return this.#run(options, (call) => this.#call("load", { NextToken: primitive(NextToken) }, call), {
      waits: true,
    });
  }

  /** @type {PublicJobs["refresh"]} */
  async refresh(options = {}) {
    return this.#run(options, (call) => this.#call("refresh", call), { waits: true });
  }

  /** @type {PublicJobs["import"]} */
  async import(source, options = {}) {
    return this.#run(options, (call, offers) => this.#call("import", sendSource(offers, source), call));
  }

  /** @type {PublicJobs["open"]} */
  async open(source, options = {}) {
    const opened = await this.#run(options, (call, offers) => this.#call("open", sendSource(offers, source), call), {
      drop: ({ results }) => results && this.#drop(results),
    });
    return opened.kind === "jobs" ? opened : { ...opened, results: this.#resultsOf(opened.results) };
  }

  /** @type {PublicJobs["openResults"]} */
  async openResults(source, { summary: given, ...options } = {}) {
    const summary = given ?? undefined;
    const facts = await this.#run(
      options,
      (call, offers) => {
        /** @param {unknown} each */
        const form = (each) => (each === undefined ? undefined : sendSource(offers, each));
        const isSummaryAlone = source === undefined && summary !== undefined;
        const sent = isSummaryAlone ? undefined : sendSource(offers, source);
        return this.#call("openResults", sent, form(summary), call);
      },
      { drop: (late) => this.#drop(late) },
    );
    return this.#resultsOf(facts);
  }

  /** @type {PublicJobs["results"]} */
  async results(jobId, { requestPayer, ...options } = {}) {
    const given = { requestPayer: primitive(requestPayer) };
    const facts = await this.#run(options, (call) => this.#call("results", textOf(jobId), given, call), {
      drop: (late) => this.#drop(late),
    });
    return this.#resultsOf(facts);
  }

  /** @type {PublicJobs["image"]} */
  async image(uri, { signal, signed, versionId, requestPayer } = {}) {
    const given = {
      signed: primitive(signed),
      versionId: primitive(versionId),
      requestPayer: primitive(requestPayer),
    };
    return this.#run({ signal }, (call) => this.#call("image", primitive(uri), given, call));
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
    return receiveStream(this.#peer, this.#call("snapshot"), { owner: this });
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
    requireQuery(text);
    return new AsyncView(this.#peer, await this.#call("query", text, { sort: String(sort ?? "") }), this);
  }

  /** @type {PublicJobs["tokens"]} */
  async tokens(text) {
    requireQuery(text);
    return this.#call("tokens", text);
  }

  /** @returns {import("../../index.d.ts").QueryField[]} */
  get fields() {
    this.#peer.requireOpen();
    return JSON.parse(JSON.stringify(this.#fields));
  }

  close() {
    forgotten?.unregister(this);
    this.#end();
  }

  /** @param {string} method @param {...unknown} given @returns {Promise<any>} */
  #call(method, ...given) {
    return this.#peer.callFor(this, this.#name, method, ...given);
  }

  /**
   * @param {import("../../index.d.ts").CallOptions & { onProgress?: ((progress: any) => void) | null }} options
   * @param {Parameters<typeof runCall<any>>[2]} send
   * @param {Parameters<typeof runCall<any>>[3]} [also]
   */
  #run(options, send, also) {
    return runCall(this.#peer, options, send, also);
  }

  /** @param {ResultsFacts} facts */
  #resultsOf(facts) {
    return new AsyncResults(this.#peer, facts, this);
  }

  /** Closes results that nobody waits for any more. @param {ResultsFacts} facts */
  #drop({ name }) {
    this.#peer.tell(name, "close");
  }
}

makeDisposable(AsyncJobs);

/** @param {import("../../index.d.ts").ListMediaAnalysisJobsInput} input */
function listInput(input) {
  return { NextToken: primitive(input?.NextToken), MaxResults: primitive(input?.MaxResults) };
}
