// A query's answer: a snapshot of jobs in an order, to page through, count and export.
import { makeDisposable } from "./closing.js";
import { parseJobs, parseView } from "./job_values.js";
import { requireWhole } from "./numbers.js";
import { inEngine, RowsView } from "./rows_view.js";

const mostBuckets = 100_000;

/** @extends {RowsView<import("../index.d.ts").MediaAnalysisJob, import("../glue/rekognition_jobs.js").View>} */
export class View extends RowsView {
  #module;

  /**
   * @param {import("../glue/rekognition_jobs.js").JobsModule} module
   * @param {import("../glue/rekognition_jobs.js").View} handle
   * @param {Set<import("./closing.js").Freeable>} group
   */
  constructor(module, handle, group) {
    super("View", handle, group, parseJobs);
    this.#module = module;
  }

  /** @type {import("../index.d.ts").View["indexOf"]} */
  indexOf(jobId) {
    return this[inEngine].indexOf(String(jobId));
  }

  /** @type {import("../index.d.ts").View["facets"]} */
  facets(field) {
    const view = this[inEngine];
    if (!this.#module.isFacetField(String(field))) throw new RangeError(`there is no field or member "${field}"`);
    return parseView(view.facets(String(field)));
  }

  /** @type {import("../index.d.ts").View["histogram"]} */
  histogram(field, buckets) {
    const view = this[inEngine];
    if (!this.#module.isHistogramField(String(field))) {
      throw new RangeError(`a histogram is of created, completed or duration, not of "${field}"`);
    }
    requireWhole("buckets", buckets, 1, mostBuckets);
    return parseView(view.histogram(String(field), buckets));
  }
}

makeDisposable(View);
