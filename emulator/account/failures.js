// Why jobs of the sample account fail: the nine codes, what each says, and the days on which one of them soars.

import { between, pick, pickWeighted } from "./random.js";

/**
 * @typedef {object} FailureContext
 * @property {string} input s3 URI of the manifest
 * @property {string} output s3 URI of the results
 * @property {string} outputBucket
 * @property {string} region
 * @property {string | undefined} kmsKeyId
 * @property {string | undefined} projectVersion
 */

/**
 * @typedef {object} Failure
 * @property {string} code
 * @property {number} weight how common it is among ordinary failures
 * @property {"early" | "reading" | "late"} stage when it shows: before any work, on reading the manifest, at work
 * @property {"kms" | "project"} [needs] what the job must have for this to go wrong
 * @property {(context: FailureContext, random: () => number) => string | undefined} message
 */

/** @type {readonly Failure[]} */
export const FAILURES = [
  {
    code: "INTERNAL_ERROR",
    weight: 8,
    stage: "late",
    message: (_, random) =>
      pick(random, ["Amazon Rekognition experienced an internal error. Start the job again.", undefined]),
  },
  {
    code: "INVALID_S3_OBJECT",
    weight: 16,
    stage: "early",
    message: ({ input }) =>
      `Unable to get object metadata from S3. Check object key, region and/or access permissions: ${input}`,
  },
  {
    code: "INVALID_MANIFEST",
    weight: 24,
    stage: "reading",
    message: (_, random) =>
      pick(random, [
        "The manifest is empty.",
        `Line ${between(random, 1, 9000)} of the manifest is not valid JSON.`,
        `The manifest has no valid line: 0 of ${between(random, 20, 9000)} lines could be read.`,
        `The manifest has ${between(random, 10001, 40000)} lines; the limit is 10000.`,
        'Every line of the manifest lacks "source-ref".',
      ]),
  },
  {
    code: "INVALID_OUTPUT_CONFIG",
    weight: 6,
    stage: "early",
    message: ({ outputBucket, region }, random) =>
      pick(random, [
        `The output bucket ${outputBucket} is not in the Region ${region}.`,
        `The output bucket ${outputBucket} does not exist.`,
      ]),
  },
  {
    code: "INVALID_KMS_KEY",
    weight: 6,
    stage: "early",
    needs: "kms",
    message: ({ kmsKeyId }, random) =>
      `The KMS key ${kmsKeyId} ${pick(random, ["is disabled.", "is pending deletion.", "is not a symmetric key."])}`,
  },
  {
    code: "ACCESS_DENIED",
    weight: 18,
    stage: "early",
    message: ({ input, output }, random) =>
      pick(random, [
        `Access denied: s3:GetObject on ${input}. No resource-based policy allows it.`,
        `Access denied: s3:PutObject on ${output}. Check the caller's permissions and the bucket policy.`,
      ]),
  },
  {
    code: "RESOURCE_NOT_FOUND",
    weight: 6,
    stage: "early",
    needs: "project",
    message: ({ projectVersion }) => `The project version ${projectVersion} does not exist.`,
  },
  {
    code: "RESOURCE_NOT_READY",
    weight: 7,
    stage: "early",
    needs: "project",
    message: ({ projectVersion }) =>
      `The project version ${projectVersion} is not ready: its status is TRAINING_IN_PROGRESS.`,
  },
  {
    code: "THROTTLED",
    weight: 9,
    stage: "late",
    message: () =>
      "The job was throttled: this account's limit of images per second was reached. Start it again later.",
  },
];

const WEIGHTS = FAILURES.map(({ weight }) => weight);

/** @type {readonly { code: string, from: number, to: number, inputBucket: string, rate: number }[]} days ago */
const BURSTS = [
  { code: "ACCESS_DENIED", from: 18.5, to: 15.5, inputBucket: "acme-ugc-uploads", rate: 0.85 },
  { code: "THROTTLED", from: 47, to: 44, inputBucket: "acme-archive", rate: 0.16 },
  { code: "INVALID_MANIFEST", from: 7.5, to: 5.5, inputBucket: "acme-marketing-assets", rate: 0.6 },
];

/**
 * @param {string} code
 * @returns {Failure}
 */
export function failureOf(code) {
  return /** @type {Failure} */ (FAILURES.find((failure) => failure.code === code));
}

/**
 * Decides whether a job fails, and of what.
 * @param {{ daysAgo: number, inputBucket: string, failureRate: number }} job
 * @param {() => number} random
 * @returns {Failure | undefined}
 */
export function drawFailure({ daysAgo, inputBucket, failureRate }, random) {
  const burst = BURSTS.find(
    (candidate) => candidate.inputBucket === inputBucket && daysAgo <= candidate.from && daysAgo >= candidate.to,
  );
  if (burst && random() < burst.rate) return failureOf(burst.code);
  return random() < failureRate ? FAILURES[pickWeighted(random, WEIGHTS)] : undefined;
}
