// Describes the fields of the query language, with examples, for the suggestions and the help.

/** @type {Record<string, { meaning: string, examples: string[] }>} */
export const FIELD_HELP = {
  status: { meaning: "Job status", examples: ["failed", "in-progress"] },
  code: { meaning: "Failure code", examples: ["access_denied"] },
  model: { meaning: "Version of the moderation model", examples: ["7.0"] },
  name: { meaning: "JobName", examples: ["promo-*", "=promo-0412"] },
  id: { meaning: "JobId", examples: ["861a06*"] },
  message: { meaning: "Failure message", examples: ['"access denied"'] },
  kms: { meaning: "KmsKeyId", examples: ["1234abcd"] },
  project: { meaning: "ProjectVersion of a custom adapter", examples: ["my-project"] },
  region: { meaning: "Region (from the project version or KMS key ARN)", examples: ["us-east-1", "eu-*", "*"] },
  version: { meaning: "S3 version of the input manifest", examples: ["3sL4kqtJlcpXroDTDmJ", "*"] },
  input: { meaning: "Input manifest, s3://bucket/key", examples: ["s3://my-bucket/*"] },
  output: { meaning: "Output location, s3://bucket/prefix", examples: ["s3://my-bucket/*"] },
  results: { meaning: "The results file, s3://bucket/key", examples: ["*.jsonl"] },
  summary: { meaning: "The manifest summary, s3://bucket/key", examples: ["*.json"] },
  confidence: { meaning: "MinConfidence, percent", examples: ["75", ">=50", "50..80"] },
  created: { meaning: "Creation time, UTC", examples: [">=now-7d", "2026-11", "2026-10..2026-11", "today"] },
  completed: { meaning: "Completion time, UTC", examples: [">=now-24h", "2026-11-24"] },
  duration: { meaning: "Time from creation to completion", examples: [">90s", "<=15m", "1h..2h"] },
  has: { meaning: "Field is present", examples: ["failure", "project"] },
  no: { meaning: "Field is missing", examples: ["completed", "name"] },
};

/** Explains the values of `has:` and `no:` that do not explain themselves. */
export const FLAG_HELP = {
  completed: "CompletionTimestamp",
  failure: "FailureDetails",
  code: "a failure code",
  message: "a failure message",
  kms: "KmsKeyId",
  project: "ProjectVersion",
  confidence: "MinConfidence",
  model: "a model version",
  summary: "ManifestSummary",
  version: "a version of the input object",
  prefix: "a prefix of the output",
};

/** @type {[string, string][]} */
const TIME_EXAMPLES = [
  ["today", "since midnight, UTC"],
  [">=now-1h", "the last hour"],
  [">=now-24h", "the last 24 hours"],
  [">=now-7d", "the last 7 days"],
  [">=now-30d", "the last 30 days"],
];

/**
 * Returns examples of times, including the month and the day before `now`.
 * @param {number} now
 * @returns {[string, string][]}
 */
export function timeExamples(now) {
  const day = new Date(now).toISOString().slice(0, 10);
  const dayBefore = new Date(now - 86_400_000).toISOString().slice(0, 10);
  return [
    ...TIME_EXAMPLES,
    [dayBefore, "a single day"],
    [day.slice(0, 7), "a month"],
    [`${dayBefore}..${day}`, "a range of days"],
  ];
}

/** @type {[string, string][]} */
export const DURATION_EXAMPLES = [
  ["<1m", "under a minute"],
  ["1m..10m", "from one to ten minutes"],
  [">=15m", "15 minutes or more"],
  [">1h", "over an hour"],
];
