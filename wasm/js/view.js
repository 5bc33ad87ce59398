// A query's answer: a snapshot of jobs in an order, to page through, count and export.
import { Handle, makeDisposable } from "./closing.js";
import { parseJobs, parseView } from "./job_values.js";

const rowsAtOnce = 500;
const rowsOfAPart = 2_000;
const mostBuckets = 100_000;
const mediaTypes = { json: "application/json", ndjson: "application/x-ndjson", csv: "text/csv;charset=utf-8" };

export class View {
  #module;
  #handle;

  constructor(module, handle, group) {
    this.#module = module;
    this.#handle = new Handle(this, "View", handle, group);
  }

  get length() {
    return this.#handle.value.size;
  }

  rows(first, count) {
    requireWhole("first", first, 0);
    requireWhole("count", count, 0);
    const { length } = this;
    if (first >= length) return [];
    return parseJobs(this.#handle.value.rows(first, Math.min(count, length - first)));
  }

  indexOf(jobId) {
    return this.#handle.value.indexOf(String(jobId));
  }

  page(number, size) {
    requireWhole("number", number, 1);
    requireWhole("size", size, 1);
    const total = this.length;
    const first = (number - 1) * size;
    return { items: first < total ? this.rows(first, size) : [], number, size, pages: Math.ceil(total / size), total };
  }

  facets(field) {
    const view = this.#handle.value;
    if (!this.#module.isFacetField(String(field))) throw new RangeError(`there is no field or member "${field}"`);
    return parseView(view.facets(String(field)));
  }

  histogram(field, buckets) {
    const view = this.#handle.value;
    if (!this.#module.isHistogramField(String(field))) {
      throw new RangeError(`a histogram is of created, completed or duration, not of "${field}"`);
    }
    requireWhole("buckets", buckets, 1, mostBuckets);
    return parseView(view.histogram(String(field), buckets));
  }

  export(format) {
    requireFormat(format);
    const parts = [];
    for (let first = 0; parts.length === 0 || first < this.length; first += rowsOfAPart) {
      parts.push(this.#part(format, first));
    }
    return new Blob(parts, { type: mediaTypes[format] });
  }

  exportStream(format) {
    requireFormat(format);
    this.#handle.value;
    let first = 0;
    return new ReadableStream(
      {
        pull: (controller) => {
          controller.enqueue(this.#part(format, first));
          first += rowsOfAPart;
          if (first >= this.length) controller.close();
        },
      },
      { highWaterMark: 1 },
    );
  }

  *[Symbol.iterator]() {
    for (let first = 0; first < this.length; first += rowsAtOnce) yield* this.rows(first, rowsAtOnce);
  }

  close() {
    this.#handle.free();
  }

  #part(format, first) {
    return this.#handle.value.exportPart(format, first, rowsOfAPart).slice();
  }
}

makeDisposable(View);

function requireWhole(name, value, least, most = Number.MAX_SAFE_INTEGER) {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be a whole number from ${least}${most < Number.MAX_SAFE_INTEGER ? ` to ${most}` : ""}`);
}

function requireFormat(format) {
  if (Object.hasOwn(mediaTypes, format)) return;
  throw new RangeError(`the format must be one of ${Object.keys(mediaTypes).join(", ")}`);
}
