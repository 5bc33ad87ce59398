// Defines the text of a job's query fields, and the facets: what each counts, and the query term for one of its values.
import { quoteValue } from "./query_terms.js";
import { parseS3Uri, s3Uri } from "../aws/s3_uri.js";

const fold = (value) => value.toLowerCase().replaceAll("-", "_");
const isWhole = (value) => (token) => fold(token.value) === fold(value);

function bucketTerm(bucket) {
  const whole = `s3://${bucket}/`;
  return quoteValue(whole) === whole ? `${whole}*` : quoteValue(whole);
}

const isBucket = (bucket) => (token) => bucketOf(token) === bucket;
const isExact = (value) => (token) => token.exact === true && token.value.toLowerCase() === value.toLowerCase();

/** @param {import("rekognition-jobs").QueryToken} token */
function bucketOf({ value, quoted }) {
  const { bucket, key } = parseS3Uri(value) ?? {};
  return key === (quoted ? "" : "*") ? bucket : undefined;
}

/** @type {FacetField["named"]} */
const wholeValue = ({ value }) => value;
/** @type {FacetField["named"]} */
const exactValue = ({ value, exact }) => (exact ? value : undefined);

/**
 * @typedef {object} FacetField
 * @property {string} field    of the query language
 * @property {string} counted  what the engine counts
 * @property {string} heading
 * @property {(value: string) => string} term   what stands after "field:"
 * @property {(value: string) => (token: import("rekognition-jobs").QueryToken) => boolean} isSame
 * @property {(value: string) => string} shown
 * @property {(token: import("rekognition-jobs").QueryToken) => string | undefined} named  the value that a term names
 */

const itself = (value) => value;
const withoutArn = (value) => value.replace(/^arn:[^:]*:rekognition:[^:]*:[^:]*:(project\/)?/, "");
const whole = { term: quoteValue, isSame: isWhole, named: wholeValue, shown: itself };

/** @type {FacetField[]} */
export const FACETS = [
  { field: "status", counted: "status", heading: "Status", ...whole },
  { field: "code", counted: "code", heading: "Failure code", ...whole },
  { field: "model", counted: "model", heading: "Moderation model", ...whole },
  {
    field: "input",
    counted: "InputBucket",
    heading: "Input bucket",
    term: bucketTerm,
    isSame: isBucket,
    named: bucketOf,
    shown: itself,
  },
  {
    field: "project",
    counted: "project",
    heading: "Project version",
    term: (value) => `=${quoteValue(value)}`,
    isSame: isExact,
    named: exactValue,
    shown: withoutArn,
  },
];

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
