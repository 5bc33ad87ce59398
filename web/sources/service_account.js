// Holds one account of the service: its Jobs, transport and credentials, in memory only.
import { CredentialsError } from "rekognition-jobs";
import { createEngine } from "../engine/engine.js";

/** There is only a kept listing: to go on, the person must give credentials. */
export class SignInNeeded extends CredentialsError {
  constructor() {
    super({
      name: "SignInNeeded",
      message: "Jobs are stored on this device, credentials are not. Sign in again to refresh.",
    });
  }
}

/** @type {import("rekognition-jobs").CredentialProvider} */
async function needSignIn() {
  throw new SignInNeeded();
}

/** @typedef {{ fetch?: typeof globalThis.fetch, credentials?: import("rekognition-jobs").CredentialProvider }} Transport */

/**
 * @param {import("./identity.js").Identity} identity
 * @param {Transport} [transport]
 * @param {Blob} [snapshot]  of its jobs, to begin with: a refresh then asks only for what came since
 * @param {(options: import("rekognition-jobs").JobsOptions) => Promise<import("rekognition-jobs").AsyncJobs>} [create]
 */
export async function createServiceAccount(
  { place, caller },
  { fetch, credentials } = {},
  snapshot,
  create = createEngine,
) {
  const isSigned = caller.how !== "none";
  let signIn = credentials ?? needSignIn;
  const jobs = await create({
    ...place,
    ...(isSigned ? { credentials: () => signIn() } : {}),
    ...(snapshot ? { snapshot } : {}),
    ...(fetch ? { fetch } : {}),
  });

  return {
    jobs,
    place,
    get caller() {
      return caller;
    },
    /** What it is fetched and signed with, for another one of the same identity. @returns {Transport} */
    get transport() {
      return { ...(fetch ? { fetch } : {}), ...(signIn === needSignIn ? {} : { credentials: signIn }) };
    },
    /**
     * @param {import("rekognition-jobs").CredentialProvider} next
     * @param {import("./identity.js").Caller} as  the same account's
     */
    signIn(next, as) {
      signIn = next;
      caller = as;
    },
  };
}

/** @typedef {Readonly<Awaited<ReturnType<typeof createServiceAccount>>>} ServiceAccount */
