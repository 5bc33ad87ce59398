// ResultView: images of a results file in an order, with pages, counts, queries, comparison and exports.
import { makeDisposable } from "../engine/handle.js";
import { parseView } from "../engine/decode.js";
import { orOutOfMemory, take } from "../engine/memory.js";
import { requireFinite, requireWhole } from "../util/numbers.js";
import { requireQuery, viewOf, wellFormed } from "./query_text.js";
import { ResultComparison } from "./result_comparison.js";
import { newReading } from "../results_module.js";
import { formatNumber, inEngine, RowsView } from "./rows_view.js";

const mostBuckets = 100_000;

/**
 * @typedef {import("../../index.d.ts").ResultView} PublicView
 * @typedef {import("../../glue/rekognition_results.js").ResultsView} ViewHandle
 */

/**
 * The public class. Its methods are documented in index.d.ts.
 * @extends {RowsView<import("../../index.d.ts").ImageResult, ViewHandle>}
 */
export class ResultView extends RowsView {
  #module;
  #group;

  /**
   * @param {import("../../glue/rekognition_results.js").ResultsModule} module
   * @param {ViewHandle} handle
   * @param {Set<import("../engine/handle.js").Freeable>} group
   * @param {string} [name] the name of the class in error messages
   */
  constructor(module, handle, group, name = "ResultView") {
    super(name, handle, group, parseView);
    this.#module = module;
    this.#group = group;
  }

  /** @type {PublicView["facets"]} */
  facets(field) {
    const name = String(field);
    const view = this[inEngine];
    view.requireRoom(name);
    if (!this.#module.isResultFacet(name)) {
      throw new RangeError(`facets are of label, parent, type, model, level or code, not of "${name}"`);
    }
    return parseView(view.facets(name));
  }

  /** @type {PublicView["histogram"]} */
  histogram(field, buckets, { label } = {}) {
    const name = String(field);
    if (name !== "confidence") throw new RangeError(`a histogram is of confidence, not of "${name}"`);
    requireWhole("buckets", buckets, 1, mostBuckets);
    const only = label === undefined || label === null ? undefined : wellFormed(String(label));
    const view = this[inEngine];
    view.requireRoom(only);
    return parseView(view.histogram(buckets, only));
  }

  /** @type {PublicView["labels"]} */
  labels({ threshold } = {}) {
    return parseView(this[inEngine].labels(optionalThreshold(threshold)));
  }

  /** @type {PublicView["flagged"]} */
  flagged(threshold) {
    requireFinite("threshold", threshold);
    return new ResultView(this.#module, orOutOfMemory(this[inEngine].flagged(threshold)), this.#group);
  }

  /** @type {PublicView["query"]} */
  query(text = "", { sort } = {}) {
    requireQuery(text);
    const by = String(sort ?? "");
    const view = this[inEngine];
    const whole = wellFormed(text);
    view.requireRoom(whole, by);
    return new ResultView(this.#module, viewOf(view.query(whole, by), text, by, "field"), this.#group);
  }

  /** @type {PublicView["compare"]} */
  compare(other, { threshold } = {}) {
    if (!(other instanceof ResultView)) throw new TypeError("results are compared with results");
    const least = optionalThreshold(threshold);
    const here = this[inEngine];
    if (other.#module === this.#module) return this.#comparison(here.compare(other[inEngine], least));
    const copy = this.#copyOf(other[inEngine]);
    try {
      return this.#comparison(here.compare(copy, least));
    } finally {
      copy.delete();
    }
  }

  /** @param {import("../../glue/rekognition_results.js").Comparison | null} handle */
  #comparison(handle) {
    return new ResultComparison(orOutOfMemory(handle), this.#group);
  }

  /**
   * Copies a view of another engine into this one.
   * @param {ViewHandle} view
   */
  #copyOf(view) {
    const reading = newReading(this.#module);
    try {
      for (let first = 0; first < view.size(); first += view.written()) {
        take(reading, orOutOfMemory(view.part(formatNumber("ndjson"), first, view.size())));
      }
      orOutOfMemory(reading.finish() || null);
      return orOutOfMemory(reading.view());
    } finally {
      reading.delete();
    }
  }
}

makeDisposable(ResultView);

/**
 * The threshold as the engine takes it.
 * @param {number | null | undefined} threshold
 */
function optionalThreshold(threshold) {
  if (threshold === undefined || threshold === null) return undefined;
  requireFinite("threshold", threshold);
  return threshold;
}
