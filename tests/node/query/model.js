// A plain JavaScript model of the query language, and the jobs that queries are held to it on.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { createJobs } from "rekognition-jobs";
import { meant, seeded } from "../jobs_of.js";

export const LIMIT = { timeout: 60_000 };
export const NOW = Date.UTC(2026, 10, 24, 11, 30, 15, 250);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const s3Uri = (bucket, key) =>
  bucket === undefined && key === undefined ? undefined : `s3://${bucket ?? ""}/${key ?? ""}`;
const ofObject = (object) => s3Uri(object?.Bucket, object?.Name);
export const time = (date) => date?.getTime();

export const FIELDS = {
  status: (job) => job.Status,
  code: (job) => job.FailureDetails?.Code,
  model: (job) => job.Results?.ModelVersions?.Moderation,
  name: (job) => job.JobName,
  id: (job) => job.JobId,
  message: (job) => job.FailureDetails?.Message,
  kms: (job) => job.KmsKeyId,
  project: (job) => job.OperationsConfig?.DetectModerationLabels?.ProjectVersion,
  input: (job) => ofObject(job.Input?.S3Object),
  output: (job) => s3Uri(job.OutputConfig?.S3Bucket, job.OutputConfig?.S3KeyPrefix),
  results: (job) => ofObject(job.Results?.S3Object),
  summary: (job) => ofObject(job.ManifestSummary?.S3Object),
  confidence: (job) => job.OperationsConfig?.DetectModerationLabels?.MinConfidence,
  created: (job) => time(job.CreationTimestamp),
  completed: (job) => time(job.CompletionTimestamp),
  duration: (job) =>
    job.CreationTimestamp && job.CompletionTimestamp ? job.CompletionTimestamp - job.CreationTimestamp : undefined,
};
export const VALUE_FIELDS = ["status", "code", "model"];
export const TEXT_FIELDS = ["name", "id", "message", "kms", "project", "input", "output", "results", "summary"];
export const NUMERIC_FIELDS = ["confidence", "created", "completed", "duration"];

export const PRESENCE = {
  name: (job) => job.JobName,
  completed: (job) => job.CompletionTimestamp,
  failure: (job) => job.FailureDetails,
  code: FIELDS.code,
  message: FIELDS.message,
  kms: FIELDS.kms,
  project: FIELDS.project,
  confidence: FIELDS.confidence,
  model: FIELDS.model,
  results: (job) => job.Results,
  summary: (job) => job.ManifestSummary,
  version: (job) => job.Input?.S3Object?.Version,
  prefix: (job) => job.OutputConfig?.S3KeyPrefix,
};

const fold = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const contains = (text, part) => text !== undefined && fold(text).includes(fold(part));
export const byUtf8 = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function fits(text, pattern) {
  const source = fold(pattern)
    .split("*")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"))
    .join("[^]*");
  return text !== undefined && new RegExp(`^${source}$`).test(fold(text));
}

export const at = (text) => Date.parse(text) / 1000;
const labels = (members) => ({ DetectModerationLabels: members });
export const s3 = (Bucket, Name, Version) => ({
  S3Object: { Bucket, ...(Name !== undefined && { Name }), ...(Version && { Version }) },
});

const BY_HAND = [
  { JobId: "bare" },
  { JobId: "only-created", CreationTimestamp: at("2026-11-24T09:30:00Z") },
  { JobId: "only-completed", CompletionTimestamp: at("2026-11-24T09:30:00Z"), Status: "SUCCEEDED" },
  {
    JobId: "empty-parts",
    JobName: "",
    FailureDetails: {},
    Results: {},
    ManifestSummary: {},
    OperationsConfig: {},
    Input: {},
    OutputConfig: {},
  },
  {
    JobId: "empty-texts",
    JobName: "",
    FailureDetails: { Code: "", Message: "" },
    KmsKeyId: "",
    OperationsConfig: labels({ ProjectVersion: "" }),
  },
  {
    JobId: "promo-0412",
    JobName: "Moderation-Promo-0412",
    Status: "FAILED",
    CreationTimestamp: at("2026-11-24T09:30:00Z"),
    CompletionTimestamp: at("2026-11-24T09:31:30Z"),
    FailureDetails: { Code: "ACCESS_DENIED", Message: "Not allowed to read s3://acme/promo (1,024 objects)." },
    Input: s3("acme", "promo/Manifest.json", "v1"),
    OutputConfig: { S3Bucket: "out" },
    OperationsConfig: labels({ MinConfidence: 50 }),
  },
  {
    JobId: "promo-0413",
    JobName: "moderation promo 0413",
    Status: "SUCCEEDED",
    CreationTimestamp: at("2026-11-24T09:30:00Z"),
    CompletionTimestamp: at("2026-11-24T09:45:00Z"),
    Input: s3("acme", "promo/a,b.json"),
    OutputConfig: { S3Bucket: "out", S3KeyPrefix: "x/y" },
    OperationsConfig: labels({
      MinConfidence: 80,
      ProjectVersion: "arn:aws:rekognition:us-east-1:111122223333:project/p/version/1/2",
    }),
    Results: { ...s3("out", "x/y/r.jsonl"), ModelVersions: { Moderation: "7.0" } },
    ManifestSummary: s3("out", "x/y/s.json"),
    KmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/1234",
  },
  {
    JobId: "quotes",
    JobName: 'a "quoted" \\name\\ *star* (paren) -dash OR NOT',
    Status: "IN_PROGRESS",
    CreationTimestamp: at("2026-11-23T23:59:59.999Z"),
    Input: s3("b", "k*ey"),
    OutputConfig: { S3Bucket: "OUT", S3KeyPrefix: "" },
  },
  {
    JobId: "unicode",
    JobName: "Zürich ÄÖ 😀 名前",
    Status: "QUEUED",
    CreationTimestamp: at("2026-11-24T00:00:00Z"),
    FailureDetails: { Message: "naïve\nline two\ttab" },
  },
  { JobId: "late-bmp", JobName: "\uffff", Status: "CREATED", CreationTimestamp: at("2026-11-25T00:00:00Z") },
  { JobId: "astral", JobName: "\u{1f600}", Status: "CREATED", CreationTimestamp: at("2026-11-25T00:00:00Z") },
  { JobId: "private-use", JobName: "\ue000", Status: "CREATED", CreationTimestamp: at("2026-11-25T00:00:00Z") },
  {
    JobId: "new-status",
    Status: "PAUSED-by Admin",
    CreationTimestamp: at("2026-12-01T00:00:00Z"),
    FailureDetails: { Code: "New_Code" },
  },
  {
    JobId: "backwards",
    Status: "FAILED",
    CreationTimestamp: at("2026-11-24T10:00:00Z"),
    CompletionTimestamp: at("2026-11-24T09:59:55Z"),
  },
  {
    JobId: "instant",
    Status: "FAILED",
    CreationTimestamp: at("2026-11-24T10:00:00Z"),
    CompletionTimestamp: at("2026-11-24T10:00:00Z"),
    OperationsConfig: labels({ MinConfidence: 0 }),
  },
  {
    JobId: "leap",
    CreationTimestamp: at("2024-02-29T12:00:00Z"),
    CompletionTimestamp: at("2024-03-01T12:00:00Z"),
    OperationsConfig: labels({ MinConfidence: 99.9 }),
  },
  {
    JobId: "ancient",
    CreationTimestamp: -86_400.5,
    CompletionTimestamp: 0.25,
    OperationsConfig: labels({ MinConfidence: 0.0001 }),
  },
  {
    JobId: "week-ago",
    Status: "SUCCEEDED",
    CreationTimestamp: (NOW - 7 * DAY) / 1000,
    CompletionTimestamp: (NOW - 7 * DAY + 1) / 1000,
  },
  {
    JobId: "week-and-1ms-ago",
    Status: "SUCCEEDED",
    CreationTimestamp: (NOW - 7 * DAY - 1) / 1000,
    CompletionTimestamp: NOW / 1000,
  },
  { JobId: "this-moment", CreationTimestamp: NOW / 1000 },
  { JobId: "ID-upper", JobName: "NOT", Status: "FAILED" },
  { JobId: "id-lower", JobName: "or", Status: "FAILED" },
  { JobId: "and", JobName: "AND", Status: "FAILED" },
];

function atRandom(count, random) {
  const pick = (...values) => values[Math.floor(random() * values.length)];
  const maybe = (chance, make) => (random() < chance ? make() : undefined);
  return Array.from({ length: count }, (_, i) => {
    const created = NOW - Math.floor(random() ** 2 * 400 * DAY);
    const id = `${pick("a", "B", "c9", "_")}${i}-${Math.floor(random() * 1e6).toString(36)}`;
    const out = pick("acme-out", "Out.Bucket", "zürich-out");
    const prefix = maybe(0.6, () => pick("results", "a/b", "a/b/c d", ""));
    const job = {
      JobId: id,
      JobName: maybe(
        0.8,
        () =>
          [pick("nightly", "Moderation-promo", "backfill", "thumb ÄÖ", "x"), Math.floor(random() * 30)].join("-") +
          pick("", "-EU", ".v2"),
      ),
      Status: maybe(0.9, () => pick("CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED", "SUCCEEDED", "FAILED", "FAILED")),
      FailureDetails: maybe(0.4, () => ({
        ...maybe(0.8, () => ({ Code: pick("ACCESS_DENIED", "INVALID_MANIFEST", "THROTTLED", "INTERNAL_ERROR") })),
        ...maybe(0.8, () => ({
          Message: pick(
            "Access denied for s3://acme-in.",
            "Line 17: not JSON",
            "Try again, later",
            "Zugriff verweigert: Ü",
          ),
        })),
      })),
      CreationTimestamp: maybe(0.95, () => created / 1000),
      CompletionTimestamp: maybe(0.7, () => (created + Math.floor(random() ** 4 * 3 * DAY)) / 1000),
      OperationsConfig: maybe(0.9, () =>
        labels({
          ...maybe(0.7, () => ({ MinConfidence: pick(0, 25, 50, 50.5, 75, 80, 100, 66.6) })),
          ...maybe(0.3, () => ({
            ProjectVersion: `arn:aws:rekognition:x:111122223333:project/${pick("ugc", "Catalog")}/version/1/${i}`,
          })),
        }),
      ),
      Input: maybe(0.9, () =>
        s3(
          pick("acme-in", "Uploads"),
          maybe(0.9, () => `${pick("manifests", "daily/2026", "try/Prüfung")}/${i}.jsonl`),
          maybe(0.3, () => "v7"),
        ),
      ),
      OutputConfig: maybe(0.9, () => ({ S3Bucket: out, ...(prefix !== undefined && { S3KeyPrefix: prefix }) })),
      KmsKeyId: maybe(0.3, () => pick("alias/media", "arn:aws:kms:us-east-1:111122223333:key/ABCD", "1234-5678")),
      Results: maybe(0.5, () => ({
        ...maybe(0.9, () => s3(out, `${prefix ?? ""}/${id}-results.jsonl`)),
        ...maybe(0.8, () => ({ ModelVersions: maybe(0.9, () => ({ Moderation: pick("6.1", "7.0", "10.0") })) ?? {} })),
      })),
      ManifestSummary: maybe(0.5, () => s3(out, `${prefix ?? ""}/${id}-manifest-summary.json`)),
    };
    for (const [name, value] of Object.entries(job)) if (value === undefined) delete job[name];
    return job;
  });
}

const WIRE = [...BY_HAND, ...atRandom(140, seeded(31))];
export const MODEL = WIRE.map(meant);

export let jobs;

before(async (t) => {
  jobs = await createJobs();
  const { added, rejectedCount } = await jobs.import(JSON.stringify(WIRE));
  assert.deepEqual({ added, rejectedCount }, { added: WIRE.length, rejectedCount: 0 });
}, LIMIT);

after(() => jobs?.close());

/** The query's answer at NOW. */
export function ask(t, text, options) {
  t.mock.timers.enable({ apis: ["Date"], now: NOW });
  try {
    return jobs.query(text, options);
  } finally {
    t.mock.timers.reset();
  }
}

export const idsOf = (list) => Array.from(list, ({ JobId }) => JobId);

export function defaultOrder(a, b) {
  const [first, second] = [FIELDS.created(a), FIELDS.created(b)];
  if ((first === undefined) !== (second === undefined)) return first === undefined ? 1 : -1;
  return first !== second ? second - first : byUtf8(a.JobId, b.JobId);
}

/** Fails unless the query gives just the model's jobs for which `means` is true, newest first. */
export function check(t, text, means) {
  const view = ask(t, text);
  const expected = MODEL.filter((job) => means(job)).sort(defaultOrder);
  assert.deepEqual(idsOf(view), idsOf(expected), text);
  assert.equal(view.length, expected.length, text);
  view.close();
}

export const words = (text) => (job) =>
  [job.JobName, job.JobId, FIELDS.input(job), FIELDS.output(job), FIELDS.message(job)].some((member) =>
    contains(member, text),
  );
export const is =
  (field, ...values) =>
  (job) =>
    values.some(
      (value) => FIELDS[field](job)?.toUpperCase().replaceAll("-", "_") === value.toUpperCase().replaceAll("-", "_"),
    );
export const includes = (field, text) => (job) => contains(FIELDS[field](job), text);
export const exactly = (field, text) => (job) =>
  FIELDS[field](job) !== undefined && fold(FIELDS[field](job)) === fold(text);
export const pattern = (field, text) => (job) => fits(FIELDS[field](job), text);
export const where = (field, holds) => (job) => FIELDS[field](job) !== undefined && holds(FIELDS[field](job));
export const all =
  (...tests) =>
  (job) =>
    tests.every((holds) => holds(job));
export const any =
  (...tests) =>
  (job) =>
    tests.some((holds) => holds(job));
export const not = (holds) => (job) => !holds(job);
export const has = (name) => (job) => PRESENCE[name](job) !== undefined;
