// The jobs of an account: loads them from the service or from files, and answers queries.
import { abortable, linkSignals } from "./util/abort.js";
import { closeGroup, Handle, makeDisposable } from "./engine/handle.js";
import { runOperation } from "./client/run_operation.js";
import { InvalidParameterException, NetworkError, OutOfMemoryError, ServiceError } from "./util/errors.js";
import { writeSnapshot } from "./engine/snapshot.js";
import { parseJobs, parseView, withDates } from "./engine/decode.js";
import { orOutOfMemory, outOfMemory } from "./engine/memory.js";
import { requireQuery, tokensOf, viewOf, wellFormed } from "./views/query_text.js";
import { jobsOf, storedBy } from "./engine/intake.js";
import { View } from "./views/job_view.js";
import { makeAbortController } from "./util/web_classes.js";

/**
 * @typedef {import("../index.d.ts").Jobs} PublicJobs
 * @typedef {import("../glue/rekognition_jobs.js").JobsModule} JobsModule
 * @typedef {import("../glue/rekognition_jobs.js").OperationDriver} OperationDriver
 * @typedef {import("./client/client.js").Client} Client
 * @typedef {(listeners?: import("./client/run_operation.js").Listeners, client?: Client) => Promise<void>} RunOperation
 */

const finished = new Set(["SUCCEEDED", "FAILED"]);
const nothing = { added: 0, updated: 0, unchanged: 0, pages: 0, retries: 0, complete: false };

export class Jobs {
  #module;
  #client;
  #s3Place;
  /** @type {Promise<import("./s3/job_outputs.js").JobObjects> | undefined} */
  #objects;
  /** @type {Handle<import("../glue/rekognition_jobs.js").Engine>} */
  #handle;
  /** @type {Set<import("./engine/handle.js").Freeable>} */
  #handles = new Set();
  #closing = makeAbortController();
  /**
   * One for all results, so that they can be compared without a copy; another once it has stopped.
   * @type {ReturnType<typeof import("./results_module.js").instantiate> | undefined}
   */
  #resultsModule;
  /** @type {import("./engine/snapshot.js").Reading} */
  #reading;
  /** How often this was cleared. */
  #clears = 0;

  /**
   * @param {JobsModule} module
   * @param {import("../glue/rekognition_jobs.js").Engine} engine
   * @param {Client} client
   * @param {import("./client/endpoint.js").S3Place} s3Place
   * @param {import("./engine/snapshot.js").Reading} reading what came of the service before
   */
  constructor(module, engine, client, s3Place, reading) {
    this.#module = module;
    this.#client = client;
    this.#s3Place = s3Place;
    this.#reading = reading;
    this.#handle = new Handle(this, "Jobs", engine, this.#handles);
  }

  /** @type {PublicJobs["listMediaAnalysisJobs"]} */
  async listMediaAnalysisJobs(input = {}, { signal } = {}) {
    const given = listInput(input);
    const reader = new this.#module.ListOperation(this.#engineFor(given[0]), ...given);
    return this.#run(reader, { signal }, (run) => run().then(() => pageOf(reader)));
  }

  /** @type {PublicJobs["getMediaAnalysisJob"]} */
  async getMediaAnalysisJob(input, { signal } = {}) {
    const jobId = requireText("JobId", input?.JobId);
    const reading = new this.#module.GetOperation(this.#engineFor(jobId), jobId);
    return this.#run(reading, { signal }, (run) => run().then(() => parseJobs(reading.job())[0]));
  }

  /** @type {PublicJobs["paginateListMediaAnalysisJobs"]} */
  async *paginateListMediaAnalysisJobs(input = {}, options = {}) {
    const given = listInput(input);
    const reader = new this.#module.ListOperation(this.#engineFor(given[0]), ...given);
    try {
      do {
        yield await this.#run(reader, options, (run) => run().then(() => pageOf(reader)), { keeps: true });
        this.#engine;
      } while (reader.nextPage());
    } finally {
      reader.delete();
    }
  }

  /** @type {PublicJobs["load"]} */
  async load({ NextToken, signal, onProgress } = {}) {
    const first = optionalText("NextToken", NextToken) || undefined;
    return await this.#fill(() => this.#module.load(this.#engineFor(first), first), { signal, onProgress }, first);
  }

  /** @type {PublicJobs["refresh"]} */
  async refresh({ signal, onProgress } = {}) {
    return await this.#fill(() => this.#module.refresh(this.#engineFor()), { signal, onProgress });
  }

  /** @type {PublicJobs["import"]} */
  async import(source, { signal, onProgress } = {}) {
    this.#engine;
    const link = linkSignals([signal, this.#closing.signal]);
    try {
      const { importListing } = await abortable(import("./engine/listing_import.js"), link.signal);
      return await importListing(source, {
        module: this.#module,
        engine: this.#engineFor(),
        loadFormats: () => this.#loadFormats(),
        signal: link.signal,
        onProgress,
      });
    } catch (reason) {
      throw await this.#cleaned(reason, link.signal);
    } finally {
      link.unlink();
    }
  }

  /** @type {PublicJobs["open"]} */
  async open(source, { signal, onProgress } = {}) {
    this.#engine;
    const link = linkSignals([signal, this.#closing.signal]);
    try {
      const { recognised } = await abortable(import("./engine/source_kind.js"), link.signal);
      const { kind, whole } = await recognised(source, () => this.#loadFormats(), link.signal);
      if (kind === "listing") return { kind: "jobs", imported: await this.import(whole, { signal, onProgress }) };
      return { kind: "results", results: await this.openResults(whole, { signal, onProgress }) };
    } finally {
      link.unlink();
    }
  }

  /** @type {PublicJobs["openResults"]} */
  async openResults(source, { signal, ...options } = {}) {
    this.#engine;
    const link = linkSignals([signal, this.#closing.signal]);
    try {
      const { instantiate, readResults } = await abortable(import("./results.js"), link.signal);
      const held = this.#resultsModule;
      if ((await held)?.hasStopped() && held === this.#resultsModule) this.#resultsModule = undefined;
      this.#resultsModule ??= instantiate(this.#client.resultsWasm);
      this.#resultsModule.catch(() => (this.#resultsModule = undefined));
      const module = await abortable(this.#resultsModule, link.signal);
      const engine = { module, loadFormats: () => this.#loadFormats() };
      /** @param {unknown} reason */
      const clean = (reason) => this.#cleaned(reason, link.signal);
      return await readResults(engine, source, { ...options, clean, signal: link.signal }, this.#handles);
    } catch (reason) {
      throw await this.#cleaned(reason, link.signal);
    } finally {
      link.unlink();
    }
  }

  /** @type {PublicJobs["results"]} */
  async results(jobId, { signal, onProgress, requestPayer } = {}) {
    return this.#withObjects(signal, async (objects, ask, options) => {
      const stored = this.get(jobId);
      const isFinished = stored !== undefined && finished.has(stored.Status);
      const job = isFinished ? stored : await this.getMediaAnalysisJob({ JobId: jobId }, options);
      /** @type {{ results?: any, summary?: any, resultsError?: ServiceError }} */
      const { results, ...beside } = await objects.fetch(job, ask, { ...options, requestPayer });
      const reading = { ...options, ...beside, onProgress, refuse: objects.refuse };
      try {
        return await abortable(this.openResults(results, reading), options.signal);
      } catch (reason) {
        for (const object of [results, beside.summary]) object?.body?.cancel().catch(() => {});
        throw reason;
      }
    });
  }

  /** @type {PublicJobs["image"]} */
  async image(uri, { signal, ...options } = {}) {
    /** @param {string} bucket */
    const isNamed = (bucket) => this.#engineFor(bucket).namesBucket(bucket);
    return this.#withObjects(signal, (objects, ask, running) =>
      objects.image(uri, ask, { ...options, ...running, isNamed }),
    );
  }

  get size() {
    return this.#engine.size();
  }

  get loaded() {
    this.#engine;
    return this.#reading.loaded;
  }

  get loadedAt() {
    this.#engine;
    return this.#reading.loadedAt && new Date(this.#reading.loadedAt);
  }

  /** @type {PublicJobs["snapshot"]} */
  snapshot() {
    return writeSnapshot(this.#module, this.#engineFor(), this.#reading, this.#handles);
  }

  /** @type {PublicJobs["get"]} */
  get(jobId) {
    const id = String(jobId);
    const job = this.#engineFor(id).get(id);
    return job === null ? undefined : withDates(parseView(job));
  }

  clear() {
    if (!this.#engineFor().clear()) throw outOfMemory();
    this.#reading = {};
    this.#clears++;
  }

  /** @type {PublicJobs["query"]} */
  query(text = "", { sort } = {}) {
    requireQuery(text);
    const by = String(sort ?? "");
    const whole = wellFormed(text);
    const engine = this.#engineFor(whole, by);
    const view = viewOf(engine.query(whole, by, Date.now()), text, by, "field or member", this.#client.secrets);
    return new View(this.#module, view, this.#handles);
  }

  /** @type {PublicJobs["tokens"]} */
  tokens(text) {
    requireQuery(text);
    return tokensOf(this.#engine, text);
  }

  /** @returns {import("../index.d.ts").QueryField[]} */
  get fields() {
    this.#engineFor();
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

  /**
   * The engine, with room for a call that gives it these texts.
   * @param {...(string | undefined)} texts
   */
  #engineFor(...texts) {
    const engine = this.#engine;
    engine.requireRoom(...texts);
    return engine;
  }

  /**
   * An error without secrets; what the caller aborts with as it is.
   * @param {unknown} reason
   * @param {AbortSignal} signal
   */
  async #cleaned(reason, signal) {
    return reason === signal.reason ? reason : this.#client.secrets.clean(reason, signal);
  }

  /** Loads the reader of other forms when it is first needed. */
  async #loadFormats() {
    const { instantiate } = await import("./formats_module.js");
    return instantiate(this.#client.formatsWasm);
  }

  /** What reads S3 comes when it is first asked for. */
  #loadObjects() {
    this.#engine;
    this.#objects ??= import("./s3/job_outputs.js").then(
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
   * @param {import("../index.d.ts").SignalLike | null | undefined} signal
   * @param {(objects: import("./s3/job_outputs.js").JobObjects, ask: import("./s3/object_store.js").RunRequest,
   *   options: { signal: AbortSignal }) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async #withObjects(signal, use) {
    const link = linkSignals([signal, this.#closing.signal]);
    const options = { signal: link.signal };
    /** @type {import("./s3/object_store.js").RunRequest} */
    const ask = (client) =>
      this.#run(new this.#module.RawOperation(this.#engineFor(client.peer), client.peer, "", ""), options, (run) =>
        run({}, client),
      );
    try {
      return await use(await abortable(this.#loadObjects(), link.signal), ask, options);
    } catch (reason) {
      throw await this.#cleaned(reason, link.signal);
    } finally {
      link.unlink();
    }
  }

  /**
   * Fills the store by reading the list, which begins anew when the store is cleared meanwhile, and tells what came of
   * it, also when it ends early.
   * @param {() => import("../glue/rekognition_jobs.js").SyncOperation | null} begin none if the engine's memory is full
   * @param {import("../index.d.ts").LoadOptions} options
   * @param {string} [first] NextToken that it begins with
   * @returns {Promise<import("../index.d.ts").Loaded>}
   */
  async #fill(begin, { signal, onProgress }, first) {
    while (true) {
      const clears = this.#clears;
      const isOutdated = () => clears !== this.#clears;
      const loading = orOutOfMemory(begin());
      const tellLoaded = () => {
        const loaded = isOutdated()
          ? nothing
          : { ...storedBy(loading), pages: loading.pages(), retries: loading.retries(), complete: loading.isDone() };
        const token = isOutdated() ? first : loading.stop();
        this.#reading.loaded = token === undefined ? loaded : { ...loaded, NextToken: token };
        return this.#reading.loaded;
      };
      let told = { pages: 0, jobs: 0, retries: 0 };
      /** @param {number} [waitingMs] */
      const report = (waitingMs) => {
        if (isOutdated()) return;
        const [pages, retries, jobs] = [loading.pages(), loading.retries(), jobsOf(loading)];
        if (waitingMs === undefined && told.pages === pages && told.jobs === jobs) return;
        told = { pages, jobs, retries };
        onProgress?.(waitingMs === undefined ? told : { ...told, waitingMs });
      };
      const loaded = await this.#run(loading, { signal }, async (run, running) => {
        try {
          await run({ onStep: report, onWait: report });
          running.throwIfAborted();
        } catch (reason) {
          const stopped = tellLoaded();
          const isOurs = reason instanceof ServiceError || reason instanceof OutOfMemoryError;
          if (isOurs && reason !== running.reason) Object.assign(reason, { loaded: stopped });
          throw reason;
        }
        if (isOutdated()) return undefined;
        this.#reading.loadedAt = new Date();
        return tellLoaded();
      });
      if (loaded !== undefined && !isOutdated()) return loaded;
    }
  }

  /**
   * Runs an operation within `use`, under the caller's signal and until this is closed; frees it then.
   * @template T
   * @param {OperationDriver} operation
   * @param {import("../index.d.ts").CallOptions} options
   * @param {(run: RunOperation, running: AbortSignal) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async #run(operation, { signal }, use, { keeps = false } = {}) {
    let link;
    try {
      link = linkSignals([signal, this.#closing.signal]);
      const until = link.signal;
      return await use(async (options, client = this.#client) => {
        if (client.url === undefined) {
          throw new InvalidParameterException({ message: "the service needs a region or an endpoint" });
        }
        const reachable = /** @type {import("./client/client.js").ServiceClient} */ (client);
        await runOperation(operation, reachable, { ...options, signal: until });
      }, until);
    } finally {
      if (!keeps) operation.delete();
      link?.unlink();
    }
  }
}

makeDisposable(Jobs);

/**
 * @param {import("../glue/rekognition_jobs.js").ListOperation} reader
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
