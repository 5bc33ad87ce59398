// Sends a stream of bytes to the other side chunk by chunk, as it asks for them: not every browser can transfer a stream.
import { Transferred } from "./peer.js";

/**
 * Offers what an iterator gives; each chunk is copied unless it is `owned`.
 * @param {import("./peer.js").Peer} peer
 * @param {AsyncIterator<any> | Iterator<any>} iterator of bytes or texts
 * @param {{ owned?: boolean, onEnd?: () => void }} [options] owned: nobody else uses the chunks; onEnd: none is asked for
 *   any more
 * @returns {number} its name for receiveStream() and receiveChunks()
 */
export function offerChunks(peer, iterator, { owned = false, onEnd } = {}) {
  const end = () => {
    peer.withdraw(name);
    onEnd?.();
  };
  const name = peer.offer({
    async next() {
      const { done, value } = await iterator.next();
      if (done) {
        end();
        return { done: true };
      }
      if (typeof value === "string") return { value };
      const bytes = owned ? value : value.slice();
      return new Transferred({ value: bytes }, [bytes.buffer]);
    },
    async cancel() {
      end();
      await iterator.return?.();
    },
  });
  return name;
}

/**
 * @param {import("./peer.js").Peer} peer
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

/**
 * @param {import("./peer.js").Peer} peer
 * @param {number | Promise<number>} name
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>} which asks for a chunk before it is read
 */
export function receiveStream(peer, name) {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await peer.call(await name, "next");
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        peer.tell(await name, "cancel");
      },
    },
    { highWaterMark: 1 },
  );
}

/**
 * The chunks of a stream, which is not locked before the first is asked for.
 * @param {ReadableStream<any>} stream
 * @returns {AsyncIterator<any>}
 */
export function chunksOf(stream) {
  /** @type {ReadableStreamDefaultReader | undefined} */
  let reader;
  return {
    next: () => (reader ??= stream.getReader()).read(),
    async return() {
      await (reader ?? stream).cancel();
      return { done: true, value: undefined };
    },
  };
}
