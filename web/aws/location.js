// Finds the region and partition of a job, from the ARNs that it names or from its source.

const ARN = /^arn:(aws[\w-]*):\w[\w-]*:([a-z][a-z0-9-]*):/;

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
export function resolveLocation(job, source) {
  for (const text of [job.OperationsConfig?.DetectModerationLabels?.ProjectVersion, job.KmsKeyId]) {
    const [, partition, region] = text?.match(ARN) ?? [];
    if (partition) return { region, partition };
  }
  const region = source?.region ?? "";
  return { region, partition: region ? partitionOfRegion(region) : "aws" };
}
