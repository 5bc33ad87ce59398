// The jobs of an account: filled from the service or from files, asked with queries.
import { abortable, linkSignals } from "./abort.js";
import { closeGroup, Handle, makeDisposable } from "./closing.js";
import { converse } from "./conversation.js";
import { InvalidParameterException, NetworkError } from "./errors.js";
import { feed } from "./import.js";
import { parseJobs, parseView, withDates } from "./job_values.js";
import { requireRoomToGrow } from "./memory.js";
import { queryError, requireQuery, tokensOf, wellFormed } from "./query_text.js";
import { View } from "./view.js";

/**
 * @typedef {import("../index.d.ts").Jobs} Public
 * @typedef {import("../glue/rekognition_jobs.js").JobsModule} JobsModule
 * @typedef {import("../glue/rekognition_jobs.js").Conversation} Conversation
 * @typedef {import("./client.js").Client} Client
 * @typedef {(listeners?: import("./conversation.js").Listeners, client?: Client) => Promise<void>} Run
 */

const finished = new Set(["SUCCEEDED", "FAILED"]);

export class Jobs {
  #module;
  #client;
  #s3Place;
  /** @type {Promise<import("./job_objects.js").JobObjects> | undefined} */
  #objects;
  /** @type {Handle<import("../glue/rekognition_jobs.js").Engine>} */
  #handle;
  /** @type {Set<import("./closing.js").Freeable>} */
  #handles = new Set();
  #closing = new AbortController();
  /**
   * One for all results, so that they can be compared without a copy.
   * @type {Promise<import("../glue/rekognition_results.js").ResultsModule> | undefined}
   */
  #resultsModule;

  /**
   * @param {JobsModule} module
   * @param {import("../glue/rekognition_jobs.js").Engine} engine
   * @param {Client} client
   * @param {import("./endpoint.js").S3Place} s3Place
   */
  constructor(module, engine, client, s3Place) {
    this.#module = module;
    this.#client = client;
    this.#s3Place = s3Place;
    this.#handle = new Handle(this, "Jobs", engine, this.#handles);
  }

  /** @type {Public["listMediaAnalysisJobs"]} */
  async listMediaAnalysisJobs(input = {}, options = {}) {
    const reader = new this.#module.PageReader(this.#engine, ...listInput(input));
    return this.#run(reader, options, (run) => run().then(() => pageOf(reader)));
  }

  /** @type {Public["getMediaAnalysisJob"]} */
  async getMediaAnalysisJob(input, options = {}) {
    const reading = new this.#module.JobReading(this.#engine, requireText("JobId", input?.JobId));
    return this.#run(reading, options, (run) => run().then(() => parseJobs(reading.job())[0]));
  }

  /** @type {Public["paginateListMediaAnalysisJobs"]} */
  async *paginateListMediaAnalysisJobs(input = {}, options = {}) {
    const reader = new this.#module.PageReader(this.#engine, ...listInput(input));
    try {
      do {
        yield await this.#run(reader, options, (run) => run().then(() => pageOf(reader)), { keeps: true });
        this.#engine;
      } while (reader.walkOn());
    } finally {
      reader.delete();
    }
  }

  /** @type {Public["load"]} */
  async load(options = {}) {
    const first = optionalText("NextToken", options.NextToken) || undefined;
    return this.#fill(this.#module.Loading.load(this.#engine, first), options);
  }

  /** @type {Public["refresh"]} */
  async refresh(options = {}) {
    return this.#fill(this.#module.Loading.refresh(this.#engine), options);
  }

  /** @type {Public["import"]} */
  async import(source, { signal, onProgress } = {}) {
    const importer = new this.#module.Importer(this.#engine);
    const link = linkSignals([signal, this.#closing.signal]);
    try {
      const counts = () => ({
        jobs: importer.added + importer.updated + importer.unchanged, rejected: importer.rejectedCount,
      });
      await feed(importer, source, { signal: link.signal, onProgress, counts, module: this.#module });
      const { added, updated, unchanged, rejectedCount } = importer;
      return { added, updated, unchanged, rejected: importer.rejected(), rejectedCount };
    } finally {
      link.unlink();
      importer.delete();
    }
  }

  /** @type {Public["openResults"]} */
  async openResults(source, { signal, ...options } = {}) {
    this.#engine;
    const link = linkSignals([signal, this.#closing.signal]);
    try {
      const { instantiate, readResults } = await import("./results.js");
      this.#resultsModule ??= instantiate(this.#client.resultsWasm);
      this.#resultsModule.catch(() => (this.#resultsModule = undefined));
      const module = await this.#resultsModule;
      return await readResults(module, source, { ...options, signal: link.signal }, this.#handles);
    } finally {
      link.unlink();
    }
  }

  /** @type {Public["results"]} */
  async results(jobId, { signal, onProgress } = {}) {
    return this.#withObjects(signal, async (objects, ask, options) => {
      const stored = this.get(jobId);
      const isFinished = stored !== undefined && finished.has(stored.Status);
      const job = isFinished ? stored : await this.getMediaAnalysisJob({ JobId: jobId }, options);
      const { results, summary } = await objects.fetch(job, ask, options.signal);
      try {
        return await abortable(this.openResults(results, { ...options, onProgress, summary }), options.signal);
      } catch (reason) {
        for (const object of [results, summary]) object?.body?.cancel().catch(() => {});
        throw reason;
      }
    });
  }

  /** @type {Public["image"]} */
  async image(uri, { signal } = {}) {
    return this.#withObjects(signal, (objects, ask, options) => objects.image(uri, ask, options.signal));
  }

  get size() {
    return this.#engine.size;
  }

  /** @type {Public["get"]} */
  get(jobId) {
    const job = this.#engine.get(String(jobId));
    return job === null ? undefined : withDates(parseView(job));
  }

  clear() {
    this.#engine.clear();
  }

  /** @type {Public["query"]} */
  query(text = "", { sort } = {}) {
    requireQuery(text);
    const engine = this.#engine;
    const answer = engine.query(wellFormed(text), String(sort ?? ""), Date.now());
    if (answer === null) throw queryError(engine.fault(), text, sort, "field or member");
    return new View(this.#module, answer, this.#handles);
  }

  /** @type {Public["tokens"]} */
  tokens(text) {
    requireQuery(text);
    this.#engine;
    return tokensOf(this.#module.queryTokens, text);
  }

  /** @returns {import("../index.d.ts").QueryField[]} */
  get fields() {
    this.#engine;
    return JSON.parse(this.#module.queryFields());
  }

  close() {
    this.#closing.abort(new Error("this Jobs is closed"));
    this.#handle.free();
    closeGroup(this.#handles);
  }

  get #engine() {
    return this.#handle.value;
  }

  /** What reads S3 comes when it is first asked for. */
  #loadObjects() {
    this.#engine;
    this.#objects ??= import("./job_objects.js").then(
      ({ JobObjects }) => new JobObjects(this.#client, this.#s3Place),
      ({ message }) => {
        this.#objects = undefined;
        throw new NetworkError({ message: `the part of the module that reads S3 could not be loaded: ${message}` });
      },
    );
    return this.#objects;
  }

  /**
   * Uses what reads S3, under the caller's signal and until this is closed, with calls whose client knows what to ask.
   * @template T
   * @param {AbortSignal | undefined} signal
   * @param {(objects: import("./job_objects.js").JobObjects, ask: import("./s3_store.js").Ask,
   *   options: { signal: AbortSignal }) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async #withObjects(signal, use) {
    const link = linkSignals([signal, this.#closing.signal]);
    const options = { signal: link.signal };
    /** @type {import("./s3_store.js").Ask} */
    const ask = (client) =>
      this.#run(new this.#module.PlainCall(this.#engine, "", ""), options, (run) => run({}, client));
    try {
      return await use(await abortable(this.#loadObjects(), link.signal), ask, options);
    } finally {
      link.unlink();
    }
  }

  /**
   * Fills the store by a conversation and tells what came of it, also when it ends early.
   * @param {import("../glue/rekognition_jobs.js").Loading} loading
   * @param {import("../index.d.ts").LoadOptions} options
   * @returns {Promise<import("../index.d.ts").Loaded>}
   */
  async #fill(loading, { signal, onProgress }) {
    const tellLoaded = () => {
      const { added, updated, unchanged, pages, retries } = loading;
      const loaded = { added, updated, unchanged, pages, retries, complete: loading.isDone };
      const token = loading.nextToken();
      return token === undefined ? loaded : { ...loaded, NextToken: token };
    };
    let told = { pages: 0, jobs: 0, retries: 0 };
    /** @param {number} [waitingMs] */
    const report = (waitingMs) => {
      const { pages, retries } = loading;
      const jobs = loading.added + loading.updated + loading.unchanged;
      if (waitingMs === undefined && told.pages === pages && told.jobs === jobs) return;
      told = { pages, jobs, retries };
      onProgress?.(waitingMs === undefined ? told : { ...told, waitingMs });
    };
    return this.#run(
      loading,
      { signal },
      async (run) => {
        try {
          const onStep = () => {
            report();
            requireRoomToGrow(this.#module);
          };
          await run({ onStep, onWait: report });
          return tellLoaded();
        } catch (/** @type {any} */ reason) {
          if (Object.isExtensible(reason)) reason.loaded = tellLoaded();
          throw reason;
        }
      },
    );
  }

  /**
   * Runs a conversation within `use`, under the caller's signal and until this is closed; frees it then.
   * @template T
   * @param {Conversation} conversation
   * @param {import("../index.d.ts").CallOptions} options
   * @param {(run: Run) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async #run(conversation, { signal }, use, { keeps = false } = {}) {
    const link = linkSignals([signal, this.#closing.signal]);
    try {
      return await use(async (options, client = this.#client) => {
        if (client.url === undefined) {
          throw new InvalidParameterException({ message: "the service needs a region or an endpoint" });
        }
        const reachable = /** @type {import("./client.js").Reachable} */ (client);
        await converse(conversation, reachable, { ...options, signal: link.signal });
      });
    } finally {
      link.unlink();
      if (!keeps) conversation.delete();
    }
  }
}

makeDisposable(Jobs);

/**
 * @param {import("../glue/rekognition_jobs.js").PageReader} reader
 * @returns {import("../index.d.ts").ListMediaAnalysisJobsOutput}
 */
function pageOf(reader) {
  const page = { MediaAnalysisJobs: parseJobs(reader.page()) };
  const token = reader.nextToken();
  return token === undefined ? page : { ...page, NextToken: token };
}

/**
 * @param {import("../index.d.ts").ListMediaAnalysisJobsInput} input
 * @returns {[NextToken: string | undefined, MaxResults: number | undefined]}
 */
function listInput(input) {
  const maxResults = input?.MaxResults ?? undefined;
  if (maxResults !== undefined && typeof maxResults !== "number") {
    throw new InvalidParameterException({ message: "MaxResults must be a number" });
  }
  return [optionalText("NextToken", input?.NextToken), maxResults];
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function optionalText(name, value) {
  return value === undefined || value === null ? undefined : requireText(name, value);
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function requireText(name, value) {
  if (typeof value === "string") return wellFormed(value);
  throw new InvalidParameterException({ message: `${name} must be a string` });
}
