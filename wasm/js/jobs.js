// The jobs of an account: filled from the service or from files, asked with queries.
import { abortable, linkSignals } from "./abort.js";
import { closeGroup, Handle, makeDisposable } from "./closing.js";
import { converse } from "./conversation.js";
import { InvalidParameterException, NetworkError } from "./errors.js";
import { feed } from "./import.js";
import { parseJobs, parseView, withDates } from "./job_values.js";
import { requireRoomToAsk, requireRoomToGrow } from "./memory.js";
import { queryError, requireQuery, tokensOf, wellFormed } from "./query_text.js";
import { View } from "./view.js";

const finished = new Set(["SUCCEEDED", "FAILED"]);

export class Jobs {
  #module;
  #client;
  #s3Place;
  /** @type {Promise<import("./job_objects.js").JobObjects> | undefined} */
  #objects;
  #handle;
  #handles = new Set();
  #closing = new AbortController();
  /** One for all results, so that they can be compared without a copy. */
  #resultsModule;

  constructor(module, engine, client, s3Place) {
    this.#module = module;
    this.#client = client;
    this.#s3Place = s3Place;
    this.#handle = new Handle(this, "Jobs", engine, this.#handles);
  }

  async listMediaAnalysisJobs(input = {}, options = {}) {
    const reader = new this.#module.PageReader(this.#engine, ...listInput(input));
    return this.#run(reader, options, (run) => run().then(() => pageOf(reader)));
  }

  async getMediaAnalysisJob(input, options = {}) {
    const reading = new this.#module.JobReading(this.#engine, requireText("JobId", input?.JobId));
    return this.#run(reading, options, (run) => run().then(() => parseJobs(reading.job())[0]));
  }

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

  async load(options = {}) {
    const first = optionalText("NextToken", options.NextToken) || undefined;
    return this.#fill(this.#module.Loading.load(this.#engine, first), options);
  }

  async refresh(options = {}) {
    return this.#fill(this.#module.Loading.refresh(this.#engine), options);
  }

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

  async image(uri, { signal } = {}) {
    return this.#withObjects(signal, (objects, ask, options) => objects.image(uri, ask, options.signal));
  }

  get size() {
    return this.#engine.size;
  }

  get(jobId) {
    const job = this.#engine.get(String(jobId));
    return job === null ? undefined : withDates(parseView(job));
  }

  clear() {
    this.#engine.clear();
  }

  query(text = "", { sort } = {}) {
    requireQuery(text);
    requireRoomToAsk(this.#module, this.#engine.size, Boolean(sort));
    const answer = this.#engine.query(wellFormed(text), String(sort ?? ""), Date.now());
    if (answer === null) throw new RangeError(`there is no field or member "${sort}" to sort by`);
    if (answer instanceof this.#module.View) return new View(this.#module, answer, this.#handles);
    throw queryError(answer, text);
  }

  tokens(text) {
    requireQuery(text);
    this.#engine;
    return tokensOf(this.#module.queryTokens, text);
  }

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

  /** Uses what reads S3, under the caller's signal and until this is closed, with calls whose client knows what to ask. */
  async #withObjects(signal, use) {
    const link = linkSignals([signal, this.#closing.signal]);
    const options = { signal: link.signal };
    const ask = (client) =>
      this.#run(new this.#module.PlainCall(this.#engine, "", ""), options, (run) => run({}, client));
    try {
      return await use(await abortable(this.#loadObjects(), link.signal), ask, options);
    } finally {
      link.unlink();
    }
  }

  /** Fills the store by a conversation and tells what came of it, also when it ends early. */
  async #fill(loading, { signal, onProgress }) {
    const tellLoaded = () => {
      const { added, updated, unchanged, pages, retries } = loading;
      const loaded = { added, updated, unchanged, pages, retries, complete: loading.isDone };
      const token = loading.nextToken();
      return token === undefined ? loaded : { ...loaded, NextToken: token };
    };
    let told = { pages: 0, jobs: 0 };
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
        } catch (reason) {
          if (Object.isExtensible(reason)) reason.loaded = tellLoaded();
          throw reason;
        }
      },
    );
  }

  /** Runs a conversation within `use`, under the caller's signal and until this is closed; frees it then. */
  async #run(conversation, { signal }, use, { keeps = false } = {}) {
    const link = linkSignals([signal, this.#closing.signal]);
    try {
      return await use(async (options, client = this.#client) => {
        if (client.url === undefined) {
          throw new InvalidParameterException({ message: "the service needs a region or an endpoint" });
        }
        await converse(conversation, client, { ...options, signal: link.signal });
      });
    } finally {
      link.unlink();
      if (!keeps) conversation.delete();
    }
  }
}

makeDisposable(Jobs);

function pageOf(reader) {
  const page = { MediaAnalysisJobs: parseJobs(reader.page()) };
  const token = reader.nextToken();
  return token === undefined ? page : { ...page, NextToken: token };
}

function listInput(input) {
  const maxResults = input?.MaxResults ?? undefined;
  if (maxResults !== undefined && typeof maxResults !== "number") {
    throw new InvalidParameterException({ message: "MaxResults must be a number" });
  }
  return [optionalText("NextToken", input?.NextToken), maxResults];
}

function optionalText(name, value) {
  return value === undefined || value === null ? undefined : requireText(name, value);
}

function requireText(name, value) {
  if (typeof value === "string") return wellFormed(value);
  throw new InvalidParameterException({ message: `${name} must be a string` });
}
