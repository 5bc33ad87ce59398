// ResultComparison: the images of two results files whose verdict differs.
import { Handle, makeDisposable } from "../engine/handle.js";
import { parseView } from "../engine/decode.js";
import { requireWhole } from "../util/numbers.js";
import { inParts } from "./rows_view.js";

/** The public class. Its methods are documented in index.d.ts. */
export class ResultComparison {
  /** @type {Handle<import("../../glue/rekognition_results.js").Comparison>} */
  #handle;

  /**
   * @param {import("../../glue/rekognition_results.js").Comparison} handle
   * @param {Set<import("../engine/handle.js").Freeable>} group
   */
  constructor(handle, group) {
    Object.assign(this, handle.counts());
    this.#handle = new Handle(this, "ResultComparison", handle, group);
  }

  get length() {
    return this.nowFlagged + this.nowUnflagged + this.otherLabels;
  }

  /** @type {import("../../index.d.ts").ResultComparison["rows"]} */
  rows(first, count) {
    requireWhole("first", first, 0);
    requireWhole("count", count, 0);
    const comparison = this.#handle.value;
    return inParts(first, Math.min(count, this.length - first), (at, left) => parseView(comparison.rows(at, left)));
  }

  close() {
    this.#handle.free();
  }
}

makeDisposable(ResultComparison);
