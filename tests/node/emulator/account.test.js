// The sample account: is it what the service could have sent, does it live, is it quick to make?

import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";
import { createAccount, describe } from "../../../emulator/account/account.js";

const NOW = Date.UTC(2026, 10, 24, 11, 30);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LIMIT = { timeout: 30_000 };

const CODES = [
  "ACCESS_DENIED",
  "INTERNAL_ERROR",
  "INVALID_KMS_KEY",
  "INVALID_MANIFEST",
  "INVALID_OUTPUT_CONFIG",
  "INVALID_S3_OBJECT",
  "RESOURCE_NOT_FOUND",
  "RESOURCE_NOT_READY",
  "THROTTLED",
];

function all(account, at) {
  return Array.from({ length: account.count(at) }, (_, index) => describe(account.job(index), at));
}

const tally = (values) => {
  const counts = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** Fails unless `value` has only the members of `members`, with all that are required, each passing its check. */
function checkMembers(path, value, members, required) {
  assert.equal(Object.prototype.toString.call(value), "[object Object]", `${path} is an object`);
  for (const name of required) assert.ok(name in value, `${path} has ${name}`);
  for (const [name, member] of Object.entries(value)) {
    assert.ok(Object.hasOwn(members, name), `${path}.${name} is a member of the API`);
    members[name](`${path}.${name}`, member);
  }
}

const matches = (pattern, longest) => (path, value) => {
  assert.equal(typeof value, "string", path);
  assert.match(value, pattern, path);
  assert.ok(value.length <= longest, `${path} is too long: ${value}`);
};
const oneOf =
  (...values) =>
  (path, value) =>
    assert.ok(values.includes(value), `${path}: ${value}`);
const structure =
  (members, required = []) =>
  (path, value) =>
    checkMembers(path, value, members, required);

const timestamp = (path, value) => {
  assert.equal(typeof value, "number", path);
  assert.equal(Math.round(value * 1000) / 1000, value, `${path} is in whole milliseconds`);
};
const bucket = matches(/^[0-9A-Za-z.\-_]{3,}$/, 255);
const s3Object = structure({ Bucket: bucket, Name: matches(/^[^]+$/, 1024), Version: matches(/^[^]+$/, 1024) }, [
  "Bucket",
  "Name",
]);

const checkJob = structure(
  {
    JobId: matches(/^[0-9a-f]{64}$/, 64),
    JobName: matches(/^[a-zA-Z0-9_.-]+$/, 64),
    OperationsConfig: structure({
      DetectModerationLabels: structure({
        MinConfidence: (path, value) => assert.ok(value >= 0 && value <= 100, `${path}: ${value}`),
        ProjectVersion: matches(
          /^arn:[a-z\d-]+:rekognition:[a-z\d-]+:\d{12}:project\/[a-zA-Z0-9_.-]{1,255}\/version\/[a-zA-Z0-9_.-]{1,255}\/[0-9]+$/,
          2048,
        ),
      }),
    }),
    Status: oneOf("CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED", "FAILED"),
    FailureDetails: structure({ Code: oneOf(...CODES), Message: matches(/^.{10,}$/, 1000) }, ["Code"]),
    CreationTimestamp: timestamp,
    CompletionTimestamp: timestamp,
    Input: structure({ S3Object: s3Object }, ["S3Object"]),
    OutputConfig: structure({ S3Bucket: bucket, S3KeyPrefix: matches(/^\S+$/, 800) }, ["S3Bucket"]),
    KmsKeyId: matches(/^[A-Za-z0-9][A-Za-z0-9:_/+=,@.-]{0,2048}$/, 2048),
    Results: structure(
      { S3Object: s3Object, ModelVersions: structure({ Moderation: oneOf("6.1", "7.0") }, ["Moderation"]) },
      ["S3Object", "ModelVersions"],
    ),
    ManifestSummary: structure({ S3Object: s3Object }, ["S3Object"]),
  },
  ["JobId", "OperationsConfig", "Status", "CreationTimestamp", "Input", "OutputConfig"],
);

function checkStory(job) {
  const { Status, JobId } = job;
  const ended = Status === "SUCCEEDED" || Status === "FAILED";
  assert.equal("CompletionTimestamp" in job, ended, `${JobId}: ended jobs alone have CompletionTimestamp`);
  assert.equal("Results" in job, Status === "SUCCEEDED", `${JobId}: jobs that succeeded alone have Results`);
  assert.equal("FailureDetails" in job, Status === "FAILED", `${JobId}: failed jobs alone have FailureDetails`);
  const mayHaveSummary = Status === "SUCCEEDED" || job.FailureDetails?.Code === "INVALID_MANIFEST";
  assert.ok(mayHaveSummary || !("ManifestSummary" in job), `${JobId}: too early for a ManifestSummary`);
  if (ended) assert.ok(job.CompletionTimestamp > job.CreationTimestamp, `${JobId} ends after it begins`);
  if (Status !== "SUCCEEDED") return;
  const { S3Bucket, S3KeyPrefix } = job.OutputConfig;
  const start = S3KeyPrefix === undefined ? JobId : `${S3KeyPrefix}/${JobId}`;
  assert.deepEqual(job.Results.S3Object, { Bucket: S3Bucket, Name: `${start}-results.jsonl` });
  assert.deepEqual(job.ManifestSummary.S3Object, { Bucket: S3Bucket, Name: `${start}-manifest-summary.json` });
}

test("every job is one that the service could have sent", LIMIT, () => {
  for (const options of [{ now: NOW }, { now: NOW + 0.5, seed: 4_000_000_000, region: "us-gov-west-1", jobs: 900 }]) {
    for (const job of all(createAccount(options), NOW + 1)) {
      checkJob("job", job);
      checkStory(job);
    }
  }
});

test("ARNs are of the account's Region and partition", LIMIT, () => {
  for (const [region, partition] of [
    ["eu-west-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-east-1", "aws-us-gov"],
  ]) {
    const text = JSON.stringify(all(createAccount({ now: NOW, region, accountId: "999988887777" }), NOW));
    const starts = tally(text.match(/arn:[^/]+:(?=key\/|project\/)/g));
    assert.deepEqual(Object.keys(starts).sort(), [
      `arn:${partition}:kms:${region}:999988887777:`,
      `arn:${partition}:rekognition:${region}:999988887777:`,
    ]);
  }
});

test("2,500 jobs of 90 days, each later than the one before it, no two alike", LIMIT, () => {
  const jobs = all(createAccount({ now: NOW }), NOW);
  assert.equal(jobs.length, 2500);
  assert.equal(new Set(jobs.map(({ JobId }) => JobId)).size, 2500);
  const times = jobs.map(({ CreationTimestamp }) => CreationTimestamp * 1000);
  assert.ok(times.every((time, index) => index === 0 || time > times[index - 1]));
  assert.ok(times[0] >= NOW - 90 * DAY && times[0] < NOW - 89 * DAY);
  assert.ok(times[2499] <= NOW && times[2499] > NOW - MINUTE);
  assert.ok(
    times.some((time) => Math.round(time) % 1000 !== 0),
    "some are between two seconds",
  );
});

test("every status, failure code and kind of member is there, whatever the seed and the time", LIMIT, () => {
  for (let seed = 0; seed < 12; seed++) {
    const now = NOW + seed * 5 * 60 * MINUTE + seed;
    const jobs = all(createAccount({ now, seed, jobs: seed === 0 ? 100 : 2500 }), now);
    assert.deepEqual(
      Object.keys(tally(jobs.map(({ Status }) => Status))).sort(),
      ["CREATED", "FAILED", "IN_PROGRESS", "QUEUED", "SUCCEEDED"],
      `seed ${seed}`,
    );
    const codes = tally(jobs.flatMap(({ FailureDetails }) => FailureDetails?.Code ?? []));
    assert.deepEqual(Object.keys(codes).sort(), CODES, `seed ${seed}`);
  }

  const jobs = all(createAccount({ now: NOW }), NOW);
  const some = (what, has) => {
    const number = jobs.filter(has).length;
    assert.ok(number > 0 && number < jobs.length, `${number} of ${jobs.length} jobs have ${what}`);
  };
  const config = (job) => job.OperationsConfig.DetectModerationLabels;
  some("a JobName", ({ JobName }) => JobName);
  some("a KmsKeyId", ({ KmsKeyId }) => KmsKeyId);
  some("a ProjectVersion", (job) => config(job).ProjectVersion);
  some("no MinConfidence", (job) => !("MinConfidence" in config(job)));
  some("a MinConfidence of 72.5", (job) => config(job).MinConfidence === 72.5);
  some("a whole MinConfidence", (job) => Number.isInteger(config(job).MinConfidence));
  some("an S3KeyPrefix", ({ OutputConfig }) => OutputConfig.S3KeyPrefix);
  some("an object version", ({ Input }) => Input.S3Object.Version);
  some("a summary of a broken manifest", (job) => job.Status === "FAILED" && job.ManifestSummary);
  some("a failure without a message", ({ FailureDetails }) => FailureDetails && !FailureDetails.Message);
  some("a name that begins as others do", ({ JobName }) => JobName?.startsWith("moderation-promo-"));

  const model = (job) => job.Results?.ModelVersions.Moderation;
  const lastOld = jobs.findLastIndex((job) => model(job) === "6.1");
  const firstNew = jobs.findIndex((job) => model(job) === "7.0");
  assert.ok(lastOld > 0 && lastOld < firstNew, "the newer model follows the older one");
});

test("jobs that crowd are still each later than the one before", LIMIT, () => {
  const account = createAccount({ now: NOW, jobs: 50_000, days: 0.01 });
  const times = Array.from({ length: 50_000 }, (_, index) => account.place(index).created);
  assert.equal(
    times.findIndex((time, index) => index > 0 && time <= times[index - 1]),
    -1,
  );
  assert.equal(account.count(times[20_000]), 20_001);
});

test("failures come in bursts", LIMIT, () => {
  const days = tally(
    all(createAccount({ now: NOW }), NOW)
      .filter(({ FailureDetails }) => FailureDetails?.Code === "ACCESS_DENIED")
      .map(({ CreationTimestamp }) => Math.floor((CreationTimestamp * 1000) / DAY)),
  );
  const total = Object.values(days).reduce((sum, number) => sum + number, 0);
  assert.ok(Math.max(...Object.values(days)) > 8 * (total / 90), JSON.stringify(days));
});

test("the same seed gives the same account, another seed another", LIMIT, () => {
  const account = (seed) => all(createAccount({ now: NOW, jobs: 300, seed }), NOW + 10 * MINUTE);
  assert.deepEqual(account(5), account(5));
  const ids = new Set(account(5).map(({ JobId }) => JobId));
  assert.ok(account(6).every(({ JobId }) => !ids.has(JobId)));
  assert.notDeepEqual(
    account(5).map(({ JobName }) => JobName),
    account(6).map(({ JobName }) => JobName),
  );
});

test("a job moves on with time, never back, and ends", LIMIT, () => {
  const order = ["CREATED", "QUEUED", "IN_PROGRESS", "ENDED"];
  const account = createAccount({ now: NOW });
  for (let index = 2480; index < 2500; index++) {
    const job = account.job(index);
    const seen = [];
    let last;
    for (let at = job.created; at <= job.created + 20 * MINUTE; at += 1000) {
      const told = describe(job, at);
      checkJob("job", told);
      checkStory(told);
      const step = order.indexOf("CompletionTimestamp" in told ? "ENDED" : told.Status);
      if (seen.at(-1) !== step) seen.push(step);
      last = told;
    }
    assert.deepEqual(seen, [0, 1, 2, 3], `job ${index} passes every status once`);
    assert.equal(last.CompletionTimestamp * 1000, job.ended);
    assert.equal(last.CreationTimestamp * 1000, job.created);
  }
});

test("new jobs arrive one every half minute or so, and were not there before", LIMIT, () => {
  const account = createAccount({ now: NOW });
  for (let minutes = 0; minutes < 200; minutes++) {
    const count = account.count(NOW + minutes * MINUTE);
    assert.ok(Math.abs(count - 2500 - 2 * minutes) <= 1, `${count} after ${minutes} minutes`);
  }
  const job = account.job(2500);
  assert.ok(job.created > NOW);
  assert.equal(account.count(job.created - 1), 2500);
  assert.equal(account.count(job.created), 2501);
  assert.equal(account.find(job.JobId, job.created - 1), undefined);
  assert.deepEqual(account.find(job.JobId, job.created), job);
});

test("counting by time and finding by id agree with the list", LIMIT, () => {
  const account = createAccount({ now: NOW, jobs: 1000, seed: 9 });
  for (let index = 0; index < 1000; index++) {
    const { JobId, created } = account.place(index);
    assert.equal(account.count(created), index + 1);
    assert.equal(account.count(created - 1), index);
    assert.equal(account.find(JobId, NOW)?.index, index);
  }
  const { JobId } = account.place(500);
  const changed = JobId.slice(0, -1) + (JobId.endsWith("0") ? "1" : "0");
  for (const id of [changed, JobId.slice(0, 63), JobId.toUpperCase(), "x", "-_-", "f".repeat(64)]) {
    assert.equal(account.find(id, NOW), undefined, id);
  }
});

test("small accounts are whole too", LIMIT, () => {
  for (const jobs of [0, 1, 2, 8, 19, 20, 21, 28, 29]) {
    const listed = all(createAccount({ now: NOW, jobs }), NOW);
    assert.equal(listed.length, jobs);
    listed.forEach((job) => checkJob("job", job));
  }
});

test("100,000 jobs are made in well under two seconds, and a million work", LIMIT, () => {
  const begun = performance.now();
  const account = createAccount({ now: NOW, jobs: 100_000 });
  for (let index = 0; index < 1000; index++) account.job(index * 100);
  const took = performance.now() - begun;
  assert.ok(took < 2000, `${took} ms`);

  const million = createAccount({ now: NOW, jobs: 1_000_000 });
  assert.equal(million.count(NOW), 1_000_000);
  const ids = new Set();
  let last = 0;
  for (let index = 900_000; index < 1_000_000; index++) {
    const { JobId, created } = million.place(index);
    if (created <= last) assert.fail(`job ${index} is not later than the one before it`);
    last = created;
    ids.add(JobId);
  }
  assert.equal(ids.size, 100_000);
  assert.equal(million.find(million.place(777_777).JobId, NOW).index, 777_777);
});

test("what is no number of jobs or no time is refused", LIMIT, () => {
  for (const jobs of [-1, 1.5, NaN, "10"]) assert.throws(() => createAccount({ now: NOW, jobs }), RangeError);
  assert.throws(() => createAccount({ now: NaN }), RangeError);
});

test("account and endpoint run in a browser: nothing of Node is imported", LIMIT, async () => {
  const entryPoints = ["account/account.js", "rekognition/endpoint.js"].map((path) => `emulator/${path}`);
  const absWorkingDir = new URL("../../../", import.meta.url).pathname;
  const { warnings } = await build({
    absWorkingDir,
    entryPoints,
    bundle: true,
    write: false,
    outdir: "unused",
    format: "esm",
    platform: "browser",
    logLevel: "silent",
  });
  assert.deepEqual(warnings, []);
});
