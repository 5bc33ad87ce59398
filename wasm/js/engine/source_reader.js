// Reads a source of records: plain records by the engine's own reader, others through the module that rewrites them.
import { abortable } from "../util/abort.js";
import { parseView } from "./decode.js";
import { outOfMemory, take } from "./memory.js";

/**
 * @typedef {object} Found
 * @property {string} format
 * @property {string} [NextToken] of the last page of a listing
 * @property {number} rejectedCount
 * @property {import("../../index.d.ts").Rejected[]} rejected
 * @property {import("../../index.d.ts").Notice[]} notices
 * @typedef {import("../../glue/rekognition_formats.js").FormatReading} FormatReading
 * @typedef {() => Promise<import("../../glue/rekognition_formats.js").FormatsModule>} LoadFormats
 */

const mostRejected = 100;
const damaged = "the compressed data is damaged or cut off: what lay before was read";
/** Takes the bytes of one source. */
export class SourceReader {
  #reader;
  #readsImages;
  #load;
  #signal;
  /** @type {FormatReading | undefined} */
  #formats;
  /** Whether the engine's own reader took nothing of the source. */
  #isFromStart = false;

  /**
   * @param {import("../../glue/embind.js").PlainReader} reader the engine's
   * @param {object} options
   * @param {boolean} options.readsImages whether it reads results, and not a listing
   * @param {LoadFormats} options.load loads the module of other forms
   * @param {AbortSignal} options.signal
   */
  constructor(reader, { readsImages, load, signal }) {
    this.#reader = reader;
    this.#readsImages = readsImages;
    this.#load = load;
    this.#signal = signal;
  }

  /**
   * @param {Uint8Array} part
   * @returns {Promise<void> | undefined} a promise once another module must be loaded first
   * @throws {import("../util/errors.js").OutOfMemoryError}
   */
  take(part) {
    if (this.#formats !== undefined) return this.#rewrite(this.#formats, part);
    take(this.#reader, part);
    return this.#reader.hasStopped() ? this.#switch().then(() => {}) : undefined;
  }

  /**
   * @returns {Promise<void> | undefined} a promise once another module must be loaded first
   * @throws {import("../util/errors.js").OutOfMemoryError}
   */
  finish() {
    if (this.#formats !== undefined) return this.#finishFormats(this.#formats);
    if (!this.#reader.finish()) throw outOfMemory();
    if (!this.#reader.hasStopped()) return undefined;
    return this.#switch().then((formats) => this.#finishFormats(formats));
  }

  /** @param {FormatReading} formats */
  #finishFormats(formats) {
    if (!formats.finish()) throw outOfMemory();
    this.#passOn(formats);
    if (!this.#reader.finish()) throw outOfMemory();
    return undefined;
  }

  get rejectedCount() {
    return this.#reader.rejectedCount() + (this.#formats?.rejectedCount() ?? 0);
  }

  /**
   * What the source is and what was found in it besides records.
   * @param {{ isGzip: boolean, isDamaged: boolean }} container
   * @returns {Found}
   */
  found({ isGzip, isDamaged }) {
    const { format, ...found } = this.#allFound();
    const notices = [...found.notices];
    if (isGzip) notices.push({ code: "converted", count: 1, message: "the source is compressed with gzip" });
    if (isDamaged) notices.push({ code: "unread", count: 1, message: damaged });
    return { ...found, format: isGzip ? `${format}, gzip` : format, notices };
  }

  /** @returns {Found} */
  #allFound() {
    /** @type {Found} */
    const found = parseView(this.#reader.found());
    if (this.#formats === undefined) return found;
    /** @type {Found} */
    const other = parseView(this.#formats.found());
    return {
      ...other,
      format: this.#isFromStart ? other.format : found.format,
      rejectedCount: other.rejectedCount + found.rejectedCount,
      rejected: [...other.rejected, ...found.rejected].slice(0, mostRejected),
      notices: merged([...other.notices, ...found.notices]),
    };
  }

  free() {
    this.#formats?.delete();
  }

  /** Goes on with the module of other forms, from the record that the engine's reader stopped at. */
  async #switch() {
    const { FormatReading } = await abortable(this.#load(), this.#signal);
    this.#signal.throwIfAborted();
    const { offset, line, context, followsRecords } = parseView(this.#reader.place());
    const formats = new FormatReading(this.#readsImages, offset, line, context, followsRecords === 1);
    this.#formats = formats;
    this.#isFromStart = context === "" && followsRecords !== 1;
    const leftOver = this.#reader.leftOver().slice();
    this.#reader.readLines();
    this.#rewrite(formats, leftOver);
    return formats;
  }

  /**
   * @param {FormatReading} formats
   * @param {Uint8Array} part
   */
  #rewrite(formats, part) {
    take(formats, part);
    this.#passOn(formats);
    return undefined;
  }

  /** @param {FormatReading} formats */
  #passOn(formats) {
    const lines = formats.lines();
    if (lines.byteLength > 0) take(this.#reader, lines);
  }
}

/**
 * Makes one notice of those of one code and message: the first, with the count of all.
 * @param {import("../../index.d.ts").Notice[]} notices
 */
function merged(notices) {
  /** @type {Map<string, import("../../index.d.ts").Notice>} */
  const all = new Map();
  for (const notice of notices) {
    const key = `${notice.code} ${notice.message}`;
    const known = all.get(key);
    all.set(key, known === undefined ? notice : { ...notice, ...known, count: known.count + notice.count });
  }
  return [...all.values()];
}
