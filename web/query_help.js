// What the query language's fields mean, in words, with examples: for the completions and the help sheet.

/** @type {Record<string, { meaning: string, examples: string[] }>} */
export const FIELD_HELP = {
  status: { meaning: "Where the job stands", examples: ["failed", "in-progress"] },
  code: { meaning: "Why it failed, as the service's code", examples: ["access_denied"] },
  model: { meaning: "Version of the moderation model", examples: ["7.0"] },
  name: { meaning: "JobName", examples: ["promo-*", "=promo-0412"] },
  id: { meaning: "JobId", examples: ["861a06*"] },
  message: { meaning: "The failure's message", examples: ["\"access denied\""] },
  kms: { meaning: "KmsKeyId", examples: ["1234abcd"] },
  project: { meaning: "ProjectVersion of a custom adapter", examples: ["my-project"] },
  region: { meaning: "Region in the ARN of its ProjectVersion, or else of its KmsKeyId", examples: ["us-east-1", "eu-*", "*"] },
  input: { meaning: "Where the manifest is, s3://bucket/key", examples: ["s3://my-bucket/*"] },
  output: { meaning: "Where the results go, s3://bucket/prefix", examples: ["s3://my-bucket/*"] },
  results: { meaning: "The results file, s3://bucket/key", examples: ["*.jsonl"] },
  summary: { meaning: "The manifest summary, s3://bucket/key", examples: ["*.json"] },
  confidence: { meaning: "MinConfidence, percent", examples: ["75", ">=50", "50..80"] },
  created: { meaning: "When it was created, UTC", examples: [">=now-7d", "2026-11", "2026-10..2026-11", "today"] },
  completed: { meaning: "When it was completed, UTC", examples: [">=now-24h", "2026-11-24"] },
  duration: { meaning: "From creation to completion", examples: [">90s", "<=15m", "1h..2h"] },
  has: { meaning: "Something is there", examples: ["failure", "project"] },
  no: { meaning: "Something is not there", examples: ["completed", "name"] },
};

/** What `has:` and `no:` can ask for, where the word alone does not say it. */
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
const EXAMPLES_OF_TIME = [
  ["today", "since midnight, UTC"],
  [">=now-1h", "the last hour"],
  [">=now-24h", "the last 24 hours"],
  [">=now-7d", "the last 7 days"],
  [">=now-30d", "the last 30 days"],
];

/**
 * Times to choose from, the month and the day of `now` among them.
 * @param {number} now
 * @returns {[string, string][]}
 */
export function timeExamples(now) {
  const day = new Date(now).toISOString().slice(0, 10);
  const dayBefore = new Date(now - 86_400_000).toISOString().slice(0, 10);
  return [
    ...EXAMPLES_OF_TIME,
    [dayBefore, "that day"],
    [day.slice(0, 7), "that month"],
    [`${dayBefore}..${day}`, "from one day to another"],
  ];
}

/** @type {[string, string][]} */
export const DURATION_EXAMPLES = [
  ["<1m", "under a minute"],
  ["1m..10m", "from one to ten minutes"],
  [">=15m", "15 minutes or more"],
  [">1h", "over an hour"],
];
