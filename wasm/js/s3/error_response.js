// Converts S3's error responses from XML to AWS JSON, which the engine reads.
import { asResponse, makeAnswer } from "../util/any_response.js";
import { Headers } from "../util/web_classes.js";
import { regionIn } from "./address.js";

/** @typedef {import("../util/any_response.js").Answer} Answer */

/** How IllegalLocationConstraintException names the bucket's region. */
const constraint = /^The (\S+) location constraint is incompatible/;
/** @type {Record<string, string>} */
const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Reads and converts an error response.
 * @param {Answer} response whose status is not a success
 * @param {import("../client/redirect.js").Redirect} [redirect] if it is a redirect
 * @returns {Promise<{ response: Answer, region: string | undefined }>} the error in AWS JSON, or unchanged if it is
 *   not S3's; and the bucket's region, if the response names it
 */
export async function readRefusal(response, redirect) {
  const body = await response.text();
  const element = elementsOf(body);
  const { status } = response;
  const headers = new Headers(headOf(response));
  const serverTime = new Date(element("ServerTime") ?? NaN);
  if (!headers.has("date") && !Number.isNaN(serverTime.getTime())) headers.set("date", serverTime.toUTCString());
  const code = element("Code");
  const message = [element("Message"), redirect?.message].filter(Boolean).join(" ");
  const name = code ?? (redirect && "InvalidResponseError");
  const told = name ? JSON.stringify({ __type: name, message }) : body;
  const region =
    regionIn(response.headers.get("x-amz-bucket-region")) ??
    regionIn(element("Region")) ??
    regionIn(element("Endpoint")) ??
    regionIn(constraint.exec(element("Message") ?? "")?.[1]) ??
    regionIn(redirect?.location?.hostname);
  return { response: makeAnswer(told, { status, headers }), region };
}

/**
 * The region that S3 redirects to, when a browser hides the redirect of a signed request. This request is unsigned, so
 * it reveals nothing if the browser follows. Call it only for hosts of S3, which are built from bucket and region.
 * @param {URL} url
 * @param {import("../client/client.js").Client["send"]} send
 * @param {AbortSignal | null | undefined} signal
 * @returns {Promise<string | undefined>}
 */
export async function hiddenRegion(url, send, signal) {
  try {
    const asked = /** @type {const} */ ({
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal,
    });
    const response = asResponse(await send(url.href, asked));
    const location = new URL(response.url);
    if (!response.ok) return (await readRefusal(response, { message: "", status: 0, location })).region;
    response.body?.cancel().catch(() => {});
    return regionIn(location.hostname);
  } catch {
    return undefined;
  }
}

/**
 * The headers that the engine reads, under the names that Rekognition uses for them.
 * @param {Answer} response
 * @returns {[string, string][]}
 */
export function headOf({ headers }) {
  const names = [["date"], ["age"], ["retry-after"], ["x-amz-request-id", "x-amzn-requestid"]];
  return names.filter(([name]) => headers.has(name)).map(([name, theirs = name]) => [theirs, headers.get(name) ?? ""]);
}

/**
 * Returns a function that finds the text of an element in S3's XML, which has one level.
 * @param {string} document
 * @returns {(name: string) => string | undefined}
 */
function elementsOf(document) {
  return (name) => {
    const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(document)?.[1];
    return text?.replace(/&(amp|lt|gt|quot|apos);/g, (_, entity) => entities[entity]);
  };
}
