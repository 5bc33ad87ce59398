// The functions of Web Crypto that signing needs, by node:crypto.
//
// Node passes every digest of its crypto.subtle through a pool of threads. For a short text this takes ten times as
// long as the digest itself, and a signature needs four digests.
import { createHash, createHmac } from "node:crypto";

/**
 * @typedef {string | { name: string }} Hash
 * @typedef {{ data: Uint8Array, hash: Hash }} Key
 */

/** @type {(hash: any) => string} */
const nameOf = (hash) => (hash.name ?? hash).replace("-", "");

/**
 * @type {{ digest(hash: Hash, data: Uint8Array): Promise<ArrayBufferLike>,
 *   importKey(format: "raw", data: Uint8Array, algorithm: { hash: Hash }): Promise<Key>,
 *   sign(algorithm: string, key: Key, message: Uint8Array): Promise<ArrayBufferLike> }}
 */
export const subtle = {
  digest: async (hash, data) => buffer(createHash(nameOf(hash)).update(data).digest()),
  importKey: async (format, data, { hash }) => ({ data, hash }),
  sign: async (algorithm, { data, hash }, message) => buffer(createHmac(nameOf(hash), data).update(message).digest()),
};

/** @param {Uint8Array} bytes */
function buffer({ buffer, byteOffset, byteLength }) {
  return buffer.slice(byteOffset, byteOffset + byteLength);
}
