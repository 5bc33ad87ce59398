// Explains a failed request to an account, and what to do about it.
import { EngineError, OutOfMemoryError } from "rekognition-jobs";
import { withoutMarkup } from "./html_answer.js";

/** @type {Record<string, string>} by the error's name */
const ADVICE = {
  AccessDeniedException:
    "These credentials are valid but lack permission. Grant " +
    "rekognition:ListMediaAnalysisJobs (and rekognition:GetMediaAnalysisJob, which a refresh uses).",
  CredentialsError: "Nothing was sent. Enter the keys again, or sign in again.",
  ExpiredTokenException: "Your temporary credentials have expired. Enter new ones; jobs already loaded stay.",
  IncompleteSignatureException:
    "Check the access key, the secret key and the session token: one of them looks incomplete.",
  InvalidClientTokenId:
    "Check the access key and the session token: temporary keys, which begin with ASIA, need their token.",
  InvalidPaginationTokenException: "The page token expired. Retry starts from the first page.",
  InvalidResponseError:
    "This answer didn't come from Rekognition, but from a proxy, a sign-in page of the network, or the wrong endpoint.",
  InvalidSignatureException:
    "The secret key does not belong to the access key, or the region is not the endpoint's. Copy both again.",
  NotAuthorizedException:
    "The identity pool does not give credentials to this caller. Enable guest access or provide a login token.",
  NotFoundError: "The file is no longer there. Open it again.",
  NotReadableError: "The file has changed or was moved since it was opened. Open it again.",
  ProvisionedThroughputExceededException:
    "The account's request rate is used up, perhaps by other programs. Wait a moment, then resume.",
  RepeatedTokenError: "A page token was returned twice. Retry starts from the first page.",
  ResourceNotFoundException: "Not found in this region. Check the identity pool's id and the region.",
  SignInNeeded: "Connect with the same region: the stored jobs stay, and only newer jobs are fetched.",
  ThrottlingException: "The service is throttling requests. Wait a moment, then resume.",
  TimeoutError: "No answer came in time. The network is slow, or something on the network drops the requests.",
  UnrecognizedClientException:
    "Check the access key and the session token: temporary keys, which begin with ASIA, need their token.",
};

const NOT_THE_OBJECT =
  "Either a proxy or a sign-in page of the network answered in place of S3, or another file lies where the job names its " +
  "results.";

/** @type {Diagnosis} */
const FULL = {
  name: "The memory is full",
  message: "There is no room for what was requested. What is shown has not changed.",
  advice: "Close other tabs, or open less at once: fewer files, or a shorter listing.",
};

/** @type {Diagnosis} */
export const STOPPED = {
  name: "The engine has stopped",
  message: "Something went wrong inside the engine that held what was shown, and it cannot be used any more.",
  advice:
    "Nothing has changed in the service or in your files, so reloading brings it back. The other sources still work.",
  isStopped: true,
};

const OFFLINE = {
  name: "Offline",
  isOffline: true,
  advice: "This browser is offline. Loading resumes when you're back online.",
};

/**
 * Returns whether a host answers at all: a page may not read the response to such a request, but learns that there is one.
 * A browser follows its redirects, so it carries no data.
 */
async function answers(origin) {
  try {
    await fetch(`${origin}/`, {
      method: "HEAD",
      mode: "no-cors",
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(5000),
    });
    return true;
  } catch {
    return false;
  }
}

async function diagnoseNetwork(message) {
  if (!navigator.onLine) return OFFLINE;
  const address = message.match(/^https?:\/\/\S+/)?.[0];
  // The message about a bucket says itself what to do.
  if (!address) return { name: "Could not read", advice: "" };
  const { host, origin } = new URL(address);
  if (origin === location.origin) {
    return {
      name: "Unreachable",
      advice: `${host}, where this page came from, does not answer. Is its server still running?`,
    };
  }
  if (await answers(origin)) {
    return {
      name: "Blocked by CORS",
      advice:
        `${host} answers, but does not let a page from ${location.origin} read it. Allow this origin ` +
        "(POST, with the headers authorization, content-type, x-amz-date, x-amz-security-token and x-amz-target), " +
        "or host this page on that domain.",
    };
  }
  return {
    name: "Unreachable",
    advice:
      `This browser is online, but ${host} does not answer. Check the region or the endpoint, and whether a VPN, ` +
      "a firewall or an ad blocker is blocking it.",
  };
}

/**
 * @typedef {{ name: string, message: string, advice: string, isOffline?: boolean, isStopped?: boolean, bucket?: string,
 *   payingBucket?: string }} Diagnosis  bucket: one that refused an unsigned request for an image, so that the person must
 *   be asked; payingBucket: one whose requesters may have to pay, so that the person can be asked
 */

/**
 * @param {Error} error
 * @returns {Promise<Diagnosis>}
 */
export async function diagnose(error) {
  const name = error?.name || "Error";
  const message = error?.message || String(error);
  if (name === "NetworkError") return { message, ...(await diagnoseNetwork(message)) };
  if (error instanceof EngineError) return STOPPED;
  if (error instanceof OutOfMemoryError) return FULL;
  const { bucket, requesterPaysBucket: payingBucket } =
    /** @type {{ bucket?: string, requesterPaysBucket?: string }} */ (error ?? {});
  if (bucket) return { name, bucket, message: `The bucket ${bucket} refuses unsigned requests.`, advice: "" };
  const webPage = withoutMarkup(message);
  if (webPage) return { name: "Another server answered", message: webPage, advice: ADVICE.InvalidResponseError };
  const isOfObject = name === "InvalidResponseError" && /^(Could not read )?s3:/.test(message);
  const advice = isOfObject ? NOT_THE_OBJECT : Object.hasOwn(ADVICE, name) ? ADVICE[name] : "";
  return payingBucket ? { name, message, advice, payingBucket } : { name, message, advice };
}
