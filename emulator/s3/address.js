// Which object a request to S3 is about, by its host or its path, and in which region that host is.

/**
 * @typedef {object} Address
 * @property {string} bucket
 * @property {string} key
 * @property {string} [region] of the host; an own host is in every region
 */

const PATH = "/s3/";
const AWS_HOST =
  /^(?:(?<bucket>[a-z\d][a-z\d.-]+)\.)?s3(?:-fips)?(?:\.dualstack)?\.(?<region>[a-z]+(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?\.?(?::\d+)?$/i;

/**
 * @param {{ path: string, host?: string }} request the path as it was sent
 * @returns {Address | undefined} nothing when it is no request to S3
 */
export function addressOf({ path, host = "" }) {
  const named = AWS_HOST.exec(host.toLowerCase())?.groups;
  if (named?.bucket) return { bucket: named.bucket, key: decodePath(path.slice(1)), region: named.region };
  if (named) return { ...split(path.slice(1)), region: named.region };
  return path.startsWith(PATH) ? split(path.slice(PATH.length)) : undefined;
}

function split(path) {
  const slash = `${path}/`.indexOf("/");
  return { bucket: decodePath(path.slice(0, slash)), key: decodePath(path.slice(slash + 1)) };
}

/**
 * @param {string} text
 * @returns {string} the text itself where it is not percent-encoded well
 */
export function decodePath(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
