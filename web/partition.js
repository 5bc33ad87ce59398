// Where a job belongs in AWS: its region and partition, by its source or by the ARNs that it names.

const ARN = /^arn:(aws[\w-]*):\w[\w-]*:([a-z][a-z0-9-]*):/;
const CONSOLES = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

function partitionOfRegion(region) {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return /^(us-iso|eu-iso|eusc-)/.test(region) ? "" : "aws";
}

/**
 * @param {Partial<import("rekognition-jobs").MediaAnalysisJob>} job
 * @param {{ region: string } | undefined} source  "" where its region is not known
 * @returns {{ region: string, partition: string }} each "" where nothing tells it
 */
export function whereaboutsOf(job, source) {
  for (const text of [job.OperationsConfig?.DetectModerationLabels?.ProjectVersion, job.KmsKeyId]) {
    const [, partition, region] = text?.match(ARN) ?? [];
    if (partition) return { region, partition };
  }
  const region = source?.region ?? "";
  return { region, partition: region ? partitionOfRegion(region) : "aws" };
}

/**
 * The S3 console's page of an object, or of what is below a prefix.
 * @param {{ bucket: string, key?: string, version?: string, isFolder?: boolean }} place
 * @param {Readonly<ReturnType<typeof whereaboutsOf>>} whereabouts
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
