// Holds one account of the service: its Jobs, transport and credentials, in memory only.
import { createJobs } from "rekognition-jobs";

/** A listing that is read from the device is asked for like one of the service, but nothing of it is sent anywhere. */
const CACHE_KEYS = { accessKeyId: "of-a-kept-listing", secretAccessKey: "of-a-kept-listing" };

/** There is only a kept listing: to go on, the person must give credentials. */
export class SignInNeeded extends Error {
  name = "SignInNeeded";
  message = "Jobs are stored on this device, credentials are not. Sign in again to refresh.";
}

/** @type {import("rekognition-jobs").CredentialProvider} */
async function needSignIn() {
  throw new SignInNeeded();
}

/** @type {import("rekognition-jobs").CredentialProvider} */
async function signAsCached() {
  return { ...CACHE_KEYS, expiration: new Date(Date.now() + 1) };
}

/** @typedef {{ fetch?: typeof globalThis.fetch, credentials?: import("rekognition-jobs").CredentialProvider }} Transport */

/**
 * @param {import("./identity.js").Identity} identity
 * @param {Transport} transport
 */
export async function createServiceAccount({ place, caller }, { fetch = globalThis.fetch, credentials } = {}) {
  const isSigned = caller.how !== "none";
  /** @type {(...request: any[]) => Promise<Response>} */
  let answer = fetch;
  let signIn = credentials ?? needSignIn;
  let isOfDevice = false;
  const jobs = await createJobs({
    ...place,
    ...(isSigned ? { credentials: () => (isOfDevice ? signAsCached() : signIn()) } : {}),
    fetch: (...request) => answer(...request),
  });

  return {
    jobs,
    place,
    get caller() {
      return caller;
    },
    /** What it is fetched and signed with, for another one of the same identity. @returns {Transport} */
    get transport() {
      return { fetch, ...(signIn === needSignIn ? {} : { credentials: signIn }) };
    },
    /**
     * @param {import("rekognition-jobs").CredentialProvider} next
     * @param {import("./identity.js").Caller} as  the same account's
     */
    signIn(next, as) {
      signIn = next;
      caller = as;
    },
    /**
     * Loads a kept listing as if the service gave it, so that a refresh then asks only for what came since.
     * @param {typeof fetch} cached
     */
    async loadCached(cached) {
      answer = cached;
      isOfDevice = true;
      try {
        await jobs.load();
      } finally {
        answer = fetch;
        isOfDevice = false;
      }
    },
  };
}

/** @typedef {Readonly<Awaited<ReturnType<typeof createServiceAccount>>>} ServiceAccount */
