// S3's refusals: from its XML to the form in which the engine reads those of the service.
import { regionIn } from "./address.js";

/** @type {Record<string, string>} */
const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Reads a refusal to its end.
 * @param {Response} response whose status is no success
 * @param {import("../client/redirect.js").Redirect} [redirect] that it is
 * @returns {Promise<{ response: Response, region: string | undefined }>} the refusal in AWS JSON, or as it came when it
 *   is not S3's; and the bucket's region, if it tells that
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
    regionIn(redirect?.location?.hostname);
  return { response: new Response(told, { status, headers }), region };
}

/**
 * The region that S3 sends on to, where a browser hides it from a signed request: asked for without a signature, so that
 * nothing is lost if the browser follows. For hosts of S3 alone, which are made of bucket and region.
 * @param {URL} url
 * @param {typeof globalThis.fetch} send
 * @param {AbortSignal | null | undefined} signal
 * @returns {Promise<string | undefined>}
 */
export async function hiddenRegion(url, send, signal) {
  try {
    const response = await send(url.href, { credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", signal });
    const location = new URL(response.url);
    if (!response.ok) return (await readRefusal(response, { message: "", status: 0, location })).region;
    response.body?.cancel().catch(() => {});
    return regionIn(location.hostname);
  } catch {
    return undefined;
  }
}

/**
 * The headers that mean something to the engine, by the names that the service has for them.
 * @param {Response} response
 * @returns {[string, string][]}
 */
export function headOf({ headers }) {
  const names = [["date"], ["age"], ["retry-after"], ["x-amz-request-id", "x-amzn-requestid"]];
  return names.filter(([name]) => headers.has(name)).map(([name, theirs = name]) => [theirs, headers.get(name) ?? ""]);
}

/**
 * Finds the text of an element of a document that is as flat as S3's are.
 * @param {string} document
 * @returns {(name: string) => string | undefined}
 */
function elementsOf(document) {
  return (name) => {
    const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(document)?.[1];
    return text?.replace(/&(amp|lt|gt|quot|apos);/g, (_, entity) => entities[entity]);
  };
}
