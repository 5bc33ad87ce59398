// What a failure of an account means in plain words, and what to do about it.

/** @type {Record<string, string>} by the error's name */
const ADVICE = {
  AccessDeniedException:
    "The credentials are good, but may not do this. Allow them the action " +
    "rekognition:ListMediaAnalysisJobs (and rekognition:GetMediaAnalysisJob, which a refresh uses).",
  ExpiredTokenException:
    "Temporary credentials end after a while. Get new ones and connect again: what was read stays.",
  IncompleteSignatureException:
    "Check the access key, the secret key and the session token for a part that is missing.",
  InvalidClientTokenId:
    "Check the access key and the session token: temporary keys, which begin with ASIA, need their token.",
  InvalidPaginationTokenException: "The place in the list has expired. Retry reads it from its start.",
  InvalidResponseError:
    "Something that is not the service answered: a proxy, a sign-in page of the network, or the wrong endpoint.",
  InvalidSignatureException:
    "The secret key does not belong to the access key, or the region is not the endpoint's. Copy both afresh.",
  NotAuthorizedException:
    "The identity pool does not give credentials to this caller. Let it take guests, or give a login's token.",
  ProvisionedThroughputExceededException:
    "The account's rate of requests is used up, perhaps by other programs. Wait a little, then go on.",
  RepeatedTokenError: "The service named a page again that had been read. Retry reads the list from its start.",
  ResourceNotFoundException:
    "There is nothing by that name in this region. Check the identity pool's id and the region.",
  SignInNeeded: "Connect with the same region: the kept jobs stay, and only what came since is asked for.",
  ThrottlingException: "The service asks to slow down. Wait a little, then go on.",
  TimeoutError: "No answer came in time. The network is slow, or something between swallows the requests.",
  UnrecognizedClientException:
    "Check the access key and the session token: temporary keys, which begin with ASIA, need their token.",
};

const OFFLINE = {
  name: "Offline",
  isOffline: true,
  advice: "This browser is offline. Reading goes on by itself once it is back.",
};

/** Whether a host answers at all: the answer to such a request may not be read, but one that comes can be told. */
async function answers(url) {
  try {
    await fetch(url, { mode: "no-cors", credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(5000) });
    return true;
  } catch {
    return false;
  }
}

async function networkTrouble(message) {
  if (!navigator.onLine) return OFFLINE;
  const address = message.match(/^https?:\/\/\S+/)?.[0];
  // What is told of a bucket says what to do itself.
  if (!address) return { name: "Not readable", advice: "" };
  const { host, origin, href } = new URL(address);
  if (origin === location.origin) {
    return {
      name: "Unreachable",
      advice: `${host}, where this page came from, does not answer. Is its server still running?`,
    };
  }
  if (await answers(href)) {
    return {
      name: "Refused by CORS",
      advice:
        `${host} answers, but does not let a page from ${location.origin} read it. Let it allow this origin ` +
        "(POST, with the headers authorization, content-type, x-amz-date, x-amz-security-token and x-amz-target), " +
        "or serve this page from there.",
    };
  }
  return {
    name: "Unreachable",
    advice:
      `This browser is online, but ${host} does not answer. Check the region or the endpoint, and whether a VPN, ` +
      "a firewall or an ad blocker is in the way.",
  };
}

/** @typedef {{ name: string, message: string, advice: string, isOffline?: boolean }} Trouble */

/**
 * @param {Error} error
 * @returns {Promise<Trouble>}
 */
export async function describeTrouble(error) {
  const name = error?.name || "Error";
  const message = error?.message || String(error);
  if (name === "NetworkError") return { message, ...(await networkTrouble(message)) };
  return { name, message, advice: Object.hasOwn(ADVICE, name) ? ADVICE[name] : "" };
}
