// Builds the URL of an object in S3: https://{bucket}.s3.{region}.{suffix}/{key}, or below a custom endpoint.
import { partitionOf } from "../client/endpoint.js";
import { InvalidParameterException, ServiceError } from "../util/errors.js";

const bucketName = /^[0-9A-Za-z._-]{3,255}$/;
/** Bucket names that S3's certificate covers as the first label of the host; a URL would decode xn-- as Punycode. */
const hostLabel = /^(?!xn--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;
/** The hosts without a region, from before there was a second one. */
const globalHost = /(?:^|\.)s3(?:-external-1)?\.amazonaws\.com$/;
const regionOfHost = /(?:^|\.)s3(?:-fips)?(?:\.dualstack)?[.-]([a-z]{2,4}(?:-[a-z]+)+-\d+)\.[a-z.-]+$/;

/**
 * The URL of an object.
 * @param {{ bucket: string, key: string, version?: string }} object
 * @param {import("../client/endpoint.js").S3Place} place
 * @param {string} region
 * @returns {URL}
 * @throws {ServiceError} if no URL can name the object
 */
export function addressOf(object, place, region) {
  const url = locate(object, place, region);
  if (object.version) url.search = `versionId=${encode(object.version)}`;
  return url;
}

/**
 * The URL of an object's latest version.
 * @type {typeof addressOf}
 */
function locate({ bucket, key }, { endpoint, host }, region) {
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
 * The region that S3 names: by a host name, or by the region's own name, which for the oldest ones is another.
 * @param {string | null | undefined} text
 * @returns {string | undefined}
 */
export function regionIn(text) {
  if (!text) return undefined;
  if (text === "EU") return "eu-west-1";
  if (text === "unspecified" || globalHost.test(text)) return "us-east-1";
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
