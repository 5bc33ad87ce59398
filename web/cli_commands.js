// A job as commands of the AWS CLI, safe to paste into a POSIX shell whatever the job's texts hold.

const PLAIN_ID = /^\w[\w-]*$/;

function quote(text) {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function command(operation, options, { region, endpoint }) {
  const all = [...options, ["--region", region], ["--endpoint-url", endpoint]].filter(([, value]) => value);
  return ["aws", "rekognition", operation, ...all.flatMap(([name, value]) => [name, quote(value)])].join(" ");
}

/** What a person cannot see is written as an escape, so that a terminal shows and does what is there. */
function json(value) {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Asks the service for the job.
 * @param {import("rekognition-jobs").MediaAnalysisJob} job
 * @param {{ region: string, endpoint: string }} account  "" where it is not known, or there is none of its own
 */
export function getCommand({ JobId }, account) {
  // The CLI would read a parameter such as file://x from a file, and one that begins with a dash as an option.
  const id = PLAIN_ID.test(JobId) ? ["--job-id", JobId] : ["--cli-input-json", json({ JobId })];
  return command("get-media-analysis-job", [id], account);
}

/**
 * Starts another job with the same request.
 * @param {import("rekognition-jobs").MediaAnalysisJob} job
 * @param {{ region: string, endpoint: string }} account
 */
export function startCommand({ JobName, OperationsConfig, Input, OutputConfig, KmsKeyId }, account) {
  const request = { JobName, OperationsConfig, Input, OutputConfig, KmsKeyId };
  return command("start-media-analysis-job", [["--cli-input-json", json(request)]], account);
}
