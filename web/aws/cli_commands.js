// Writes a job as commands of the AWS CLI, safe to paste into a POSIX shell or PowerShell whatever text the job holds.

/** @typedef {"posix" | "powershell"} Shell */

/** @type {Record<Shell, string>} */
export const SHELLS = { posix: "a POSIX shell (sh, bash, zsh)", powershell: "PowerShell" };

/** @returns {Shell} the one that people here are likely to use */
export function usualShell() {
  return globalThis.navigator?.platform?.startsWith("Win") ? "powershell" : "posix";
}

const PLAIN_ID = /^\w[\w-]*$/;
/** In JSON, what a person cannot see is an escape, so that a terminal shows and does what is there. */
const UNSEEN = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
/** The AWS CLI reads files in the code page of Windows: in ASCII they are the same in each. */
const NOT_ASCII = /[^\x20-\x7e]/g;

const quotePosix = (text) => (/^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
/** PowerShell takes typographic quotes for plain ones (about_Quoting_Rules), and words of digits for numbers. */
const quotePowerShell = (text) =>
  /^[a-z][\w./:-]*$/i.test(text) ? text : `'${text.replace(/['\u2018-\u201b]/g, "$&$&")}'`;

function json(value, escaped) {
  return JSON.stringify(value).replace(
    escaped,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** @param {string} option  with its value as the shell takes it */
function command(operation, option, { region, endpoint }, quote) {
  const where = [
    ["--region", region],
    ["--endpoint-url", endpoint],
  ].filter(([, value]) => value);
  return ["aws rekognition", operation, option, ...where.map(([name, value]) => `${name} ${quote(value)}`)].join(" ");
}

const quotes = { posix: quotePosix, powershell: quotePowerShell };

/** @type {Record<Shell, (operation: string, request: object, account: { region: string, endpoint: string }) => string>} */
const withJson = {
  posix: (operation, request, account) =>
    command(operation, `--cli-input-json ${quotePosix(json(request, UNSEEN))}`, account, quotePosix),
  /** Through a file: PowerShell before 7.3 takes the double quotes out of an argument, and later ones do not. */
  powershell: (operation, request, account) =>
    [
      "$request = [IO.Path]::GetTempFileName()",
      `[IO.File]::WriteAllText($request, ${quotePowerShell(json(request, NOT_ASCII))})`,
      command(operation, '--cli-input-json "file://$request"', account, quotePowerShell),
      "Remove-Item $request",
    ].join("\n"),
};

/**
 * Writes the command that gets the job.
 * @param {import("rekognition-jobs").MediaAnalysisJob} job
 * @param {{ region: string, endpoint: string }} account  "" where it is not known, or there is none of its own
 * @param {Shell} [shell]
 */
export function getCommand({ JobId }, account, shell = "posix") {
  const operation = "get-media-analysis-job";
  // The CLI would read a parameter such as file://x from a file, and one that begins with a dash as an option.
  if (!PLAIN_ID.test(JobId)) return withJson[shell](operation, { JobId }, account);
  return command(operation, `--job-id ${quotes[shell](JobId)}`, account, quotes[shell]);
}

/**
 * Writes the command that starts another job with the same request.
 * @param {import("rekognition-jobs").MediaAnalysisJob} job
 * @param {{ region: string, endpoint: string }} account
 * @param {Shell} [shell]
 */
export function startCommand({ JobName, OperationsConfig, Input, OutputConfig, KmsKeyId }, account, shell = "posix") {
  const request = { JobName, OperationsConfig, Input, OutputConfig, KmsKeyId };
  return withJson[shell]("start-media-analysis-job", request, account);
}
