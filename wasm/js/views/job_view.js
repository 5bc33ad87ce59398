// View: the jobs that match a query, in an order, with pages, counts and exports.
import { makeDisposable } from "../engine/handle.js";
import { parseJobs, parseView } from "../engine/decode.js";
import { requireWhole } from "../util/numbers.js";
import { inEngine, RowsView } from "./rows_view.js";

const mostBuckets = 100_000;

/**
 * The public class. Its methods are documented in index.d.ts.
 * @extends {RowsView<import("../../index.d.ts").MediaAnalysisJob, import("../../glue/rekognition_jobs.js").View>}
 */
export class View extends RowsView {
  #module;

  /**
   * @param {import("../../glue/rekognition_jobs.js").JobsModule} module
   * @param {import("../../glue/rekognition_jobs.js").View} handle
   * @param {Set<import("../engine/handle.js").Freeable>} group
   */
  constructor(module, handle, group) {
    super("View", handle, group, parseJobs);
    this.#module = module;
  }

  /** @type {import("../../index.d.ts").View["facets"]} */
  facets(field) {
    const name = String(field);
    const view = this[inEngine];
    view.requireRoom(name);
    if (!this.#module.isFacetField(name)) throw new RangeError(`unknown field or member "${name}"`);
    return parseView(view.facets(name));
  }

  /** @type {import("../../index.d.ts").View["histogram"]} */
  histogram(field, buckets) {
    const name = String(field);
    const view = this[inEngine];
    view.requireRoom(name);
    if (!this.#module.isHistogramField(name)) {
      throw new RangeError(`a histogram is of created, completed or duration, not of "${name}"`);
    }
    requireWhole("buckets", buckets, 1, mostBuckets);
    return parseView(view.histogram(name, buckets));
  }
}

makeDisposable(View);
