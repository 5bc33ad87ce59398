// Sends a stream of bytes to the other side chunk by chunk, as it asks for them: not every browser can transfer a stream.
import { bytesOf, formOf } from "../engine/source_form.js";
import { ReadableStream } from "../util/web_classes.js";
import { givenUp, Transferred } from "./peer.js";
import { primitive } from "./sent_values.js";
import { createFinalizationRegistry } from "../util/finalization.js";

const chunkSize = 2 ** 20;

/**
 * @typedef {import("./peer.js").Peer} Peer
 * @typedef {{ offer(target: import("./peer.js").Target): number, withdraw(name: number): void }} Offering
 */

/**
 * Offers what an iterator gives. Each chunk is copied in pieces, unless it is `owned`.
 * @param {Offering} offering a Peer, or what one call offers
 * @param {AsyncIterator<any> | Iterator<any>} iterator of bytes or texts
 * @param {{ owned?: boolean, onEnd?: () => void }} [options] owned: nobody else uses the chunks; onEnd: none is asked for
 *   any more
 * @returns {number} its name for receiveStream() and receiveChunks()
 */
export function offerChunks(offering, iterator, { owned = false, onEnd } = {}) {
  let isStarted = false;
  let isOver = false;
  /** What is left of the last chunk. @type {string | Uint8Array | undefined} */
  let rest;
  const end = () => {
    isOver = true;
    rest = undefined;
    offering.withdraw(name);
    onEnd?.();
  };
  /** @param {unknown} [reason] */
  const stop = async (reason) => {
    if (isOver) return;
    end();
    if (isStarted) await iterator.return?.(/** @type {any} */ (reason));
  };
  const step = async () => {
    try {
      const { done, value } = await iterator.next();
      if (done && !isOver) end();
      return { done: done || isOver, value };
    } catch (reason) {
      end();
      throw reason;
    }
  };
  const name = offering.offer({
    async next() {
      isStarted = true;
      if (rest === undefined) {
        const { done, value } = await step();
        if (done) return { done };
        if (owned) return new Transferred({ value }, [value.buffer]);
        const form = formOf(value);
        if (form !== "text" && form !== "bytes") return { value: primitive(value) };
        rest = form === "text" ? /** @type {string} */ (value) : bytesOf(value);
      }
      const piece = rest.slice(0, chunkSize);
      const isLast = piece.length === rest.length;
      rest = isLast ? undefined : typeof rest === "string" ? rest.slice(chunkSize) : rest.subarray(chunkSize);
      return typeof piece === "string" ? { value: piece } : new Transferred({ value: piece }, [piece.buffer]);
    },
    cancel() {
      isStarted = true;
      return stop();
    },
    [givenUp](reason) {
      stop(reason).catch(() => {});
    },
  });
  return name;
}

/**
 * @param {Peer} peer
 * @param {number} name
 * @returns {AsyncIterableIterator<any>}
 */
export function receiveChunks(peer, name) {
  return {
    async next() {
      const { done = false, value } = await peer.call(name, "next");
      return { done, value };
    },
    async return() {
      peer.tell(name, "cancel");
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const forgotten = createFinalizationRegistry((/** @type {() => void} */ cancel) => cancel());

/**
 * @param {Peer} peer
 * @param {number | Promise<number>} name
 * @param {{ owner?: unknown, ahead?: number }} [options] owner: is not garbage-collected before the stream; ahead: how many
 *   chunks are asked for before they are read
 * @returns {ReadableStream<any>}
 */
export function receiveStream(peer, name, { owner, ahead = 0 } = {}) {
  const named = Promise.resolve(name);
  named.catch(() => {});
  const cancel = () => {
    named.then(
      (known) => peer.tell(known, "cancel"),
      () => {},
    );
  };
  // Its methods know it by `this`: a variable would be held by `cancel`, and so never be collected.
  const source = {
    owner,
    /** @param {ReadableStreamDefaultController<any>} controller */
    async pull(controller) {
      const { done, value } = await peer.callFor(this, await named, "next");
      if (!done) return controller.enqueue(value);
      forgotten?.unregister(this);
      controller.close();
    },
    cancel() {
      forgotten?.unregister(this);
      cancel();
    },
  };
  // Not the stream: a Response reads on when its stream's object is collected.
  forgotten?.register(source, cancel, source);
  return new ReadableStream(source, { highWaterMark: ahead });
}
