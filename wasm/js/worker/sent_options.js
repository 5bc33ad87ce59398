// Sends the options of a Jobs to its worker: what cannot be copied is asked of the page when the worker needs it.
import { sendResponse, sendSource } from "./sent_source.js";

/**
 * @typedef {import("./peer.js").Peer} Peer
 * @typedef {import("../../index.d.ts").JobsOptions} Options
 */

/**
 * @param {Peer} peer
 * @param {Options} options
 * @returns {import("./jobs_host.js").OptionsForm}
 */
export function sendOptions(peer, { credentials, fetch, snapshot, ...options }) {
  /** @type {Record<string, any>} */
  const form = { ...options };
  for (const [name, value] of Object.entries(options)) if (value instanceof URL) form[name] = value.href;
  if (typeof credentials === "function") {
    form.provider = peer.offer({ get: async () => membersOf(await credentials()) });
  } else if (credentials !== undefined && credentials !== null) {
    form.keyPair = peer.offer({ get: () => membersOf(credentials) });
  }
  if (fetch !== undefined) form.fetch = offerFetch(peer, fetch);
  if (snapshot !== undefined && snapshot !== null) form.snapshot = sendSource(peer, snapshot);
  return form;
}

/**
 * The members of credentials, each read once.
 * @param {any} credentials
 */
function membersOf(credentials) {
  if (typeof credentials !== "object" || credentials === null) return credentials;
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials;
  const end = typeof expiration === "object" && expiration !== null ? new Date(expiration.valueOf()) : expiration;
  return { accessKeyId, secretAccessKey, sessionToken, expiration: end };
}

/**
 * Offers the caller's `fetch`.
 * @param {Peer} peer
 * @param {typeof globalThis.fetch} fetch
 */
function offerFetch(peer, fetch) {
  /** @type {Map<number, AbortController>} */
  const running = new Map();
  return peer.offer({
    /** @param {number} call @param {string} url @param {RequestInit} init */
    async fetch(call, url, init) {
      const controller = new AbortController();
      running.set(call, controller);
      try {
        const response = await fetch(url, { ...init, signal: controller.signal });
        return sendResponse(peer, response, () => running.delete(call));
      } catch (reason) {
        running.delete(call);
        throw reason;
      }
    },
    /** @param {number} call */
    abort(call) {
      running.get(call)?.abort();
      running.delete(call);
    },
  });
}
