// The sample account: a seeded, realistic history of media analysis jobs that goes on living as time passes.
//
// Nothing but creation times is stored: all else about job number i follows from the seed and i, so that a million
// jobs are made at once and a page costs what it shows. Jobs are numbered from the oldest, 0.

import { CAMPAIGNS, campaignRates } from "./campaigns.js";
import { FAILURES, drawFailure, failureOf } from "./failures.js";
import { mix32, mulberry32, pick, pickWeighted, unmix32 } from "./random.js";

/**
 * @typedef {object} Job a job with its whole life, past and to come; times are milliseconds since 1970
 * @property {number} index
 * @property {string} JobId
 * @property {number} created
 * @property {number} queued
 * @property {number} started
 * @property {number} ended
 * @property {{ Code: string, Message?: string } | undefined} failure what it fails of, or undefined if it succeeds
 * @property {boolean} summarised whether the service gets far enough to write a manifest summary
 * @property {string} model the moderation model's version
 * @property {import("./campaigns.js").Campaign} campaign who started it
 * @property {Request} request
 */

/**
 * The members that the caller gave on starting a job.
 * @typedef {Pick<import("rekognition-jobs").MediaAnalysisJob, "JobName" | "OperationsConfig" | "Input" | "OutputConfig" |
 *   "KmsKeyId">} Request
 */

/**
 * @typedef {object} Account
 * @property {string} region
 * @property {number} seed
 * @property {(at: number) => number} count how many jobs were created up to a moment
 * @property {(index: number) => { JobId: string, created: number }} place what orders and names a job
 * @property {(index: number) => Job} job
 * @property {(JobId: string, at: number) => Job | undefined} find the job with this id, if it was created by then
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NEW_JOB_EVERY = 30_000;
/** So many of the newest jobs came one every half minute already, so that each unfinished status is there. */
const LIVE_JOBS = 20;
const NEW_MODEL_DAYS_AGO = 52;
const HEX = Array.from({ length: 65_536 }, (_, word) => word.toString(16).padStart(4, "0"));

/**
 * Makes an account: `jobs` jobs in the days before `now`, and from then on a new one every half minute.
 * @param {object} options
 * @param {number} options.now milliseconds since 1970
 * @param {number} [options.jobs]
 * @param {number} [options.seed]
 * @param {string} [options.region]
 * @param {string} [options.accountId]
 * @param {number} [options.days]
 * @returns {Account}
 */
export function createAccount({
  now,
  jobs = 2500,
  seed = 1,
  region = "us-east-1",
  accountId = "111122223333",
  days = 90,
}) {
  if (!Number.isFinite(now)) throw new RangeError(`now must be a time in milliseconds, not ${now}`);
  if (!Number.isSafeInteger(jobs) || jobs < 0) throw new RangeError(`jobs must be a whole number from 0, not ${jobs}`);
  now = Math.floor(now);
  const key = mix32(mix32(seed) ^ Math.floor(seed / 2 ** 32) ^ 0x5eed);
  const past = jobs - Math.min(jobs, LIVE_JOBS);
  const hourOf = rememberHour(now, key);
  const history = spread(past, now - days * DAY, now - (jobs - past) * NEW_JOB_EVERY, hourOf, mulberry32(key));
  const staged = stageEveryFailure(past, key);
  const arn = (service, name) => `arn:${partition(region)}:${service}:${region}:${accountId}:${name}`;

  const createdAt = (index) => {
    if (index < past) return history[index];
    const jitter = (mix32(key ^ mix32(index)) / 4294967296 - 0.5) * 0.66;
    return now + Math.floor((index - jobs + 0.5 + jitter) * NEW_JOB_EVERY);
  };

  const idOf = (index) => {
    const random = mulberry32(key ^ mix32(index + 1));
    let id = hex(mix32(index + key));
    for (let word = 1; word < 8; word++) id += hex(random() * 4294967296);
    return id;
  };

  const count = (at) => {
    if (past < 1 || at >= history[past - 1]) {
      const next = jobs + Math.floor((at - now) / NEW_JOB_EVERY);
      return Math.max(past, createdAt(next) <= at ? next + 1 : next);
    }
    let low = 0;
    let high = past;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (history[middle] <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const place = (index) => ({ JobId: idOf(index), created: createdAt(index) });

  const job = (index) => {
    const random = mulberry32(mix32(key ^ mix32(index)));
    const { JobId, created } = place(index);
    const { moment, rates } = hourOf(created);
    const campaign = CAMPAIGNS[pickWeighted(random, rates)];
    const { inputBucket, outputBucket, failureRate } = campaign;
    const failure = staged.has(index)
      ? failureOf(staged.get(index))
      : drawFailure({ daysAgo: moment.daysAgo, inputBucket, failureRate }, random);

    /** @type {any} a Request, member by member */
    const request = { OperationsConfig: { DetectModerationLabels: {} } };
    const name = campaign.name(moment, random);
    if (name) request.JobName = name;
    const config = request.OperationsConfig.DetectModerationLabels;
    const confidence = pick(random, campaign.confidences);
    if (confidence !== undefined) config.MinConfidence = confidence;
    if (random() < campaign.adapted || failure?.needs === "project") {
      config.ProjectVersion = arn("rekognition", projectVersion(campaign.project ?? "trial", moment));
    }
    const source = { Bucket: inputBucket, Name: campaign.inputKey(moment, random) };
    if (random() < campaign.versioned) source.Version = objectVersion(random);
    request.Input = { S3Object: source };
    request.OutputConfig = { S3Bucket: outputBucket };
    const prefix = campaign.outputPrefix(moment);
    if (prefix) request.OutputConfig.S3KeyPrefix = prefix;
    if (random() < campaign.encrypted || failure?.needs === "kms") {
      request.KmsKeyId = (pick(random, campaign.kmsKeys) ?? "alias/media").replace("*", arn("kms", ""));
    }

    return {
      index,
      JobId,
      created,
      campaign,
      ...(index < past ? pastTimes(created, campaign.minutes, failure, random) : liveTimes(created, random)),
      failure: failure && describeFailure(failure, request, region, random),
      summarised: !failure || (failure.stage === "reading" && random() < 0.7),
      model: moment.daysAgo > NEW_MODEL_DAYS_AGO ? "6.1" : "7.0",
      request,
    };
  };

  const find = (JobId, at) => {
    const index = (unmix32(parseInt(JobId.slice(0, 8), 16)) - key) >>> 0;
    return index < count(at) && idOf(index) === JobId ? job(index) : undefined;
  };

  return { region, seed, count, place, job, find };
}

/**
 * A job as the service tells it at a moment, in its wire form: timestamps are seconds since 1970.
 * @param {Job} job
 * @param {number} at milliseconds since 1970
 * @returns {object} a MediaAnalysisJobDescription
 */
export function describe(job, at) {
  const { JobName, OperationsConfig, Input, OutputConfig, KmsKeyId } = job.request;
  const ended = at >= job.ended;
  const told = { JobId: job.JobId };
  if (JobName) told.JobName = JobName;
  told.OperationsConfig = OperationsConfig;
  told.Status = statusAt(job, at);
  if (ended && job.failure) told.FailureDetails = job.failure;
  told.CreationTimestamp = job.created / 1000;
  if (ended) told.CompletionTimestamp = job.ended / 1000;
  told.Input = Input;
  told.OutputConfig = OutputConfig;
  if (KmsKeyId) told.KmsKeyId = KmsKeyId;
  if (ended && !job.failure) {
    told.Results = { S3Object: output(job, "results.jsonl"), ModelVersions: { Moderation: job.model } };
  }
  if (ended && job.summarised) told.ManifestSummary = { S3Object: output(job, "manifest-summary.json") };
  return told;
}

function statusAt(job, at) {
  if (at >= job.ended) return job.failure ? "FAILED" : "SUCCEEDED";
  if (at >= job.started) return "IN_PROGRESS";
  return at >= job.queued ? "QUEUED" : "CREATED";
}

function output({ JobId, request }, suffix) {
  const { S3Bucket, S3KeyPrefix } = request.OutputConfig;
  return { Bucket: S3Bucket, Name: `${S3KeyPrefix ? `${S3KeyPrefix}/` : ""}${JobId}-${suffix}` };
}

/** Spreads `jobs` creation times over the hours from `from` to `to` as the campaigns are busy, each after the last. */
function spread(jobs, from, to, hourOf, random) {
  const hours = Math.ceil((to - from) / HOUR);
  const upTo = new Float64Array(hours + 1);
  for (let hour = 0; hour < hours; hour++) {
    let rate = 0;
    for (const part of hourOf(from + hour * HOUR).rates) rate += part;
    upTo[hour + 1] = upTo[hour] + rate;
  }
  const times = new Float64Array(jobs);
  let last = from;
  let hour = 0;
  for (let index = 0; index < jobs; index++) {
    const share = ((index + random()) / jobs) * upTo[hours];
    while (upTo[hour + 1] <= share) hour++;
    const within = (share - upTo[hour]) / (upTo[hour + 1] - upTo[hour]);
    const time = from + Math.floor(((hour + within) / hours) * (to - from));
    times[index] = last = Math.max(time, last + 1);
  }
  return times;
}

/** Chooses one past job for each failure code, so that none is missing from an account of a hundred jobs or more. */
function stageEveryFailure(past, key) {
  const staged = new Map();
  const step = Math.floor(past / FAILURES.length);
  const random = mulberry32(key ^ 0xfa11);
  for (let index = 0; step > 0 && index < FAILURES.length; index++) {
    staged.set(index * step + Math.floor(random() * step), FAILURES[index].code);
  }
  return staged;
}

/**
 * @param {number} created
 * @param {readonly [shortest: number, longest: number]} minutes
 * @param {{ stage: string } | undefined} failure
 * @param {() => number} random
 */
function pastTimes(created, [shortest, longest], failure, random) {
  const queued = created + 200 + Math.floor(random() * 4_000);
  const started = queued + 1_000 + Math.floor(random() ** 3 * 240_000);
  if (failure?.stage === "early") return { queued, started, ended: started + 300 + Math.floor(random() * 5_000) };
  if (failure?.stage === "reading") return { queued, started, ended: started + 4_000 + Math.floor(random() * 60_000) };
  const minutes = shortest * (longest / shortest) ** random();
  return { queued, started, ended: started + Math.floor(minutes * 60_000 * (failure ? random() : 1)) };
}

function liveTimes(created, random) {
  const queued = created + 25_000 + Math.floor(random() * 25_000);
  const started = queued + 75_000 + Math.floor(random() * 65_000);
  return { queued, started, ended: started + 180_000 + Math.floor(random() * 300_000) };
}

function describeFailure(failure, request, region, random) {
  const { S3Object } = request.Input;
  const { S3Bucket, S3KeyPrefix } = request.OutputConfig;
  const message = failure.message(
    {
      input: `s3://${S3Object.Bucket}/${S3Object.Name}`,
      output: `s3://${S3Bucket}/${S3KeyPrefix ? `${S3KeyPrefix}/` : ""}`,
      outputBucket: S3Bucket,
      region,
      kmsKeyId: request.KmsKeyId,
      projectVersion: request.OperationsConfig.DetectModerationLabels.ProjectVersion,
    },
    random,
  );
  return message ? { Code: failure.code, Message: message } : { Code: failure.code };
}

/** Tells of the hour that a time lies in: what campaigns know of it, and their rates. Remembers the last one. */
function rememberHour(now, key) {
  let known = { start: NaN };
  return (time) => {
    const start = time - (time % HOUR);
    if (start !== known.start) {
      const moment = momentOf(start, now);
      known = { start, moment, rates: campaignRates(moment, key) };
    }
    return known;
  };
}

function momentOf(hourStart, now) {
  const iso = new Date(hourStart).toISOString();
  const day = Math.floor(hourStart / DAY);
  return {
    day,
    hour: Math.floor(hourStart / HOUR) % 24,
    weekend: (day + 3) % 7 >= 5,
    daysAgo: (now - hourStart) / DAY,
    date: iso.slice(0, 10),
    mmdd: iso.slice(5, 7) + iso.slice(8, 10),
    month: `${iso.slice(0, 4)}/${iso.slice(5, 7)}`,
  };
}

function projectVersion(project, { day }) {
  const trained = day - (day % 40) - 3;
  const iso = new Date(trained * DAY).toISOString();
  return `project/${project}/version/${project}.${iso.slice(0, 10)}/${trained * DAY + 36_005_958}`;
}

function objectVersion(random) {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";
  let version = "";
  for (let position = 0; position < 32; position++) version += letters[Math.floor(random() * letters.length)];
  return version;
}

function partition(region) {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function hex(word) {
  return HEX[(word >>> 16) & 0xffff] + HEX[word & 0xffff];
}
