// Where the service is: from a region, or as given.

/**
 * The partitions by the form of their regions; the first is the default one. All of them have FIPS and dual-stack
 * endpoints (AWS endpoint rules for Rekognition, partition metadata of the SDKs).
 */
const partitions = [
  { region: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/, suffix: "amazonaws.com", dualStackSuffix: "api.aws" },
  { region: /^cn-\w+-\d+$/, suffix: "amazonaws.com.cn", dualStackSuffix: "api.amazonwebservices.com.cn" },
  { region: /^eusc-(de)-\w+-\d+$/, suffix: "amazonaws.eu", dualStackSuffix: "api.amazonwebservices.eu" },
  { region: /^us-iso-\w+-\d+$/, suffix: "c2s.ic.gov", dualStackSuffix: "api.aws.ic.gov" },
  { region: /^us-isob-\w+-\d+$/, suffix: "sc2s.sgov.gov", dualStackSuffix: "api.aws.scloud" },
  { region: /^eu-isoe-\w+-\d+$/, suffix: "cloud.adc-e.uk", dualStackSuffix: "api.cloud-aws.adc-e.uk" },
  { region: /^us-isof-\w+-\d+$/, suffix: "csp.hci.ic.gov", dualStackSuffix: "api.aws.hci.ic.gov" },
  { region: /^us-gov-\w+-\d+$/, suffix: "amazonaws.com", dualStackSuffix: "api.aws" },
];

const hostLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * @param {string} service the host name's first part
 * @param {{ region?: string, endpoint?: string | URL, useFipsEndpoint?: boolean, useDualstackEndpoint?: boolean }} options
 * @returns {URL | undefined} nothing with neither region nor endpoint
 * @throws {TypeError} for an endpoint that must not be used
 */
export function resolveEndpoint(service, { region, endpoint, useFipsEndpoint = false, useDualstackEndpoint = false }) {
  if (region !== undefined && !(typeof region === "string" && hostLabel.test(region))) {
    throw new TypeError(`"${region}" is not a region`);
  }
  if (endpoint !== undefined) {
    if (useFipsEndpoint) throw new TypeError("an own endpoint and useFipsEndpoint exclude each other");
    if (useDualstackEndpoint) throw new TypeError("an own endpoint and useDualstackEndpoint exclude each other");
    return ownEndpoint(endpoint);
  }
  if (region === undefined) return undefined;
  const { suffix, dualStackSuffix } = partitions.find((partition) => partition.region.test(region)) ?? partitions[0];
  const host = useFipsEndpoint ? `${service}-fips` : service;
  return new URL(`https://${host}.${region}.${useDualstackEndpoint ? dualStackSuffix : suffix}/`);
}

function ownEndpoint(endpoint) {
  let url;
  try {
    url = new URL(endpoint);
  } catch {
    throw new TypeError("the endpoint is not a URL");
  }
  if (url.username !== "" || url.password !== "") throw new TypeError("an endpoint must not hold credentials");
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return url;
  throw new TypeError(`the endpoint must be https, or http on a loopback host, not ${url.protocol}//${url.host}`);
}

function isLoopback(hostname) {
  return /^(localhost|.*\.localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname);
}
