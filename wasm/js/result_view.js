// Some of a results file's images in an order, to page through, count, narrow, compare and export.
import { makeDisposable } from "./closing.js";
import { parseView } from "./job_values.js";
import { requireRoomToGrow } from "./memory.js";
import { requireFinite, requireWhole } from "./numbers.js";
import { queryError, requireQuery, wellFormed } from "./query_text.js";
import { ResultComparison } from "./result_comparison.js";
import { inEngine, RowsView } from "./rows_view.js";

const mostBuckets = 100_000;
const rowsOfAPart = 500;

/**
 * @typedef {import("../index.d.ts").ResultView} Public
 * @typedef {import("../glue/rekognition_results.js").ResultsView} Held
 */

/** @extends {RowsView<import("../index.d.ts").ImageResult, Held>} */
export class ResultView extends RowsView {
  #module;
  #group;

  /**
   * @param {import("../glue/rekognition_results.js").ResultsModule} module
   * @param {Held} handle
   * @param {Set<import("./closing.js").Freeable>} group
   * @param {string} [name] what it is called in an error
   */
  constructor(module, handle, group, name = "ResultView") {
    super(name, handle, group, parseView);
    this.#module = module;
    this.#group = group;
  }

  /** @type {Public["facets"]} */
  facets(field) {
    const view = this[inEngine];
    if (!this.#module.isResultFacet(String(field))) {
      throw new RangeError(`facets are of label, parent, type, model, level or code, not of "${field}"`);
    }
    return parseView(view.facets(String(field)));
  }

  /** @type {Public["histogram"]} */
  histogram(field, buckets, { label } = {}) {
    const view = this[inEngine];
    if (String(field) !== "confidence") throw new RangeError(`a histogram is of confidence, not of "${field}"`);
    requireWhole("buckets", buckets, 1, mostBuckets);
    return parseView(view.histogram(buckets, label === undefined ? undefined : wellFormed(String(label))));
  }

  /** @type {Public["labels"]} */
  labels({ threshold } = {}) {
    requireThreshold(threshold);
    return parseView(this[inEngine].labels(threshold));
  }

  /** @type {Public["flagged"]} */
  flagged(threshold) {
    requireFinite("threshold", threshold);
    return new ResultView(this.#module, this[inEngine].flagged(threshold), this.#group);
  }

  /** @type {Public["query"]} */
  query(text = "", { sort } = {}) {
    requireQuery(text);
    const view = this[inEngine];
    const answer = view.query(wellFormed(text), String(sort ?? ""));
    if (answer === null) throw queryError(view.fault(), text, sort, "field");
    return new ResultView(this.#module, answer, this.#group);
  }

  /** @type {Public["compare"]} */
  compare(other, { threshold } = {}) {
    if (!(other instanceof ResultView)) throw new TypeError("results are compared with results");
    requireThreshold(threshold);
    const here = this[inEngine];
    if (other.#module === this.#module) return this.#comparison(here.compare(other[inEngine], threshold));
    const copy = this.#copyOf(other[inEngine]);
    try {
      return this.#comparison(here.compare(copy, threshold));
    } finally {
      copy.delete();
    }
  }

  /** @param {import("../glue/rekognition_results.js").Comparison} handle */
  #comparison(handle) {
    return new ResultComparison(handle, this.#group);
  }

  /**
   * A view of another engine's, read into this one.
   * @param {Held} view
   */
  #copyOf(view) {
    const reading = new this.#module.ResultsReading();
    try {
      for (let first = 0; first < view.size; first += rowsOfAPart) {
        const part = view.exportPart("ndjson", first, rowsOfAPart);
        requireRoomToGrow(this.#module);
        reading.reserve(part.byteLength).set(part);
        reading.commit(part.byteLength);
      }
      reading.finish();
      return reading.view();
    } finally {
      reading.delete();
    }
  }
}

makeDisposable(ResultView);

/** @param {number | undefined} threshold */
function requireThreshold(threshold) {
  if (threshold !== undefined) requireFinite("threshold", threshold);
}
