// Builds the URL of an object in S3: https://{bucket}.s3.{region}.{suffix}/{key}, or below a custom endpoint.
import { partitionOf } from "../client/endpoint.js";
import { InvalidParameterException, ServiceError } from "../util/errors.js";

const bucketName = /^[0-9A-Za-z._-]{3,255}$/;
/** Bucket names that S3's certificate covers as the first label of the host; a URL would decode xn-- as Punycode. */
const hostLabel = /^(?!xn--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;
const regionOfHost = /(?:^|\.)s3(?:-fips)?(?:\.dualstack)?[.-]([a-z]{2,4}(?:-[a-z]+)+-\d+)\.[a-z.-]+$/;

/**
 * The URL of an object.
 * @param {{ bucket: string, key: string }} object
 * @param {import("../client/endpoint.js").S3Place} place
 * @param {string} region
 * @returns {URL}
 * @throws {ServiceError} if no URL can name the object
 */
export function addressOf({ bucket, key }, { endpoint, host }, region) {
  if (!bucketName.test(bucket) || /^\.+$/.test(bucket)) {
    throw new ServiceError({ name: "InvalidBucketName", message: `${JSON.stringify(bucket)} is not a bucket's name` });
  }
  if (key.split("/").some((part) => part === "." || part === "..")) {
    const message = `no URL can name the key ${JSON.stringify(key)}: get it with the AWS CLI, and open that file`;
    throw new ServiceError({ name: "InvalidURI", message });
  }
  const path = key.split("/").map(encode).join("/");
  if (endpoint !== undefined) return beneath(endpoint, `${bucket}/${path}`);
  const { arn, suffix } = partitionOf(region);
  if (arn === "aws-cn" && host.includes("fips")) {
    throw new InvalidParameterException({ message: `S3 has no FIPS endpoint in ${region}` });
  }
  if (hostLabel.test(bucket)) return new URL(`https://${bucket}.${host}.${region}.${suffix}/${path}`);
  return new URL(`https://${host}.${region}.${suffix}/${bucket}/${path}`);
}

/**
 * The region in a host name of S3, or the text itself if it is a region.
 * @param {string | null | undefined} text
 * @returns {string | undefined}
 */
export function regionIn(text) {
  if (!text) return undefined;
  return regionName.test(text) ? text : regionOfHost.exec(text)?.[1];
}

/**
 * Appends a path to the path of an endpoint.
 * @param {URL} endpoint
 * @param {string} path
 */
function beneath(endpoint, path) {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${path}`;
  return url;
}

/**
 * Percent-encodes as S3's signatures require: all but unreserved characters (RFC 3986).
 * @param {string} part
 */
function encode(part) {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
