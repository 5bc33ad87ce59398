// What the page makes of a job's texts: places in consoles, commands for a shell, differences between two jobs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { SHELLS, getCommand, startCommand } from "../../../web/aws/cli_commands.js";
import { compare } from "../../../web/details/job_diff.js";
import { mulberry32 } from "../../../emulator/account/random.js";
import { s3ConsoleUrl } from "../../../web/aws/console_links.js";
import { resolveLocation } from "../../../web/aws/location.js";
import { parseS3Uri } from "../../../web/aws/s3_uri.js";
import { failedJob } from "../job_files.js";

const HOSTILE = [
  "'; rm -rf / #",
  "$(id)",
  "`id`",
  "\\",
  "'\\''",
  "a\nb",
  "!!",
  "file:///etc/passwd",
  "--endpoint-url=https://example.com",
  "\u202Eevil",
  "<img src=x onerror=alert(1)>",
  "\u{1F4A5} emoji",
  "=cmd|' /C calc'!A0",
  "%PATH%",
  "w".repeat(64),
];

/** What a POSIX shell hands over to the program. */
function wordsOf(command) {
  const out = execFileSync("/bin/sh", ["-c", command.replace(/^aws /, "printf '%s\\0' ")], {
    timeout: 5000,
    encoding: "utf8",
  });
  return out.split("\0").slice(0, -1);
}

/**
 * What PowerShell makes of a line, by about_Quoting_Rules and about_Parsing: words of plain characters, texts in single
 * quotes, of which any of five characters is one and two are one literally, and the one text in double quotes that names
 * the file. Anything else would be something to it, and is an error here.
 */
function powerShellWords(line) {
  const words = [];
  for (let rest = line; rest !== ""; ) {
    const [whole, word, quoted, ofFile] =
      rest.match(
        /^(?:(-{0,2}[A-Za-z][\w./:-]*|\$request|=)|['\u2018-\u201b]((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)['\u2018-\u201b]|"(file:\/\/\$request)")(?: |$)/,
      ) ?? assert.fail(`PowerShell would take this apart: ${rest}`);
    words.push(word ?? ofFile ?? quoted.replace(/['\u2018-\u201b]{2}/g, ([first]) => first));
    rest = rest.slice(whole.length);
  }
  return words;
}

/** What PowerShell hands over to the program, and what the file that it names holds. */
function powerShellRun(command) {
  const lines = command.split("\n");
  if (lines.length === 1) return { words: powerShellWords(command).slice(1) };
  const [make, write, run, remove] = lines;
  assert.deepEqual(
    [lines.length, make, remove],
    [4, "$request = [IO.Path]::GetTempFileName()", "Remove-Item $request"],
  );
  const [, text] = write.match(/^\[IO\.File\]::WriteAllText\(\$request, (.*)\)$/);
  const [file, ...others] = powerShellWords(text);
  assert.deepEqual(others, []);
  assert.match(file, /^[ -~]*$/, "in whatever code page the CLI reads the file");
  return { words: powerShellWords(run).slice(1), file };
}

/** What a command hands over to the AWS CLI: its words, and the JSON that they name or hold. */
const RUN = {
  posix(command) {
    const words = wordsOf(command);
    return {
      words: words.map((word) => (word.startsWith("{") ? "JSON" : word)),
      json: words.find((word) => word.startsWith("{")),
    };
  },
  powershell(command) {
    const { words, file } = powerShellRun(command);
    for (const word of words) assert.ok(!word.includes('"'), "PowerShell before 7.3 would drop its quotes");
    return { words: words.map((word) => (word === "file://$request" ? "JSON" : word)), json: file };
  },
};

/** Texts of parts that mean something to some shell, in every order that a seed gives. */
function* hostileTexts(count) {
  const parts = [
    "'",
    '"',
    "\\",
    "`",
    "$",
    "$(id)",
    "${x}",
    "\n",
    "\r",
    "\t",
    " ",
    ";",
    "|",
    "&",
    "&&",
    "%PATH%",
    "!",
    "!!",
    "^",
    "#",
    "@",
    "@(",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    "*",
    "?",
    "~",
    "=",
    "--%",
    "-",
    ",",
    "\u2018",
    "\u2019",
    "\u201a",
    "\u201b",
    "\u201c",
    "\u2013",
    "\u202e",
    "\u00e9",
    "\u{1F4A5}",
    "\ud800",
    "a",
    "0",
  ];
  const random = mulberry32(15);
  const pick = () => parts[Math.floor(random() * parts.length)];
  for (let index = 0; index < count; index += 1)
    yield Array.from({ length: 1 + Math.floor(random() * 12) }, pick).join("");
}

for (const shell of Object.keys(SHELLS)) {
  test(`a command hands the CLI the job's own texts, whatever they hold (${shell})`, () => {
    const account = { region: "eu-west-1", endpoint: "http://localhost:4566/" };
    for (const text of [...HOSTILE, ...hostileTexts(200)]) {
      const job = failedJob({
        JobId: text,
        JobName: text,
        Input: { S3Object: { Bucket: text, Name: text } },
        KmsKeyId: text,
      });
      const where = ["--region", "eu-west-1", "--endpoint-url", "http://localhost:4566/"];
      const getText = getCommand(job, account, shell);
      const get = RUN[shell](getText);
      const isPlain = /^\w[\w-]*$/.test(text);
      const asked = isPlain ? ["--job-id", text] : ["--cli-input-json", "JSON"];
      assert.deepEqual(get.words, ["rekognition", "get-media-analysis-job", ...asked, ...where]);
      if (!isPlain) assert.deepEqual(JSON.parse(get.json), { JobId: text });

      const startText = startCommand(job, account, shell);
      const start = RUN[shell](startText);
      assert.deepEqual(start.words, ["rekognition", "start-media-analysis-job", "--cli-input-json", "JSON", ...where]);
      const { JobName, OperationsConfig, Input, OutputConfig, KmsKeyId } = job;
      assert.deepEqual(JSON.parse(start.json), { JobName, OperationsConfig, Input, OutputConfig, KmsKeyId });
      assert.ok(!/[\u200b-\u200f\u202a-\u202e]/.test(getText + startText));
    }
  });

  test(`a region and an endpoint are quoted too (${shell})`, () => {
    for (const text of ["it's", "$(id)", "a b", "`id`", "\u2019;id", "123", "a;b", "a%PATH%"]) {
      const { words } = RUN[shell](getCommand({ JobId: "a" }, { region: text, endpoint: text }, shell));
      assert.deepEqual(words.slice(4), ["--region", text, "--endpoint-url", text]);
    }
  });
}

test("a command without an account names none", () => {
  for (const shell of Object.keys(SHELLS)) {
    assert.equal(
      getCommand({ JobId: "a-B_1" }, { region: "", endpoint: "" }, shell),
      "aws rekognition get-media-analysis-job --job-id a-B_1",
    );
  }
});

test("a job's partition is that of its ARNs, of its source's region, or the usual one", () => {
  const source = (region) => ({ region });
  assert.deepEqual(resolveLocation({}, undefined), { region: "", partition: "aws" });
  assert.deepEqual(resolveLocation({}, source("eu-west-1")), { region: "eu-west-1", partition: "aws" });
  assert.deepEqual(resolveLocation({}, source("cn-north-1")), { region: "cn-north-1", partition: "aws-cn" });
  assert.deepEqual(resolveLocation({}, source("us-gov-west-1")), { region: "us-gov-west-1", partition: "aws-us-gov" });
  const KmsKeyId = "arn:aws-cn:kms:cn-northwest-1:111122223333:key/x";
  assert.deepEqual(resolveLocation({ KmsKeyId }, source("")), { region: "cn-northwest-1", partition: "aws-cn" });
  const ProjectVersion = "arn:aws-us-gov:rekognition:us-gov-west-1:111122223333:project/p/version/v/1";
  const job = { OperationsConfig: { DetectModerationLabels: { ProjectVersion } }, KmsKeyId: "alias/media" };
  assert.deepEqual(resolveLocation(job, undefined), { region: "us-gov-west-1", partition: "aws-us-gov" });
});

test("an object's place is the whole key, with whatever is in it", () => {
  for (const key of [...HOSTILE, "a//b/", ""]) {
    assert.deepEqual(parseS3Uri(`s3://images/${key}`), { bucket: "images", key });
  }
  for (const text of ["", "s3://images", "s3:///key", "https://images/key"]) assert.equal(parseS3Uri(text), null);
});

test("a console's URL has every part of a place encoded, on the partition's own host", () => {
  const url = (partition, place) => s3ConsoleUrl({ bucket: "b", ...place }, { region: "r", partition });
  assert.equal(
    url("aws", { key: "a b/ü?#&+.json" }),
    "https://console.aws.amazon.com/s3/object/b?region=r&prefix=a%20b%2F%C3%BC%3F%23%26%2B.json",
  );
  assert.equal(url("aws-cn", { key: "k" }), "https://console.amazonaws.cn/s3/object/b?region=r&prefix=k");
  assert.equal(url("aws-us-gov", { key: "k" }), "https://console.amazonaws-us-gov.com/s3/object/b?region=r&prefix=k");
  assert.equal(url("aws", {}), "https://console.aws.amazon.com/s3/buckets/b?region=r");
  assert.equal(url("aws-iso", { key: "k" }), "");
  for (const text of HOSTILE) {
    const { protocol, host, pathname } = new URL(
      s3ConsoleUrl({ bucket: text, key: text }, { region: text, partition: "aws" }),
    );
    assert.deepEqual([protocol, host, pathname.split("/").length], ["https:", "console.aws.amazon.com", 4]);
  }
});

test("two jobs are compared member by member, those of one alone included", () => {
  const one = { JobId: "a", Status: "FAILED", Input: { S3Object: { Bucket: "b" } } };
  const other = { JobId: "a", Status: "SUCCEEDED", Input: { S3Object: { Bucket: "b", Name: "n" } }, KmsKeyId: "k" };
  assert.deepEqual(compare(one, other), [
    { path: "JobId", values: ["a", "a"], differs: false },
    { path: "Status", values: ["FAILED", "SUCCEEDED"], differs: true },
    { path: "Input.S3Object.Bucket", values: ["b", "b"], differs: false },
    { path: "Input.S3Object.Name", values: [undefined, "n"], differs: true },
    { path: "KmsKeyId", values: [undefined, "k"], differs: true },
  ]);
});
