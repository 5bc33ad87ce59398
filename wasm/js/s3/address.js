// Where an object of S3 is asked for: https://{bucket}.s3.{region}.{suffix}/{key}, or beneath a custom endpoint.
import { partitionOf } from "../client/endpoint.js";
import { InvalidParameterException, ServiceError } from "../util/errors.js";

const bucketName = /^[0-9A-Za-z._-]{3,255}$/;
/** What can be the first part of a host under the certificate that S3 shows; a URL takes xn-- for Punycode. */
const hostLabel = /^(?!xn--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;
const regionOfHost = /(?:^|\.)s3(?:-fips)?(?:\.dualstack)?[.-]([a-z]{2,4}(?:-[a-z]+)+-\d+)\.[a-z.-]+$/;

/**
 * @param {{ bucket: string, key: string }} object
 * @param {import("../client/endpoint.js").S3Place} place
 * @param {string} region
 * @returns {URL}
 * @throws {ServiceError} when there is no such address
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
 * The region that a host of S3 is in, or that is named.
 * @param {string | null | undefined} text
 * @returns {string | undefined}
 */
export function regionIn(text) {
  if (!text) return undefined;
  return regionName.test(text) ? text : regionOfHost.exec(text)?.[1];
}

/**
 * @param {URL} endpoint
 * @param {string} path
 */
function beneath(endpoint, path) {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${path}`;
  return url;
}

/**
 * As S3 signs it: all but unreserved characters (RFC 3986).
 * @param {string} part
 */
function encode(part) {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
