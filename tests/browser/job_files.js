// The forms in which files hold jobs: the service's own, and the AWS CLI's with its ISO 8601 timestamps.

const TIMES = ["CreationTimestamp", "CompletionTimestamp"];

/** @param {object[]} jobs in the wire's form */
export function wireFile(jobs) {
  return JSON.stringify({ MediaAnalysisJobs: jobs });
}

/** @param {object[]} jobs in the wire's form */
export function cliFile(jobs) {
  const inCliForm = (job) => {
    const copy = { ...job };
    for (const time of TIMES) {
      if (!(time in job)) continue;
      const stamp = new Date(Math.round(job[time] * 1000)).toISOString();
      copy[time] = stamp.replace(/\.(\d{3})Z$/, ".$1000+00:00");
    }
    return copy;
  };
  return `${JSON.stringify({ MediaAnalysisJobs: jobs.map(inCliForm) }, null, 4)}\n`;
}

/**
 * One failed job in the wire's form.
 * @param {object} members
 */
export function failedJob(members) {
  return {
    JobId: "0".repeat(64),
    OperationsConfig: { DetectModerationLabels: { MinConfidence: 50 } },
    Status: "FAILED",
    FailureDetails: { Code: "ACCESS_DENIED", Message: "Access denied." },
    CreationTimestamp: 1_795_000_000.25,
    CompletionTimestamp: 1_795_000_060.75,
    Input: { S3Object: { Bucket: "input-bucket", Name: "manifest.jsonl" } },
    OutputConfig: { S3Bucket: "output-bucket", S3KeyPrefix: "results" },
    ...members,
  };
}
