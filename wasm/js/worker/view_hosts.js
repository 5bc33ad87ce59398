// What a page may ask of the views in its worker. Rows, counts and exports go as bytes that are handed over.
import { chunksOf } from "../util/chunks.js";
import { TextEncoder } from "../util/web_classes.js";
import { rowsAsJson } from "../views/rows_view.js";
import { receiveSource } from "./sent_source.js";
import { offerChunks } from "./streams.js";
import { Transferred } from "./peer.js";

const encoder = new TextEncoder();

/**
 * @typedef {import("./peer.js").Peer} Peer
 * @typedef {import("../../index.d.ts").ResultView} ResultView
 */

/** @param {unknown} value */
function asJson(value) {
  const bytes = encoder.encode(JSON.stringify(value));
  return new Transferred(bytes, [bytes.buffer]);
}

/** Offers an object until the page closes it. @template {{ close(): void }} T */
class Host {
  /** @param {Peer} peer @param {T} object */
  constructor(peer, object) {
    this.peer = peer;
    this.object = object;
    this.name = peer.offer(/** @type {any} */ (this));
  }

  close() {
    this.peer.withdraw(this.name);
    this.object.close();
  }
}

/** @template {import("../../index.d.ts").View<any> | ResultView} T @extends {Host<T>} */
export class ViewHost extends Host {
  /** What the page makes its own view of. */
  get facts() {
    return { name: this.name, length: this.object.length };
  }

  /** @param {number} first @param {number} count */
  rows(first, count) {
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const parts = /** @type {any} */ (this.object)[rowsAsJson](first, count);
    return new Transferred(
      parts,
      parts.map(({ buffer }) => buffer),
    );
  }

  /** @param {string} id */
  indexOf(id) {
    return this.object.indexOf(id);
  }

  /** @param {string} field */
  facets(field) {
    return asJson(this.object.facets(field));
  }

  /** @param {any} field @param {number} buckets @param {object} [options] */
  histogram(field, buckets, options) {
    return asJson(/** @type {ResultView} */ (this.object).histogram(field, buckets, options));
  }

  /** @param {import("../../index.d.ts").ExportFormat} format @param {import("../../index.d.ts").ExportOptions} options */
  export(format, options) {
    return this.object.export(format, options);
  }

  /** @param {import("../../index.d.ts").ExportFormat} format @param {import("../../index.d.ts").ExportOptions} options */
  exportStream(format, options) {
    return offerChunks(this.peer, chunksOf(this.object.exportStream(format, options)), { owned: true });
  }
}

/** @extends {ViewHost<ResultView>} */
export class ResultViewHost extends ViewHost {
  #jobs;

  /** @param {Peer} peer @param {ResultView} object @param {import("../../index.d.ts").Jobs} jobs whose results they are */
  constructor(peer, object, jobs) {
    super(peer, object);
    this.#jobs = jobs;
  }

  /** @param {{ threshold?: number }} options */
  labels(options) {
    return asJson(this.object.labels(options));
  }

  /** @param {number} threshold */
  flagged(threshold) {
    return new ResultViewHost(this.peer, this.object.flagged(threshold), this.#jobs).facts;
  }

  /** @param {string} text @param {{ sort?: string }} options */
  query(text, options) {
    return new ResultViewHost(this.peer, this.object.query(text, options), this.#jobs).facts;
  }

  /** @param {number} other the name of a view @param {{ threshold?: number }} options */
  compare(other, options) {
    const { object } = /** @type {ResultViewHost} */ (/** @type {unknown} */ (this.peer.target(other)));
    return new ComparisonHost(this.peer, this.object.compare(object, options)).facts;
  }

  /**
   * Compares with a view of another worker.
   * @param {import("./sent_source.js").SourceForm} other as NDJSON
   * @param {{ threshold?: number }} options
   */
  async compareWithCopy(other, options) {
    const copy = await this.#jobs.openResults(receiveSource(this.peer, other));
    try {
      return new ComparisonHost(this.peer, this.object.compare(copy, options)).facts;
    } finally {
      copy.close();
    }
  }

  /** @param {string} text */
  tokens(text) {
    return /** @type {import("../../index.d.ts").Results} */ (this.object).tokens(text);
  }
}

/** @extends {Host<import("../../index.d.ts").ResultComparison>} */
class ComparisonHost extends Host {
  get facts() {
    const { both, onlyHere, onlyThere, unchanged, nowFlagged, nowUnflagged, otherLabels, length } = this.object;
    const counts = { both, onlyHere, onlyThere, unchanged, nowFlagged, nowUnflagged, otherLabels, length };
    return { name: this.name, counts };
  }

  /** @param {number} first @param {number} count */
  rows(first, count) {
    return asJson(this.object.rows(first, count));
  }
}
