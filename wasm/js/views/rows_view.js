// What views of any kind of record have in common: rows, pages, iteration, exports, an end.
import { Handle } from "../engine/handle.js";
import { OutOfMemoryError } from "../util/errors.js";
import { orOutOfMemory, outOfMemory } from "../engine/memory.js";
import { requireWhole } from "../util/numbers.js";

const rowsAtOnce = 500;
const rowsFormat = 3;
const plainCsvFormat = 4;
const mediaTypes = { json: "application/json", ndjson: "application/x-ndjson", csv: "text/csv;charset=utf-8" };

/**
 * @typedef {import("../../index.d.ts").ExportFormat} Format
 * @typedef {import("../../index.d.ts").ExportOptions} Options
 */

/** A view's object in the engine, for those who make views. */
export const inEngine = Symbol("in the engine");

/**
 * @template {object} Row
 * @template {import("../../glue/embind.js").RecordsView} Held
 */
export class RowsView {
  #handle;
  #parse;

  /**
   * @param {string} name what the view is called in an error
   * @param {Held} handle the view's object in the engine
   * @param {Set<import("../engine/handle.js").Freeable>} group all that is closed together
   * @param {(bytes: Uint8Array) => Row[]} parse makes records of the engine's JSON bytes
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
    requireWhole("first", first, 0);
    requireWhole("count", count, 0);
    const view = this[inEngine];
    return inParts(first, Math.min(count, view.size() - first), (at, left) => this.#parse(orOutOfMemory(view.part(rowsFormat, at, left))));
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
    const number = numberOf(format, options);
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
    const number = numberOf(format, options);
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
 * Rows that may be too many for one answer of the engine.
 * @template Row
 * @param {number} first
 * @param {number} count
 * @param {(first: number, count: number) => Row[]} part gives some of those rows, one at least
 */
export function inParts(first, count, part) {
  if (!(count > 0)) return [];
  const rows = part(first, count);
  try {
    while (rows.length < count) rows.push(...part(first + rows.length, count - rows.length));
  } catch (reason) {
    throw reason instanceof OutOfMemoryError ? outOfMemory(`; ${rows.length} rows fit`) : reason;
  }
  return rows;
}

/**
 * The engine's number of a format.
 * @param {Format} format
 * @param {Options} [options]
 */
function numberOf(format, { guardFormulas = true } = {}) {
  const names = Object.keys(mediaTypes);
  if (typeof format !== "string" || !names.includes(format)) throw new RangeError(`the format must be one of ${names.join(", ")}`);
  return format === "csv" && !guardFormulas ? plainCsvFormat : names.indexOf(format);
}
