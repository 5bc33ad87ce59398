// A query's answer: a snapshot of jobs in an order, to page through, count and export.
import { makeDisposable } from "./closing.js";
import { parseJobs, parseView } from "./job_values.js";
import { requireWhole } from "./numbers.js";
import { inEngine, RowsView } from "./rows_view.js";

const mostBuckets = 100_000;

export class View extends RowsView {
  #module;

  constructor(module, handle, group) {
    super("View", handle, group, parseJobs);
    this.#module = module;
  }

  indexOf(jobId) {
    return this[inEngine].indexOf(String(jobId));
  }

  facets(field) {
    const view = this[inEngine];
    if (!this.#module.isFacetField(String(field))) throw new RangeError(`there is no field or member "${field}"`);
    return parseView(view.facets(String(field)));
  }

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
