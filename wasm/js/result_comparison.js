// Two results of the same images compared: how many changed their verdict, and which.
import { Handle, makeDisposable } from "./closing.js";
import { parseView } from "./job_values.js";
import { requireWhole } from "./numbers.js";

export class ResultComparison {
  /** @type {Handle<import("../glue/rekognition_results.js").Comparison>} */
  #handle;

  /**
   * @param {import("../glue/rekognition_results.js").Comparison} handle
   * @param {Set<import("./closing.js").Freeable>} group
   */
  constructor(handle, group) {
    Object.assign(this, handle.counts());
    this.#handle = new Handle(this, "ResultComparison", handle, group);
  }

  get length() {
    return this.nowFlagged + this.nowUnflagged + this.otherLabels;
  }

  /** @type {import("../index.d.ts").ResultComparison["rows"]} */
  rows(first, count) {
    requireWhole("first", first, 0);
    requireWhole("count", count, 0);
    const comparison = this.#handle.value;
    if (first >= this.length) return [];
    return parseView(comparison.rows(first, Math.min(count, this.length - first)));
  }

  close() {
    this.#handle.free();
  }
}

makeDisposable(ResultComparison);
