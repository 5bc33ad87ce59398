// One account of the service: its Jobs, and what they are fetched and signed with, in memory only.
import { createJobs } from "rekognition-jobs";

/** A listing that is read from the device is asked for like one of the service, but nothing of it is sent anywhere. */
const KEPT_KEYS = { accessKeyId: "of-a-kept-listing", secretAccessKey: "of-a-kept-listing" };

/** There is only a kept listing: to go on, the person must give credentials. */
export class SignInNeeded extends Error {
  name = "SignInNeeded";
  message = "These jobs were kept on this device, but never the credentials: give them again to refresh.";
}

/** @type {import("rekognition-jobs").CredentialProvider} */
async function needSignIn() {
  throw new SignInNeeded();
}

/**
 * @typedef {object} Place  where an account is, which is no secret
 * @property {string} [region]
 * @property {string} [endpoint]        instead of the region's
 * @property {string} [s3Endpoint]      instead of S3 in the region
 * @property {boolean} [useFipsEndpoint]
 * @property {boolean} [useDualstackEndpoint]
 * @property {string} [identityPoolId]  whose guests may list its jobs
 * @property {boolean} [unsigned]       requests are not signed
 */

/**
 * @param {Place} place
 * @param {{ fetch?: typeof globalThis.fetch, credentials?: import("rekognition-jobs").CredentialProvider }} means
 */
export async function createServiceAccount(place, { fetch = globalThis.fetch, credentials = needSignIn } = {}) {
  const { unsigned, identityPoolId: _, ...where } = place;
  /** @type {(...request: any[]) => Promise<Response>} */
  let answer = fetch;
  let signIn = credentials;
  const jobs = await createJobs({
    ...where,
    ...(unsigned ? {} : { credentials: () => signIn() }),
    fetch: (...request) => answer(...request),
  });

  return {
    jobs,
    place,
    /** @param {import("rekognition-jobs").CredentialProvider} next */
    signIn(next) {
      signIn = next;
    },
    /**
     * Loads a kept listing as if the service gave it, so that a refresh then asks only for what came since.
     * @param {typeof fetch} kept
     */
    async loadKept(kept) {
      const given = signIn;
      answer = kept;
      signIn = async () => ({ ...KEPT_KEYS, expiration: new Date(Date.now() + 1) });
      try {
        await jobs.load();
      } finally {
        answer = fetch;
        if (!unsigned) signIn = given;
      }
    },
  };
}

/** @typedef {Readonly<Awaited<ReturnType<typeof createServiceAccount>>>} ServiceAccount */
