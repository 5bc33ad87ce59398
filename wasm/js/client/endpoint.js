// Resolves the endpoints of services: from the region, or a custom endpoint.
import { plainText } from "../util/plain_text.js";

/** @typedef {import("../../index.d.ts").UrlLike} UrlLike */

/**
 * The partitions by the form of their regions; the first is the default one. All of them have FIPS and dual-stack
 * endpoints (AWS endpoint rules for Rekognition, partition metadata of the SDKs). `arn` is the partition's name in
 * ARNs.
 */
const partitions = [
  {
    region: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    arn: "aws",
    suffix: "amazonaws.com",
    dualStackSuffix: "api.aws",
  },
  {
    region: /^cn-\w+-\d+$/,
    arn: "aws-cn",
    suffix: "amazonaws.com.cn",
    dualStackSuffix: "api.amazonwebservices.com.cn",
  },
  {
    region: /^eusc-(de)-\w+-\d+$/,
    arn: "aws-eusc",
    suffix: "amazonaws.eu",
    dualStackSuffix: "api.amazonwebservices.eu",
  },
  { region: /^us-iso-\w+-\d+$/, arn: "aws-iso", suffix: "c2s.ic.gov", dualStackSuffix: "api.aws.ic.gov" },
  { region: /^us-isob-\w+-\d+$/, arn: "aws-iso-b", suffix: "sc2s.sgov.gov", dualStackSuffix: "api.aws.scloud" },
  {
    region: /^eu-isoe-\w+-\d+$/,
    arn: "aws-iso-e",
    suffix: "cloud.adc-e.uk",
    dualStackSuffix: "api.cloud-aws.adc-e.uk",
  },
  {
    region: /^us-isof-\w+-\d+$/,
    arn: "aws-iso-f",
    suffix: "csp.hci.ic.gov",
    dualStackSuffix: "api.aws.hci.ic.gov",
  },
  { region: /^us-gov-\w+-\d+$/, arn: "aws-us-gov", suffix: "amazonaws.com", dualStackSuffix: "api.aws" },
];

const hostLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** An availability zone, a local zone or a Wavelength zone, after its region. */
const zone = /^([a-z]{2,4}(?:-[a-z]+)+-\d+)(?:[a-z]|-[a-z]{3}-\d+[a-z]?|-wl\d[a-z\d-]*)$/;
const zoneId = /^[a-z]+\d-([a-z]+\d-)?az\d+$/;
const fipsRegion = /^fips-|-fips$/;

/**
 * The region in the form that hosts and signatures need.
 * @type {typeof import("../../index.d.ts").regionOf}
 */
export function regionOf(given) {
  if (given === undefined || given === null) return undefined;
  if (typeof given !== "string") throw new TypeError(`"${given}" is not a region`);
  const text = plainText(given).toLowerCase();
  if (text === "") return undefined;
  if (zoneId.test(text)) throw new TypeError(`"${text}" is not a region, but the id of an availability zone`);
  if (fipsRegion.test(text)) {
    throw new TypeError(`"${text}" is not a region: use ${text.replace(fipsRegion, "")} with useFipsEndpoint`);
  }
  if (!hostLabel.test(text)) throw new TypeError(`"${given}" is not a region`);
  return zone.exec(text)?.[1] ?? text;
}

/**
 * Resolves the endpoint of a service.
 * @param {string} service the host name's first part
 * @param {string | undefined} region of regionOf()
 * @param {{ endpoint?: string | UrlLike, useFipsEndpoint?: boolean, useDualstackEndpoint?: boolean }} options
 * @returns {URL | undefined} undefined if there is neither a region nor an endpoint
 * @throws {TypeError} for an endpoint that must not be used
 */
export function resolveEndpoint(service, region, { endpoint, useFipsEndpoint = false, useDualstackEndpoint = false }) {
  if (endpoint !== undefined) return ownEndpoint(endpoint, { useFipsEndpoint, useDualstackEndpoint });
  if (region === undefined) return undefined;
  const { suffix, dualStackSuffix } = partitionOf(region);
  const host = useFipsEndpoint ? `${service}-fips` : service;
  return new URL(`https://${host}.${region}.${useDualstackEndpoint ? dualStackSuffix : suffix}/`);
}

/**
 * The partition of a region, by the form of its name.
 * @param {string} region
 */
export function partitionOf(region) {
  return partitions.find((partition) => partition.region.test(region)) ?? partitions[0];
}

/**
 * The hosts of S3.
 * @typedef {object} S3Place
 * @property {URL} [endpoint] a custom one
 * @property {string} host the host name up to the region, such as "s3.dualstack"
 * @property {string} [region] the region of buckets, unless S3 reports another
 */

/**
 * Resolves where S3 is.
 * @param {string | undefined} region of regionOf()
 * @param {import("../../index.d.ts").JobsOptions} options
 * @returns {S3Place}
 * @throws {TypeError} for an endpoint that must not be used
 */
export function resolveS3(region, { s3Endpoint, useFipsEndpoint = false, useDualstackEndpoint = false }) {
  const host = `s3${useFipsEndpoint ? "-fips" : ""}${useDualstackEndpoint ? ".dualstack" : ""}`;
  if (s3Endpoint === undefined) return { host, region };
  const endpoint = ownEndpoint(s3Endpoint, { useFipsEndpoint, useDualstackEndpoint });
  return { endpoint, host, region: region ?? "us-east-1" };
}

/**
 * The hosts that requests will go to.
 * @type {typeof import("../../index.d.ts").hostsOf}
 */
export function hostsOf({ identityPoolId, ...options }) {
  const { endpoint } = options;
  const region = regionOf(options.region);
  const { endpoint: ownS3, host } = resolveS3(region, options);
  const poolRegion = identityPoolId ? regionOf(identityPoolId.split(":")[0]) : undefined;
  return {
    service: resolveEndpoint("rekognition", region, options)?.host,
    s3: ownS3?.host ?? (region && `*.${host}.${region}.${partitionOf(region).suffix}`),
    identityPool: identityPoolId ? resolveEndpoint("cognito-identity", poolRegion, { endpoint })?.host : undefined,
  };
}

/**
 * Checks an endpoint of the caller.
 * @param {string | UrlLike} endpoint
 * @param {{ useFipsEndpoint?: boolean, useDualstackEndpoint?: boolean }} options
 * @throws {TypeError} when it must not be used
 */
function ownEndpoint(endpoint, { useFipsEndpoint, useDualstackEndpoint }) {
  if (useFipsEndpoint) throw new TypeError("a custom endpoint cannot be combined with useFipsEndpoint");
  if (useDualstackEndpoint) throw new TypeError("a custom endpoint cannot be combined with useDualstackEndpoint");
  let url;
  try {
    url = new URL(String(endpoint));
  } catch {
    throw new TypeError("the endpoint is not a URL");
  }
  if (url.username !== "" || url.password !== "") throw new TypeError("an endpoint must not hold credentials");
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return url;
  throw new TypeError(`the endpoint must be https, or http on a loopback host, not ${url.protocol}//${url.host}`);
}

/** @param {string} hostname */
function isLoopback(hostname) {
  return /^(localhost|.*\.localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname);
}
