// Builds links to pages of the AWS console.

const CONSOLES = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/**
 * Returns the URL of an object, or of a prefix, in the S3 console.
 * @param {{ bucket: string, key?: string, version?: string, isFolder?: boolean }} place
 * @param {Readonly<ReturnType<typeof import("./location.js").resolveLocation>>} awsLocation
 * @returns {string} "" where the partition has no console that is known
 */
export function s3ConsoleUrl({ bucket, key = "", version, isFolder = false }, { region, partition }) {
  const host = Object.hasOwn(CONSOLES, partition) ? CONSOLES[partition] : "";
  if (!host) return "";
  const isObject = key !== "" && !isFolder;
  const parameters = [
    ["region", region],
    ["prefix", isFolder && key !== "" && !key.endsWith("/") ? `${key}/` : key],
    ["versionId", version ?? ""],
  ];
  const search = parameters
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  const path = `s3/${isObject ? "object" : "buckets"}/${encodeURIComponent(bucket)}`;
  return `https://${host}/${path}${search ? `?${search}` : ""}`;
}
