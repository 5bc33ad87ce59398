// The views of a Jobs in a worker: each method asks the worker, and gives a promise.
import { makeDisposable } from "../engine/handle.js";
import { parseJobs, parseView } from "../engine/decode.js";
import { requireWhole } from "../util/numbers.js";
import { decodeError } from "./error_form.js";
import { sendSource } from "./sent_source.js";
import { receiveStream } from "./streams.js";

const rowsAtOnce = 500;

/**
 * @typedef {import("./peer.js").Peer} Peer
 * @typedef {{ name: number, length: number }} ViewFacts
 */

/** @type {FinalizationRegistry<{ peer: Peer, name: number }>} */
const forgotten = new FinalizationRegistry(({ peer, name }) => peer.tell(name, "close"));

/** What belongs to an object in the worker, until it is closed or garbage-collected. */
class Remote {
  #peer;
  #name;
  #kind;
  #isClosed = false;

  /** @param {Peer} peer @param {number} name @param {string} kind the class, in error messages */
  constructor(peer, name, kind) {
    this.#peer = peer;
    this.#name = name;
    this.#kind = kind;
    forgotten.register(this, { peer, name }, this);
  }

  get peer() {
    if (this.#isClosed) throw new Error(`this ${this.#kind} is closed`);
    return this.#peer;
  }

  get name() {
    return this.#name;
  }

  /** @param {string} method @param {...unknown} given @returns {Promise<any>} */
  async call(method, ...given) {
    return this.peer.call(this.#name, method, ...given);
  }

  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    forgotten.unregister(this);
    this.#peer.tell(this.#name, "close");
  }
}

/** The key of a view's remote object, for the other files of this folder. */
export const remote = Symbol("remote");

/** A View or ResultView. @template {object} Row */
export class AsyncRowsView {
  #remote;
  #parse;

  /** @param {Peer} peer @param {ViewFacts} facts @param {string} kind @param {(bytes: Uint8Array) => Row[]} parse */
  constructor(peer, { name, length }, kind, parse) {
    this.#remote = new Remote(peer, name, kind);
    this.#parse = parse;
    this.length = length;
  }

  /** @param {number} first @param {number} count @returns {Promise<Row[]>} */
  async rows(first, count) {
    const [part = [], ...parts] = (await this.#remote.call("rows", first, count)).map(this.#parse);
    return part.concat(...parts);
  }

  /** @param {number} number @param {number} size */
  async page(number, size) {
    requireWhole("number", number, 1);
    requireWhole("size", size, 1);
    const { length: total } = this;
    const items = await this.rows((number - 1) * size, size);
    return { items, number, size, pages: Math.ceil(total / size), total };
  }

  /** @param {string} id @returns {Promise<number>} */
  async indexOf(id) {
    return this.#remote.call("indexOf", String(id));
  }

  /** @param {string} field @returns {Promise<import("../../index.d.ts").Facet[]>} */
  async facets(field) {
    return parseView(await this.#remote.call("facets", String(field)));
  }

  /** @param {string} field @param {number} buckets @param {object} [options] @returns {Promise<any[]>} */
  async histogram(field, buckets, options) {
    return parseView(await this.#remote.call("histogram", String(field), buckets, options));
  }

  /** @param {import("../../index.d.ts").ExportFormat} format @param {import("../../index.d.ts").ExportOptions} [options] */
  async export(format, options) {
    return this.#remote.call("export", format, options);
  }

  /**
   * @param {import("../../index.d.ts").ExportFormat} format
   * @param {import("../../index.d.ts").ExportOptions} [options]
   */
  exportStream(format, options) {
    return receiveStream(this.#remote.peer, this.#remote.call("exportStream", format, options));
  }

  async *[Symbol.asyncIterator]() {
    for (let first = 0; first < this.length; first += rowsAtOnce) yield* await this.rows(first, rowsAtOnce);
  }

  close() {
    this.#remote.close();
  }

  get [remote]() {
    return this.#remote;
  }
}

makeDisposable(AsyncRowsView);

/** @extends {AsyncRowsView<import("../../index.d.ts").MediaAnalysisJob>} */
export class AsyncView extends AsyncRowsView {
  /** @param {Peer} peer @param {ViewFacts} facts */
  constructor(peer, facts) {
    super(peer, facts, "View", parseJobs);
  }
}

/** @extends {AsyncRowsView<import("../../index.d.ts").ImageResult>} */
export class AsyncResultView extends AsyncRowsView {
  /** @param {Peer} peer @param {ViewFacts} facts */
  constructor(peer, facts, kind = "ResultView") {
    super(peer, facts, kind, parseView);
  }

  /** @param {{ threshold?: number }} [options] @returns {Promise<import("../../index.d.ts").LabelCount[]>} */
  async labels(options) {
    return parseView(await this[remote].call("labels", options));
  }

  /** @param {number} threshold */
  async flagged(threshold) {
    const { peer } = this[remote];
    return new AsyncResultView(peer, await this[remote].call("flagged", threshold));
  }

  /** @param {string} [text] @param {{ sort?: string }} [options] */
  async query(text = "", { sort } = {}) {
    const { peer } = this[remote];
    return new AsyncResultView(peer, await this[remote].call("query", text, { sort: String(sort ?? "") }));
  }

  /** @param {AsyncResultView} other @param {{ threshold?: number }} [options] */
  async compare(other, options) {
    if (!(other instanceof AsyncResultView)) throw new TypeError("results are compared with results");
    const { peer } = this[remote];
    const facts =
      other[remote].peer === peer
        ? this[remote].call("compare", other[remote].name, options)
        : this[remote].call("compareWithCopy", sendSource(peer, other.exportStream("ndjson")), options);
    return new AsyncComparison(peer, await facts);
  }
}

export class AsyncResults extends AsyncResultView {
  /** @param {Peer} peer @param {ViewFacts & { told: object, errors: Record<string, any> }} facts */
  constructor(peer, { told, errors, ...facts }) {
    super(peer, facts, "Results");
    Object.assign(this, told);
    for (const [member, form] of Object.entries(errors)) {
      Object.assign(this, { [member]: form && decodeError(form) });
    }
    this.size = facts.length;
  }

  /** @param {string} text @returns {Promise<import("../../index.d.ts").QueryToken[]>} */
  async tokens(text) {
    return this[remote].call("tokens", text);
  }
}

export class AsyncComparison {
  #remote;

  /** @param {Peer} peer @param {{ name: number, counts: object }} facts */
  constructor(peer, { name, counts }) {
    this.#remote = new Remote(peer, name, "ResultComparison");
    Object.assign(this, counts);
  }

  /** @param {number} first @param {number} count @returns {Promise<import("../../index.d.ts").ChangedResult[]>} */
  async rows(first, count) {
    return parseView(await this.#remote.call("rows", first, count));
  }

  close() {
    this.#remote.close();
  }
}

makeDisposable(AsyncComparison);
