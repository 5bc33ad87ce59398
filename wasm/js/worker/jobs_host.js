// Answers what a page asks of the Jobs in its worker.
import { readFirst } from "../client/key_pair.js";
import { onAbort } from "../util/abort.js";
import { chunksOf } from "../util/chunks.js";
import { Thrown } from "./error_form.js";
import { receiveResponse, receiveSource } from "./sent_source.js";
import { offerChunks } from "./streams.js";
import { ResultViewHost, ViewHost } from "./view_hosts.js";
import { makeAbortController } from "../util/web_classes.js";

/**
 * @typedef {import("./peer.js").Peer} Peer
 * @typedef {import("./sent_source.js").SourceForm} SourceForm
 * @typedef {{ abort: number, isAborted: boolean, onProgress?: number }} CallForm the number that aborts a call, whether it is
 *   aborted from the start, and the name of what is told its progress
 * @typedef {Omit<import("../../index.d.ts").JobsOptions, "credentials" | "fetch" | "snapshot">
 *   & { provider?: number, keyPair?: number, fetch?: number, snapshot?: SourceForm }} OptionsForm
 *   with the names of what the page offers
 */

/**
 * Offers to the page to make a Jobs.
 * @param {Peer} peer
 * @param {typeof import("../../index.d.ts").createJobs} createJobs
 */
export function offerJobs(peer, createJobs) {
  const calls = new Calls(peer);
  peer.offer({
    /** @param {OptionsForm} form */
    async create(form) {
      const jobs = await createJobs(await receiveOptions(peer, form));
      return { name: peer.offer(/** @type {any} */ (new JobsHost(peer, calls, jobs))), fields: jobs.fields };
    },
    /** @param {number} call */
    abort: (call) => calls.abort(call),
  });
  // Not before: a worker that was started ahead has nobody yet who listens.
  peer.onFirst(() => peer.greet());
}

/** The calls that run, which the page may abort. */
class Calls {
  #peer;
  /** @type {Map<number, AbortController>} */
  #running = new Map();

  /** @param {Peer} peer */
  constructor(peer) {
    this.#peer = peer;
  }

  /** @param {number} call */
  abort(call) {
    this.#running.get(call)?.abort(abortedByPage());
  }

  /**
   * @template T
   * @param {CallForm} form
   * @param {(options: { signal: AbortSignal, onProgress?: (progress: object) => void }) => Promise<T>} run
   */
  async run({ abort, isAborted, onProgress }, run) {
    const controller = makeAbortController();
    if (isAborted) controller.abort(abortedByPage());
    this.#running.set(abort, controller);
    try {
      return await run({
        signal: controller.signal,
        ...(onProgress && { onProgress: (progress) => this.#peer.tell(onProgress, "report", progress) }),
      });
    } finally {
      this.#running.delete(abort);
    }
  }
}

function abortedByPage() {
  return new DOMException("the page has aborted the call", "AbortError");
}

/** The methods of a Jobs, with their options as messages. */
class JobsHost {
  #peer;
  #calls;
  #jobs;

  /** @param {Peer} peer @param {Calls} calls @param {import("../../index.d.ts").Jobs} jobs */
  constructor(peer, calls, jobs) {
    this.#peer = peer;
    this.#calls = calls;
    this.#jobs = jobs;
  }

  /** @param {import("../../index.d.ts").ListMediaAnalysisJobsInput} input @param {CallForm} call */
  listMediaAnalysisJobs(input, call) {
    return this.#calls.run(call, (options) => this.#jobs.listMediaAnalysisJobs(input, options));
  }

  /** @param {{ JobId: string }} input @param {CallForm} call */
  getMediaAnalysisJob(input, call) {
    return this.#calls.run(call, (options) => this.#jobs.getMediaAnalysisJob(input, options));
  }

  /** @param {import("../../index.d.ts").ListMediaAnalysisJobsInput} input */
  paginateListMediaAnalysisJobs(input) {
    return new PagesHost(this.#peer, this.#calls, this.#jobs, input).name;
  }

  /** @param {object} given @param {CallForm} call */
  load(given, call) {
    return this.#calls.run(call, (options) => this.#jobs.load({ ...given, ...options }));
  }

  /** @param {CallForm} call */
  refresh(call) {
    return this.#calls.run(call, (options) => this.#jobs.refresh(options));
  }

  /** @param {SourceForm} source @param {CallForm} call */
  import(source, call) {
    return this.#calls.run(call, (options) => this.#jobs.import(receiveSource(this.#peer, source), options));
  }

  /** @param {SourceForm} source @param {CallForm} call */
  open(source, call) {
    return this.#calls.run(call, async (options) => {
      const opened = await this.#jobs.open(receiveSource(this.#peer, source), options);
      return opened.kind === "jobs" ? opened : { kind: opened.kind, results: this.#factsOf(opened.results) };
    });
  }

  /** @param {SourceForm | undefined} source @param {SourceForm | undefined} summary @param {CallForm} call */
  openResults(source, summary, call) {
    return this.#calls.run(call, async (options) => {
      const given = summary && { summary: receiveSource(this.#peer, summary) };
      return this.#factsOf(
        await this.#jobs.openResults(source && receiveSource(this.#peer, source), { ...given, ...options }),
      );
    });
  }

  /** @param {string} jobId @param {object} given @param {CallForm} call */
  results(jobId, given, call) {
    return this.#calls.run(call, async (options) =>
      this.#factsOf(await this.#jobs.results(jobId, { ...given, ...options })),
    );
  }

  /** @param {string} uri @param {object} given @param {CallForm} call */
  image(uri, given, call) {
    return this.#calls.run(call, (options) => this.#jobs.image(uri, { ...given, ...options }));
  }

  size() {
    return this.#jobs.size;
  }

  loaded() {
    return this.#jobs.loaded;
  }

  loadedAt() {
    return this.#jobs.loadedAt;
  }

  snapshot() {
    return offerChunks(this.#peer, chunksOf(this.#jobs.snapshot()), { owned: true });
  }

  /** @param {string} jobId */
  get(jobId) {
    return this.#jobs.get(jobId);
  }

  clear() {
    this.#jobs.clear();
  }

  /** @param {string} text @param {{ sort?: string }} options */
  query(text, options) {
    return new ViewHost(this.#peer, this.#jobs.query(text, options)).facts;
  }

  /** @param {string} text */
  tokens(text) {
    return this.#jobs.tokens(text);
  }

  /** @param {import("../../index.d.ts").Results} results */
  #factsOf(results) {
    const { summary, summaryError, resultsError, rejected, rejectedCount, format, notices, fields } = results;
    const told = { summary, rejected, rejectedCount, format, notices };
    const thrown = new Thrown();
    const errors = {
      summaryError: summaryError && thrown.encode(summaryError),
      resultsError: resultsError && thrown.encode(resultsError),
    };
    return { ...new ResultViewHost(this.#peer, results, this.#jobs).facts, told, errors, fields };
  }
}

/** The pages of the list, one at a time. */
class PagesHost {
  #peer;
  #calls;
  #pages;
  #controller = makeAbortController();

  /**
   * @param {Peer} peer
   * @param {Calls} calls
   * @param {import("../../index.d.ts").Jobs} jobs
   * @param {import("../../index.d.ts").ListMediaAnalysisJobsInput} input
   */
  constructor(peer, calls, jobs, input) {
    this.#peer = peer;
    this.#calls = calls;
    this.#pages = jobs.paginateListMediaAnalysisJobs(input, { signal: this.#controller.signal });
    this.name = peer.offer(/** @type {any} */ (this));
  }

  /** @param {CallForm} call */
  next(call) {
    return this.#calls.run(call, ({ signal }) => {
      onAbort(signal, () => this.#controller.abort(signal.reason));
      return this.#pages.next();
    });
  }

  async return() {
    this.#peer.withdraw(this.name);
    this.#controller.abort(abortedByPage());
    await this.#pages.return?.();
  }
}

/**
 * The options of createJobs().
 * @param {Peer} peer
 * @param {OptionsForm} form
 * @returns {Promise<import("../../index.d.ts").JobsOptions>}
 */
async function receiveOptions(peer, { provider, keyPair, fetch, snapshot, ...options }) {
  return {
    ...options,
    ...(provider && { credentials: async () => received(peer, provider, await peer.call(provider, "get")) }),
    ...(keyPair && { credentials: received(peer, keyPair, await peer.call(keyPair, "read")) }),
    ...(fetch && { fetch: receiveFetch(peer, fetch) }),
    ...(snapshot && { snapshot: /** @type {any} */ (receiveSource(peer, snapshot)) }),
  };
}

/**
 * Credentials whose members the page reads anew for each signature.
 * @param {Peer} peer
 * @param {number} name of what reads them
 * @param {any} members
 */
function received(peer, name, members) {
  if (typeof members !== "object" || members === null) return members;
  const pair = {
    ...members,
    async [readFirst]() {
      Object.assign(pair, await peer.call(name, "read"));
    },
  };
  return pair;
}

/**
 * The page's `fetch`.
 * @param {Peer} peer
 * @param {number} name
 * @returns {typeof globalThis.fetch}
 */
function receiveFetch(peer, name) {
  let calls = 0;
  return async (url, { signal, ...init } = {}) => {
    const call = ++calls;
    signal?.throwIfAborted();
    signal?.addEventListener("abort", () => peer.tell(name, "abort", call));
    return receiveResponse(peer, await peer.call(name, "fetch", call, String(url), init));
  };
}
