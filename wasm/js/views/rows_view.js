// The base class of views: rows, pages, iteration, exports and close().
import { Handle } from "../engine/handle.js";
import { OutOfMemoryError } from "../util/errors.js";
import { orOutOfMemory, outOfMemory } from "../engine/memory.js";
import { requireWhole } from "../util/numbers.js";
import { ReadableStream } from "../util/web_classes.js";

const rowsAtOnce = 500;
/** The media types of the formats, which stand in the order of `ExportFormat` in src/query/export_format.h. */
const mediaTypes = {
  json: "application/json",
  ndjson: "application/x-ndjson",
  csv: "text/csv;charset=utf-8",
  markdown: "text/markdown;charset=utf-8",
};
const engineFormats = ["rows", "plain_csv", ...Object.keys(mediaTypes)];

/**
 * @typedef {import("../../index.d.ts").ExportFormat} Format
 * @typedef {import("../../index.d.ts").ExportOptions} Options
 */

/** The key of a view's object in the engine, for the other files of this module. */
export const inEngine = Symbol("in the engine");
/** The key of the rows as the engine writes them: JSON arrays of one or more rows each, as bytes of their own. */
export const rowsAsJson = Symbol("rows as JSON");

/**
 * A view of records of any kind.
 * @template {object} Row
 * @template {import("../../glue/embind.js").RecordsView} ViewHandle
 */
export class RowsView {
  #handle;
  #parse;

  /**
   * @param {string} name the view's name in error messages
   * @param {ViewHandle} handle the view's object in the engine
   * @param {Set<import("../engine/handle.js").Freeable>} group the objects that are closed together
   * @param {(bytes: Uint8Array) => Row[]} parse makes records from the engine's JSON
   */
  constructor(name, handle, group, parse) {
    this.#handle = new Handle(this, name, handle, group);
    this.#parse = parse;
  }

  get length() {
    return this[inEngine].size();
  }

  /**
   * @param {number} first
   * @param {number} count
   */
  rows(first, count) {
    const view = this[inEngine];
    return inParts(first, countOf(view, first, count), (at, left) =>
      this.#parse(orOutOfMemory(view.part(formatNumber("rows"), at, left))),
    );
  }

  /**
   * @param {number} first
   * @param {number} count
   */
  [rowsAsJson](first, count) {
    const view = this[inEngine];
    const end = first + countOf(view, first, count);
    const parts = [];
    let at = first;
    try {
      for (; at < end; at += view.written()) {
        parts.push(orOutOfMemory(view.part(formatNumber("rows"), at, end - at)).slice());
      }
    } catch (reason) {
      throw at > first ? orRowsThatFit(reason, at - first) : reason;
    }
    return parts;
  }

  /**
   * @param {number} number
   * @param {number} size
   */
  page(number, size) {
    requireWhole("number", number, 1);
    requireWhole("size", size, 1);
    const total = this.length;
    const first = (number - 1) * size;
    return { items: first < total ? this.rows(first, size) : [], number, size, pages: Math.ceil(total / size), total };
  }

  /** @param {string} id */
  indexOf(id) {
    const wanted = String(id);
    const view = this[inEngine];
    view.requireRoom(wanted);
    return orOutOfMemory(view.indexOf(wanted));
  }

  /**
   * @param {Format} format
   * @param {Options} [options]
   */
  export(format, options) {
    const number = exportNumber(format, options);
    const parts = [];
    for (let first = 0; parts.length === 0 || first < this.length; ) {
      const { bytes, end } = this.#part(number, first);
      parts.push(bytes);
      first = end;
    }
    return new Blob(parts, { type: mediaTypes[format] });
  }

  /**
   * @param {Format} format
   * @param {Options} [options]
   * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
   */
  exportStream(format, options) {
    const number = exportNumber(format, options);
    this[inEngine];
    let first = 0;
    return new ReadableStream(
      {
        pull: (controller) => {
          const { bytes, end } = this.#part(number, first);
          controller.enqueue(bytes);
          first = end;
          if (first >= this.length) controller.close();
        },
      },
      { highWaterMark: 1 },
    );
  }

  /** @returns {Generator<Row, void, undefined>} */
  *[Symbol.iterator]() {
    for (let first = 0; first < this.length; first += rowsAtOnce) yield* this.rows(first, rowsAtOnce);
  }

  close() {
    this.#handle.free();
  }

  get [inEngine]() {
    return this.#handle.value;
  }

  /**
   * The part of an export that begins with the row `first`, and the row after it.
   * @param {number} format the engine's number of it
   * @param {number} first
   */
  #part(format, first) {
    const view = this[inEngine];
    const bytes = orOutOfMemory(view.part(format, first, view.size())).slice();
    return { bytes, end: first + view.written() };
  }
}

/**
 * How many of the wanted rows there are.
 * @param {import("../../glue/embind.js").RecordsView} view
 * @param {number} first
 * @param {number} count
 */
function countOf(view, first, count) {
  requireWhole("first", first, 0);
  requireWhole("count", count, 0);
  return Math.max(0, Math.min(count, view.size() - first));
}

/**
 * Reads rows that may be too many for one answer of the engine.
 * @template Row
 * @param {number} first
 * @param {number} count
 * @param {(first: number, count: number) => Row[]} part returns some of those rows, at least one
 */
export function inParts(first, count, part) {
  if (!(count > 0)) return [];
  const rows = part(first, count);
  try {
    while (rows.length < count) rows.push(...part(first + rows.length, count - rows.length));
  } catch (reason) {
    throw orRowsThatFit(reason, rows.length);
  }
  return rows;
}

/**
 * @param {unknown} reason
 * @param {number} count
 */
function orRowsThatFit(reason, count) {
  return reason instanceof OutOfMemoryError ? outOfMemory(`; ${count} rows fit`) : reason;
}

/**
 * The engine's number of a format.
 * @param {Format | "rows" | "plain_csv"} format
 */
export function formatNumber(format) {
  return engineFormats.indexOf(format);
}

/**
 * The engine's number of a format that is exported.
 * @param {Format} format
 * @param {Options} [options]
 * @throws {RangeError} for any other format
 */
function exportNumber(format, { guardFormulas = true } = {}) {
  if (typeof format !== "string" || !Object.hasOwn(mediaTypes, format)) {
    throw new RangeError(`the format must be one of ${Object.keys(mediaTypes).join(", ")}`);
  }
  return formatNumber(format === "csv" && !guardFormulas ? "plain_csv" : format);
}
