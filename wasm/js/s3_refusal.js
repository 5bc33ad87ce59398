// S3's refusals: from its XML to the form in which the engine reads those of the service.
import { regionIn } from "./s3_address.js";

/** @type {Record<string, string>} */
const entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Reads a refusal to its end.
 * @param {Response} response whose status is no success
 * @returns {Promise<{ response: Response, region: string | undefined }>} the refusal in AWS JSON, or as it came when it
 *   is not S3's; and the bucket's region, if it tells that
 */
export async function readRefusal(response) {
  const body = await response.text();
  const element = elementsOf(body);
  const { status } = response;
  const headers = new Headers(headOf(response));
  const serverTime = new Date(element("ServerTime") ?? NaN);
  if (!headers.has("date") && !Number.isNaN(serverTime.getTime())) headers.set("date", serverTime.toUTCString());
  const code = element("Code");
  const told = code ? JSON.stringify({ __type: code, message: element("Message") ?? "" }) : body;
  const region =
    regionIn(response.headers.get("x-amz-bucket-region")) ??
    regionIn(element("Region")) ??
    regionIn(element("Endpoint")) ??
    (response.redirected ? regionIn(new URL(response.url).hostname) : undefined);
  return { response: new Response(told, { status, headers }), region };
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
