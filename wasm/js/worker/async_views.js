// The views of a Jobs in a worker: each method asks the worker, and gives a promise.
import { makeDisposable } from "../engine/handle.js";
import { parseJobs, parseView } from "../engine/decode.js";
import { requireFinite, requireWhole } from "../util/numbers.js";
import { requireQuery } from "../views/query_text.js";
import { Offers } from "./calls.js";
import { Thrown } from "./error_form.js";
import { sendSource } from "./sent_source.js";
import { primitive } from "./sent_values.js";
import { receiveStream } from "./streams.js";
import { createFinalizationRegistry } from "../util/finalization.js";

const rowsAtOnce = 500;

/**
 * @typedef {import("./peer.js").Peer} Peer
 * @typedef {{ name: number, length: number }} ViewFacts
 */

const forgotten = createFinalizationRegistry((/** @type {{ peer: Peer, name: number }} */ { peer, name }) =>
  peer.tell(name, "close"),
);

/** What belongs to an object in the worker, until it is closed or garbage-collected. */
class Remote {
  #peer;
  #name;
  #kind;
  #owner;
  #isClosed = false;

  /**
   * @param {Peer} peer
   * @param {number} name
   * @param {string} kind the class, in error messages
   * @param {object} owner the Jobs, or what closes this with it; it is not garbage-collected before this
   */
  constructor(peer, name, kind, owner) {
    this.#peer = peer;
    this.#name = name;
    this.#kind = kind;
    this.#owner = owner;
    forgotten?.register(this, { peer, name }, this);
  }

  /** @returns {boolean} whether it, its Results or its Jobs is closed */
  get isClosed() {
    return this.#isClosed || this.#peer.isClosed || (this.#owner instanceof Remote && this.#owner.isClosed);
  }

  /** @returns {Remote} what closes its views: itself, or the Results that it is of */
  get root() {
    return this.#owner instanceof Remote ? this.#owner : this;
  }

  /** @throws once it is closed */
  get peer() {
    if (this.isClosed) throw new Error(`this ${this.#kind} is closed`);
    return this.#peer;
  }

  get name() {
    return this.#name;
  }

  /** @param {string} method @param {...unknown} given @returns {Promise<any>} */
  async call(method, ...given) {
    return this.peer.callFor(this, this.#name, method, ...given);
  }

  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    forgotten?.unregister(this);
    this.#peer.tell(this.#name, "close");
  }
}

/** The key of a view's remote object, for the other files of this folder. */
export const remote = Symbol("remote");

/** A View or ResultView. @template {object} Row */
export class AsyncRowsView {
  #remote;
  #parse;
  #length;

  /**
   * @param {Peer} peer
   * @param {ViewFacts} facts
   * @param {string} kind
   * @param {(bytes: Uint8Array) => Row[]} parse
   * @param {object} owner
   */
  constructor(peer, { name, length }, kind, parse, owner) {
    this.#remote = new Remote(peer, name, kind, owner);
    this.#parse = parse;
    this.#length = length;
  }

  get length() {
    this.#remote.peer;
    return this.#length;
  }

  /** @param {number} first @param {number} count @returns {Promise<Row[]>} */
  async rows(first, count) {
    const parts = await this.#remote.call("rows", primitive(first), primitive(count));
    const [part = [], ...others] = parts.map(this.#parse);
    return part.concat(...others);
  }

  /** @param {number} number @param {number} size */
  async page(number, size) {
    requireWhole("number", number, 1);
    requireWhole("size", size, 1);
    const { length: total } = this;
    const first = (number - 1) * size;
    const items = first < total ? await this.rows(first, size) : [];
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

  /**
   * @param {string} field
   * @param {number} buckets
   * @param {{ label?: string }} [options]
   * @returns {Promise<any[]>}
   */
  async histogram(field, buckets, { label } = {}) {
    const options = { label: label === undefined || label === null ? undefined : String(label) };
    return parseView(await this.#remote.call("histogram", String(field), primitive(buckets), options));
  }

  /** @param {import("../../index.d.ts").ExportFormat} format @param {import("../../index.d.ts").ExportOptions} [options] */
  async export(format, { guardFormulas } = {}) {
    return this.#remote.call("export", primitive(format), { guardFormulas: primitive(guardFormulas) });
  }

  /**
   * @param {import("../../index.d.ts").ExportFormat} format
   * @param {import("../../index.d.ts").ExportOptions} [options]
   * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
   */
  exportStream(format, { guardFormulas } = {}) {
    const { peer } = this.#remote;
    const name = this.#remote.call("exportStream", primitive(format), { guardFormulas: primitive(guardFormulas) });
    return receiveStream(peer, name, { owner: this.#remote, ahead: 1 });
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
  /** @param {Peer} peer @param {ViewFacts} facts @param {object} owner */
  constructor(peer, facts, owner) {
    super(peer, facts, "View", parseJobs, owner);
  }
}

/** @extends {AsyncRowsView<import("../../index.d.ts").ImageResult>} */
export class AsyncResultView extends AsyncRowsView {
  /** @param {Peer} peer @param {ViewFacts} facts @param {object} owner */
  constructor(peer, facts, owner, kind = "ResultView") {
    super(peer, facts, kind, parseView, owner);
  }

  /** @param {{ threshold?: number }} [options] @returns {Promise<import("../../index.d.ts").LabelCount[]>} */
  async labels({ threshold } = {}) {
    return parseView(await this[remote].call("labels", { threshold: primitive(threshold) }));
  }

  /** @param {number} threshold */
  async flagged(threshold) {
    const { peer, root } = this[remote];
    requireFinite("threshold", threshold);
    return new AsyncResultView(peer, await this[remote].call("flagged", threshold), root);
  }

  /** @param {string} [text] @param {{ sort?: string }} [options] */
  async query(text = "", { sort } = {}) {
    requireQuery(text);
    const by = String(sort ?? "");
    const { peer, root } = this[remote];
    return new AsyncResultView(peer, await this[remote].call("query", text, { sort: by }), root);
  }

  /** @param {any} other an AsyncResultView @param {{ threshold?: number }} [options] */
  async compare(other, { threshold } = {}) {
    if (!(other instanceof AsyncResultView)) throw new TypeError("results are compared with results");
    if (threshold !== undefined && threshold !== null) requireFinite("threshold", threshold);
    const { peer, root } = this[remote];
    const offers = new Offers(peer);
    try {
      const facts =
        other[remote].peer === peer
          ? this[remote].call("compare", other[remote].name, { threshold })
          : this[remote].call("compareWithCopy", sendSource(offers, other.exportStream("ndjson")), { threshold });
      return new AsyncResultComparison(peer, await facts, root);
    } finally {
      offers.end();
    }
  }
}

/** @typedef {ViewFacts & { told: object, errors: Record<string, import("./error_form.js").ErrorForm | undefined>,
 *   fields: import("../../index.d.ts").QueryField[] }} ResultsFacts */

export class AsyncResults extends AsyncResultView {
  #fields;

  /** @param {Peer} peer @param {ResultsFacts} facts @param {object} owner */
  constructor(peer, { told, errors, fields, ...facts }, owner) {
    super(peer, facts, owner, "Results");
    this.#fields = fields;
    Object.assign(this, told);
    const thrown = new Thrown();
    for (const [member, form] of Object.entries(errors)) {
      Object.assign(this, { [member]: form && thrown.decode(form) });
    }
  }

  get size() {
    return this.length;
  }

  get fields() {
    this[remote].peer;
    return JSON.parse(JSON.stringify(this.#fields));
  }

  /** @param {string} text @returns {Promise<import("../../index.d.ts").QueryToken[]>} */
  async tokens(text) {
    requireQuery(text);
    return this[remote].call("tokens", text);
  }
}

export class AsyncResultComparison {
  #remote;

  /** @param {Peer} peer @param {{ name: number, counts: object }} facts @param {object} owner */
  constructor(peer, { name, counts }, owner) {
    this.#remote = new Remote(peer, name, "ResultComparison", owner);
    Object.assign(this, counts);
  }

  /** @param {number} first @param {number} count @returns {Promise<import("../../index.d.ts").ChangedResult[]>} */
  async rows(first, count) {
    return parseView(await this.#remote.call("rows", primitive(first), primitive(count)));
  }

  close() {
    this.#remote.close();
  }
}

makeDisposable(AsyncResultComparison);
