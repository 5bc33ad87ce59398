// Explains why jobs fail: for each documented code its meaning, its usual cause and its fix.

/**
 * @typedef {object} FailureHelp
 * @property {string} means
 * @property {string} cause
 * @property {string} fix
 */

/** @type {Record<string, FailureHelp>} */
const HELP = {
  ACCESS_DENIED: {
    means: "The job was not allowed to read its input or to write its output.",
    cause:
      "The identity that started it lacks s3:GetObject on the manifest or on an image it lists, s3:PutObject on the " +
      "output location, or permission to use the KMS key; or a bucket policy denies it.",
    fix:
      "Check the caller's policy and both bucket policies for the buckets named below, also for the images in the " +
      "manifest, then rerun the job.",
  },
  INTERNAL_ERROR: {
    means: "Something went wrong inside the service, not in your request.",
    cause: "A temporary problem in the service.",
    fix: "Rerun the job unchanged. If it keeps failing, give AWS Support the JobId.",
  },
  INVALID_KMS_KEY: {
    means: "The KMS key cannot be used to encrypt the results.",
    cause: "The key is disabled, is pending deletion, is in another region, is not symmetric, or is misspelt.",
    fix: "Look up KmsKeyId in the KMS console of the job's region: enable it, or start with another symmetric key.",
  },
  INVALID_MANIFEST: {
    means: "The input manifest was found, but could not be parsed as a manifest.",
    cause:
      "Lines that are not JSON or lack source-ref, an empty file, too many lines, or a single JSON array instead of one object per line.",
    fix:
      "ManifestSummary, where there is one, lists the bad lines. Write one JSON object with source-ref " +
      "per line, then rerun the job.",
  },
  INVALID_OUTPUT_CONFIG: {
    means: "Results cannot be written where OutputConfig says.",
    cause: "The output bucket does not exist, is in another region than the job, or belongs to another account.",
    fix: "Name a bucket of the job's own region and account, and check its spelling and the prefix.",
  },
  INVALID_S3_OBJECT: {
    means: "The input manifest could not be fetched from S3.",
    cause: "The key is misspelt or was deleted, its Version is gone, or the bucket is in another region than the job.",
    fix:
      "Open the input below in the S3 console. Check bucket, key, version and region, upload it " +
      "again if need be, then rerun the job.",
  },
  RESOURCE_NOT_FOUND: {
    means: "Something that the job refers to does not exist.",
    cause:
      "Most often the ProjectVersion of a custom moderation adapter was deleted, or its ARN has another " +
      "account or region.",
    fix: "List the project's versions and start the job with one that exists, or without one for the base model.",
  },
  RESOURCE_NOT_READY: {
    means: "The custom moderation adapter exists, but cannot be used yet.",
    cause: "The ProjectVersion is still in training, or its training failed.",
    fix: "Wait until its status is TRAINING_COMPLETED (check with describe-project-versions), then rerun the job.",
  },
  THROTTLED: {
    means: "The job ran into a limit of the account and was stopped.",
    cause: "Too many jobs or images at the same time in this account and region.",
    fix: "Rerun it later, spread the jobs out, or ask for a higher quota in Service Quotas.",
  },
};

export const EXPLAINED_CODES = Object.keys(HELP);

/**
 * @param {string | undefined} code
 * @returns {FailureHelp | undefined} undefined for a code that is not documented
 */
export function failureHelp(code) {
  return code !== undefined && Object.hasOwn(HELP, code) ? HELP[code] : undefined;
}
