// Gives the text of a job that each query field searches.
import { s3Uri } from "../aws/s3_uri.js";

/** @type {Record<string, (job: import("rekognition-jobs").MediaAnalysisJob) => string | undefined>} */
const TEXTS = {
  name: (job) => job.JobName,
  id: (job) => job.JobId,
  message: (job) => job.FailureDetails?.Message,
  kms: (job) => job.KmsKeyId,
  project: (job) => job.OperationsConfig?.DetectModerationLabels?.ProjectVersion,
  input: (job) => s3Uri(job.Input?.S3Object),
  output: ({ OutputConfig: place }) => s3Uri({ Bucket: place?.S3Bucket, Name: place?.S3KeyPrefix }),
  results: (job) => s3Uri(job.Results?.S3Object),
  summary: (job) => s3Uri(job.ManifestSummary?.S3Object),
};

/**
 * Returns the text of a job's field (name, id, message, key, ARN, S3 URI) as the query language sees it.
 * @param {import("rekognition-jobs").MediaAnalysisJob} job
 * @param {string} field
 * @returns {string | undefined}
 */
export const fieldText = (job, field) => TEXTS[field]?.(job) || undefined;
