// Results: the images of a results file and the manifest summary of a job, read from sources.
import { parseView } from "./engine/decode.js";
import { closeGroup } from "./engine/handle.js";
import { feed } from "./engine/import.js";
import { orOutOfMemory } from "./engine/memory.js";
import { notASource } from "./engine/source_form.js";
import { SourceReader } from "./engine/source_reader.js";
import { EngineError, OutOfMemoryError, ServiceError } from "./util/errors.js";
import { wordsOf } from "./util/words_of.js";
import { requireQuery, tokensOf } from "./views/query_text.js";
import { ResultView } from "./views/result_view.js";
import { newReading } from "./results_module.js";
import { inEngine } from "./views/rows_view.js";
import { makeAbortController } from "./util/web_classes.js";

export { instantiate } from "./results_module.js";

const mostRejected = 100;

/**
 * @typedef {import("./engine/source_reader.js").Found & { summary?: import("../index.d.ts").ManifestSummary,
 *   summaryError?: ServiceError, resultsError?: ServiceError }} Findings
 *
 * @typedef {object} OfAJob what `results` of a Jobs says besides
 * @property {ServiceError} [resultsError] why there is only a summary
 * @property {typeof import("./s3/refusal.js").refuse} [refuse] makes the error of an object that is something else
 * @property {(reason: any) => Promise<any>} [clean] makes an error without secrets
 */

/** The public class. Its methods are documented in index.d.ts. */
export class Results extends ResultView {
  #module;
  #group;
  #owner;

  /**
   * @param {import("../glue/rekognition_results.js").ResultsModule} module
   * @param {import("../glue/rekognition_results.js").ResultsView} view of every image, in the engine
   * @param {Findings} told the summary, and what was found besides images
   * @param {Set<import("./engine/handle.js").Freeable>} [owner] a group whose closing closes these results
   */
  constructor(module, view, told, owner) {
    const { summary, summaryError, resultsError, rejected, rejectedCount, format, notices } = told;
    /** @type {Set<import("./engine/handle.js").Freeable>} */
    const group = new Set();
    super(module, view, group, "Results");
    this.#module = module;
    this.#group = { isDeleted: () => group.size === 0, delete: () => closeGroup(group) };
    this.#owner = owner;
    this.summary = summary;
    this.summaryError = summaryError;
    this.resultsError = resultsError;
    this.rejected = rejected;
    this.rejectedCount = rejectedCount;
    this.format = format;
    this.notices = notices;
    owner?.add(this.#group);
  }

  get size() {
    return this.length;
  }

  /** @returns {import("../index.d.ts").QueryField[]} */
  get fields() {
    this[inEngine];
    this.#module.requireRoom();
    return JSON.parse(this.#module.resultQueryFields());
  }

  /** @type {import("../index.d.ts").Results["tokens"]} */
  tokens(text) {
    requireQuery(text);
    return tokensOf(this[inEngine], text);
  }

  close() {
    super.close();
    this.#group.delete();
    this.#owner?.delete(this.#group);
  }
}

/**
 * Reads results into an engine.
 * @param {{ module: import("../glue/rekognition_results.js").ResultsModule,
 *   loadFormats: import("./engine/source_reader.js").LoadFormats }} engine the module of instantiate(), and how to load
 *   that of other forms
 * @param {import("../index.d.ts").ImportSource | undefined} source undefined if there is only a summary
 * @param {import("../index.d.ts").ResultsOptions & OfAJob} [options]
 * @param {Set<import("./engine/handle.js").Freeable>} [owner] a group whose closing closes the results
 */
export async function readResults({ module, loadFormats }, source, options = {}, owner) {
  const { signal, onProgress, resultsError, refuse, clean = async (reason) => reason } = options;
  const summary = options.summary ?? undefined;
  const untilDone = /** @type {AbortSignal} */ (signal ?? makeAbortController().signal);
  /**
   * @param {import("../index.d.ts").ImportSource | undefined} from
   * @param {import("../index.d.ts").ResultsOptions["onProgress"]} [report]
   */
  const read = async (from, report) => {
    const reading = newReading(module);
    const reader = new SourceReader(reading, { readsImages: true, load: loadFormats, signal: untilDone });
    try {
      const container = await feed(reading, from, {
        signal: untilDone,
        onProgress: report,
        counts: () => ({ images: reading.images(), rejected: reader.rejectedCount }),
        module,
        takePart: (part) => reader.take(part),
        finish: () => reader.finish(),
      });
      /** @type {Findings} */
      const told = { ...reader.found(container), summary: parseSummary(reading.summary()) };
      return { reading, told };
    } catch (reason) {
      reading.delete();
      throw reason;
    } finally {
      reader.free();
    }
  };
  const isSummaryAlone = source === undefined && summary !== undefined;
  const { reading, told } = isSummaryAlone
    ? { reading: newReading(module), told: nothing() }
    : await read(source, onProgress);
  try {
    if (refuse && !isSummaryAlone && reading.images() === 0) {
      throw refuse(/** @type {Response} */ (source), "results", told.rejected[0]?.message ?? `this is: ${told.format}`);
    }
    if (summary !== undefined) {
      try {
        const other = await read(summary);
        other.reading.delete();
        const [rejected] = other.told.rejected;
        if (refuse && other.told.summary === undefined) {
          throw refuse(/** @type {Response} */ (summary), "summary", rejected?.message);
        }
        told.summary = other.told.summary ?? told.summary;
        told.notices.push(...other.told.notices);
        if (other.told.summary === undefined) reject(told, rejected);
      } catch (reason) {
        if (isSummaryAlone || endsAll(reason, untilDone)) throw reason;
        told.summaryError = await clean(asServiceError(reason));
      }
    }
    untilDone.throwIfAborted();
    told.resultsError = resultsError && (await clean(resultsError));
    return new Results(module, orOutOfMemory(reading.view()), told, owner);
  } finally {
    reading.delete();
  }
}

/**
 * Whether the failure to read the summary is one of the whole call.
 * @param {unknown} reason
 * @param {AbortSignal} signal
 */
function endsAll(reason, signal) {
  return (
    signal.aborted ||
    reason instanceof EngineError ||
    reason instanceof OutOfMemoryError ||
    (reason instanceof TypeError && reason.message === notASource)
  );
}

/**
 * The error of a summary that could not be read.
 * @param {unknown} reason anything that a caller's source may throw
 */
function asServiceError(reason) {
  if (reason instanceof ServiceError) return reason;
  const { name, words } = wordsOf(reason);
  return new ServiceError({ name, message: `Could not read the manifest summary: ${words}`, cause: reason });
}

/**
 * What is found where there is only a summary.
 * @returns {Findings}
 */
function nothing() {
  return { format: "manifest summary", rejected: [], rejectedCount: 0, notices: [] };
}

/**
 * @param {Uint8Array | undefined} bytes
 * @returns {import("../index.d.ts").ManifestSummary | undefined}
 */
function parseSummary(bytes) {
  return bytes === undefined ? undefined : parseView(bytes);
}

/**
 * Adds a file that is not a manifest summary to the rejections.
 * @param {Findings} told
 * @param {import("../index.d.ts").RejectedLine} [rejected]
 */
function reject(
  told,
  { line, offset, message } = { line: 1, offset: 0, message: "there is nothing but images in it" },
) {
  if (told.rejected.length < mostRejected)
    told.rejected.push({ line, offset, message: `manifest summary: ${message}` });
  told.rejectedCount++;
}
