// What the page makes of a job's texts: places in consoles, commands for a shell, differences between two jobs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { getCommand, startCommand } from "../../web/cli_commands.js";
import { compare } from "../../web/comparison.js";
import { s3ConsoleUrl, whereaboutsOf } from "../../web/partition.js";
import { placeOf } from "../../web/s3_place.js";
import { failedJob } from "./job_files.js";

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

test("a command hands the CLI the job's own texts, whatever they hold", () => {
  const account = { region: "eu-west-1", endpoint: "http://localhost:4566/" };
  for (const text of HOSTILE) {
    const job = failedJob({
      JobId: text,
      JobName: text,
      Input: { S3Object: { Bucket: text, Name: text } },
      KmsKeyId: text,
    });
    const where = ["--region", "eu-west-1", "--endpoint-url", "http://localhost:4566/"];
    const get = wordsOf(getCommand(job, account));
    const isPlain = /^\w+$/.test(text);
    assert.deepEqual(get.slice(0, 3), [
      "rekognition",
      "get-media-analysis-job",
      isPlain ? "--job-id" : "--cli-input-json",
    ]);
    assert.deepEqual(isPlain ? get[3] : JSON.parse(get[3]), isPlain ? text : { JobId: text });
    assert.deepEqual(get.slice(4), where);

    const start = wordsOf(startCommand(job, account));
    assert.deepEqual(start.slice(0, 3), ["rekognition", "start-media-analysis-job", "--cli-input-json"]);
    const { JobName, OperationsConfig, Input, OutputConfig, KmsKeyId } = job;
    assert.deepEqual(JSON.parse(start[3]), { JobName, OperationsConfig, Input, OutputConfig, KmsKeyId });
    assert.deepEqual(start.slice(4), where);
    assert.ok(!/[\u200b-\u200f\u202a-\u202e]/.test(getCommand(job, account) + startCommand(job, account)));
  }
});

test("a command without an account names none", () => {
  assert.equal(
    getCommand({ JobId: "a-B_1" }, { region: "", endpoint: "" }),
    "aws rekognition get-media-analysis-job --job-id a-B_1",
  );
});

test("a job's partition is that of its ARNs, of its source's region, or the usual one", () => {
  const source = (region) => ({ region });
  assert.deepEqual(whereaboutsOf({}, undefined), { region: "", partition: "aws" });
  assert.deepEqual(whereaboutsOf({}, source("eu-west-1")), { region: "eu-west-1", partition: "aws" });
  assert.deepEqual(whereaboutsOf({}, source("cn-north-1")), { region: "cn-north-1", partition: "aws-cn" });
  assert.deepEqual(whereaboutsOf({}, source("us-gov-west-1")), { region: "us-gov-west-1", partition: "aws-us-gov" });
  const KmsKeyId = "arn:aws-cn:kms:cn-northwest-1:111122223333:key/x";
  assert.deepEqual(whereaboutsOf({ KmsKeyId }, source("")), { region: "cn-northwest-1", partition: "aws-cn" });
  const ProjectVersion = "arn:aws-us-gov:rekognition:us-gov-west-1:111122223333:project/p/version/v/1";
  const job = { OperationsConfig: { DetectModerationLabels: { ProjectVersion } }, KmsKeyId: "alias/media" };
  assert.deepEqual(whereaboutsOf(job, undefined), { region: "us-gov-west-1", partition: "aws-us-gov" });
});

test("an object's place is the whole key, with whatever is in it", () => {
  for (const key of [...HOSTILE, "a//b/", ""]) {
    assert.deepEqual(placeOf(`s3://images/${key}`), { bucket: "images", key });
  }
  for (const text of ["", "s3://images", "s3:///key", "https://images/key"]) assert.equal(placeOf(text), null);
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
