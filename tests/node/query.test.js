// The query language, sorting, facets and histograms, against a plain JavaScript model of what they mean.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { QueryError, createJobs } from "rekognition-jobs";
import { meant, seeded } from "./jobs_of.js";

const LIMIT = { timeout: 60_000 };
const NOW = Date.UTC(2026, 10, 24, 11, 30, 15, 250);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// --- The model: what each field is of a plain job ---

const s3Uri = (bucket, key) =>
  bucket === undefined && key === undefined ? undefined : `s3://${bucket ?? ""}/${key ?? ""}`;
const ofObject = (object) => s3Uri(object?.Bucket, object?.Name);
const time = (date) => date?.getTime();

const FIELDS = {
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
const VALUE_FIELDS = ["status", "code", "model"];
const TEXT_FIELDS = ["name", "id", "message", "kms", "project", "input", "output", "results", "summary"];
const NUMERIC_FIELDS = ["confidence", "created", "completed", "duration"];

const PRESENCE = {
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
const byUtf8 = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function fits(text, pattern) {
  const source = fold(pattern)
    .split("*")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"))
    .join("[^]*");
  return text !== undefined && new RegExp(`^${source}$`).test(fold(text));
}

// --- Jobs to ask for: made by hand where it matters, at random where it does not ---

const at = (text) => Date.parse(text) / 1000;
const labels = (members) => ({ DetectModerationLabels: members });
const s3 = (Bucket, Name, Version) => ({
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
const MODEL = WIRE.map(meant);

let jobs;

before(async (t) => {
  jobs = await createJobs();
  const { added, rejectedCount } = await jobs.import(JSON.stringify(WIRE));
  assert.deepEqual({ added, rejectedCount }, { added: WIRE.length, rejectedCount: 0 });
}, LIMIT);

after(() => jobs?.close());

/** The query's answer at NOW. */
function ask(t, text, options) {
  t.mock.timers.enable({ apis: ["Date"], now: NOW });
  try {
    return jobs.query(text, options);
  } finally {
    t.mock.timers.reset();
  }
}

const idsOf = (list) => Array.from(list, ({ JobId }) => JobId);

function defaultOrder(a, b) {
  const [first, second] = [FIELDS.created(a), FIELDS.created(b)];
  if ((first === undefined) !== (second === undefined)) return first === undefined ? 1 : -1;
  return first !== second ? second - first : byUtf8(a.JobId, b.JobId);
}

/** Fails unless the query gives just the model's jobs for which `means` is true, newest first. */
function check(t, text, means) {
  const view = ask(t, text);
  const expected = MODEL.filter((job) => means(job)).sort(defaultOrder);
  assert.deepEqual(idsOf(view), idsOf(expected), text);
  assert.equal(view.length, expected.length, text);
  view.close();
}

// --- The language, line by line ---

const words = (text) => (job) =>
  [job.JobName, job.JobId, FIELDS.input(job), FIELDS.output(job), FIELDS.message(job)].some((member) =>
    contains(member, text),
  );
const is =
  (field, ...values) =>
  (job) =>
    values.some(
      (value) => FIELDS[field](job)?.toUpperCase().replaceAll("-", "_") === value.toUpperCase().replaceAll("-", "_"),
    );
const includes = (field, text) => (job) => contains(FIELDS[field](job), text);
const exactly = (field, text) => (job) => FIELDS[field](job) !== undefined && fold(FIELDS[field](job)) === fold(text);
const pattern = (field, text) => (job) => fits(FIELDS[field](job), text);
const where = (field, holds) => (job) => FIELDS[field](job) !== undefined && holds(FIELDS[field](job));
const within = (field, from, to) => where(field, (value) => value >= Date.parse(from) && value < Date.parse(to));
const all =
  (...tests) =>
  (job) =>
    tests.every((holds) => holds(job));
const any =
  (...tests) =>
  (job) =>
    tests.some((holds) => holds(job));
const not = (holds) => (job) => !holds(job);
const has = (name) => (job) => PRESENCE[name](job) !== undefined;

const MEANINGS = {
  "": () => true,
  " \t\n ": () => true,
  promo: words("promo"),
  PROMO: words("promo"),
  "promo 0412": all(words("promo"), words("0412")),
  '"moderation promo"': words("moderation promo"),
  '""': () => true,
  "s3://acme": words("s3://acme"),
  "s3://acme/promo": words("s3://acme/promo"),
  "s3://out/": words("s3://out/"),
  "arn:aws:rekognition": words("arn:aws:rekognition"),
  "ARN:aws": words("arn:aws"),
  "1,024": words("1,024"),
  "17:": words("17:"),
  "12:30": words("12:30"),
  ":x": words(":x"),
  "a1:b": words("a1:b"),
  "foo-bar:x": words("foo-bar:x"),
  "foo_bar:x": words("foo_bar:x"),
  "k*ey": words("k*ey"),
  "=x": words("=x"),
  Zürich: words("Zürich"),
  zürich: words("zürich"),
  ZÜRICH: words("ZÜRICH"),
  "😀": words("😀"),
  名: words("名"),
  '"line two"': words("line two"),
  '"naïve\nline"': words("naïve\nline"),
  '"a \\"quoted\\""': words('a "quoted"'),
  '"\\\\name\\\\"': words("\\name\\"),
  "\\name": words("\\name"),
  '"*star*"': words("*star*"),
  '"(paren)"': words("(paren)"),
  '"-dash"': words("-dash"),
  '"OR"': words("or"),
  '"NOT"': words("not"),
  '"status:failed"': words("status:failed"),
  or: words("or"),
  not: words("not"),
  Or: words("or"),
  Not: words("not"),
  AND: words("and"),
  "promo AND 0412": all(words("promo"), words("and"), words("0412")),
  ORx: words("orx"),
  NOTx: words("notx"),
  "a-b": words("a-b"),
  "promo OR nightly": any(words("promo"), words("nightly")),
  "promo 0412 OR nightly -eu": any(all(words("promo"), words("0412")), all(words("nightly"), not(words("eu")))),
  "promo (0412 OR 0413)": all(words("promo"), any(words("0412"), words("0413"))),
  "(promo)": words("promo"),
  "((promo) OR ((nightly)))": any(words("promo"), words("nightly")),
  "promo(0412)": all(words("promo"), words("0412")),
  "(promo)0412": all(words("promo"), words("0412")),
  "a OR b OR c9": any(words("a"), words("b"), words("c9")),
  "-promo": not(words("promo")),
  "NOT promo": not(words("promo")),
  "NOT (promo OR nightly)": not(any(words("promo"), words("nightly"))),
  "-(promo OR nightly)": not(any(words("promo"), words("nightly"))),
  "-(promo 0412)": not(all(words("promo"), words("0412"))),
  "NOT(promo)": not(words("promo")),
  '-"moderation promo"': not(words("moderation promo")),
  "-status:failed": not(is("status", "FAILED")),
  "NOT status:failed nightly": all(not(is("status", "FAILED")), words("nightly")),
  "-status:failed OR nightly": any(not(is("status", "FAILED")), words("nightly")),
  "\tpromo\n OR\r\n nightly ": any(words("promo"), words("nightly")),

  "status:failed": is("status", "FAILED"),
  "STATUS:Failed": is("status", "FAILED"),
  "status:in-progress": is("status", "IN_PROGRESS"),
  "status:IN_PROGRESS": is("status", "IN_PROGRESS"),
  "status:In-Progress,queued": is("status", "IN_PROGRESS", "QUEUED"),
  'status:"failed"': is("status", "FAILED"),
  'status:"paused-by admin"': is("status", "PAUSED-by Admin"),
  "status:created,queued,in-progress,succeeded,failed": is(
    "status",
    "CREATED",
    "QUEUED",
    "IN_PROGRESS",
    "SUCCEEDED",
    "FAILED",
  ),
  "code:access-denied": is("code", "ACCESS_DENIED"),
  "code:new-code": is("code", "New_Code"),
  "code:resource_not_ready": is("code", "RESOURCE_NOT_READY"),
  "code:throttled,internal_error": is("code", "THROTTLED", "INTERNAL_ERROR"),
  "model:7.0": is("model", "7.0"),
  "model:7": is("model", "7"),
  "model:6.1,10.0": is("model", "6.1", "10.0"),
  "model:99": () => false,

  "name:promo": includes("name", "promo"),
  "name:PROMO": includes("name", "promo"),
  'name:""': has("name"),
  "name:*": has("name"),
  'name:="" ': exactly("name", ""),
  'name:"moderation promo"': includes("name", "moderation promo"),
  "name:moderation*": pattern("name", "moderation*"),
  "name:*0412": pattern("name", "*0412"),
  "name:mod*promo*": pattern("name", "mod*promo*"),
  "name:m**4*2": pattern("name", "m**4*2"),
  "name:*o*o*": pattern("name", "*o*o*"),
  "name:x*x": pattern("name", "x*x"),
  'name:"*star*"': includes("name", "*star*"),
  "name:=moderation-promo-0412": exactly("name", "moderation-promo-0412"),
  "name:=promo": exactly("name", "promo"),
  'name:="moderation promo 0413"': exactly("name", "moderation promo 0413"),
  "name:=*": exactly("name", "*"),
  'name:"=x"': includes("name", "=x"),
  "name:=or,=NOT,backfill*": any(exactly("name", "or"), exactly("name", "NOT"), pattern("name", "backfill*")),
  'name:"a \\"quoted\\"",nightly': any(includes("name", 'a "quoted"'), includes("name", "nightly")),
  "name:-dash": includes("name", "-dash"),
  "name:Zürich": includes("name", "Zürich"),
  "name:zÜrich": includes("name", "zÜrich"),
  "id:promo-041": includes("id", "promo-041"),
  "id:=ID-UPPER": exactly("id", "id-upper"),
  "id:*-0412": pattern("id", "*-0412"),
  "message:denied": includes("message", "denied"),
  "message:*.": pattern("message", "*."),
  'message:"line two"': includes("message", "line two"),
  "kms:alias/": includes("kms", "alias/"),
  "kms:arn:aws:kms:*": pattern("kms", "arn:aws:kms:*"),
  "kms:=alias/media": exactly("kms", "alias/media"),
  "project:ugc": includes("project", "ugc"),
  "project:arn:*:project/catalog/*": pattern("project", "arn:*:project/catalog/*"),
  "input:s3://acme/promo/manifest.json": includes("input", "s3://acme/promo/manifest.json"),
  "input:=s3://acme/promo/manifest.json": exactly("input", "s3://acme/promo/manifest.json"),
  "input:s3://acme-in/*": pattern("input", "s3://acme-in/*"),
  'input:"a,b"': includes("input", "a,b"),
  "input:a,b": any(includes("input", "a"), includes("input", "b")),
  "output:=s3://out/": exactly("output", "s3://out/"),
  "output:*/": pattern("output", "*/"),
  "output:s3://out/x/y": includes("output", "s3://out/x/y"),
  "results:r.jsonl": includes("results", "r.jsonl"),
  "results:*": (job) => FIELDS.results(job) !== undefined,
  "summary:*manifest-summary.json": pattern("summary", "*manifest-summary.json"),

  "confidence:50": where("confidence", (value) => value === 50),
  "confidence:50.0": where("confidence", (value) => value === 50),
  "confidence:66.6": where("confidence", (value) => value === 66.6),
  "confidence:99.9,0": where("confidence", (value) => value === 99.9 || value === 0),
  "confidence:>50": where("confidence", (value) => value > 50),
  "confidence:>=50": where("confidence", (value) => value >= 50),
  "confidence:<50": where("confidence", (value) => value < 50),
  "confidence:<=50": where("confidence", (value) => value <= 50),
  "confidence:50..80": where("confidence", (value) => value >= 50 && value <= 80),
  "confidence:50..": where("confidence", (value) => value >= 50),
  "confidence:..50": where("confidence", (value) => value <= 50),
  "confidence:80..50": () => false,
  "confidence:<25,>=100": where("confidence", (value) => value < 25 || value >= 100),
  "confidence:0.0001": where("confidence", (value) => value === 0.0001),
  "-confidence:>=0": (job) => !(FIELDS.confidence(job) >= 0),

  "created:2026": within("created", "2026-01-01", "2027-01-01"),
  "created:2026-11": within("created", "2026-11-01", "2026-12-01"),
  "created:2026-12": within("created", "2026-12-01", "2027-01-01"),
  "created:2024-02": within("created", "2024-02-01", "2024-03-01"),
  "created:2024-02-29": within("created", "2024-02-29", "2024-03-01"),
  "created:2026-11-24": within("created", "2026-11-24", "2026-11-25"),
  "created:2026-11-24T09:30Z": within("created", "2026-11-24T09:30Z", "2026-11-24T09:31Z"),
  "created:2026-11-24T09:30": within("created", "2026-11-24T09:30Z", "2026-11-24T09:31Z"),
  "created:2026-11-24t09:30z": within("created", "2026-11-24T09:30Z", "2026-11-24T09:31Z"),
  "created:2026-11-24T10:30+01:00": within("created", "2026-11-24T09:30Z", "2026-11-24T09:31Z"),
  "created:2026-11-24T04:00-05:30": within("created", "2026-11-24T09:30Z", "2026-11-24T09:31Z"),
  "created:2026-11-24T09:30:00Z": within("created", "2026-11-24T09:30:00Z", "2026-11-24T09:30:01Z"),
  "created:2026-11-23T23:59:59.999Z": within("created", "2026-11-23T23:59:59.999Z", "2026-11-24T00:00:00Z"),
  "created:2026-11-23T23:59:59.9Z": within("created", "2026-11-23T23:59:59.9Z", "2026-11-24T00:00:00Z"),
  "created:1969-12-30": within("created", "1969-12-30", "1969-12-31"),
  "completed:1970": within("completed", "1970-01-01", "1971-01-01"),
  "created:>2026-11": where("created", (value) => value >= Date.parse("2026-12-01")),
  "created:>=2026-11": where("created", (value) => value >= Date.parse("2026-11-01")),
  "created:<2026-11": where("created", (value) => value < Date.parse("2026-11-01")),
  "created:<=2026-11": where("created", (value) => value < Date.parse("2026-12-01")),
  "created:>2026-11-24T09:30Z": where("created", (value) => value >= Date.parse("2026-11-24T09:31Z")),
  "created:2026-02..2026-11": within("created", "2026-02-01", "2026-12-01"),
  "created:2026-11-23..2026-11-24": within("created", "2026-11-23", "2026-11-25"),
  "created:2026-11-24T09:30Z..2026-11-24T09:30Z": within("created", "2026-11-24T09:30Z", "2026-11-24T09:31Z"),
  "created:2026-11..": where("created", (value) => value >= Date.parse("2026-11-01")),
  "created:..2026-10": where("created", (value) => value < Date.parse("2026-11-01")),
  "created:2025,2024": any(
    within("created", "2025-01-01", "2026-01-01"),
    within("created", "2024-01-01", "2025-01-01"),
  ),
  'created:"2026-11-24"': within("created", "2026-11-24", "2026-11-25"),
  "created:today": within("created", "2026-11-24", "2026-11-25"),
  "created:TODAY": within("created", "2026-11-24", "2026-11-25"),
  "created:>today": where("created", (value) => value >= Date.parse("2026-11-25")),
  "created:>=today": where("created", (value) => value >= Date.parse("2026-11-24")),
  "created:<today": where("created", (value) => value < Date.parse("2026-11-24")),
  "created:>=now-7d": where("created", (value) => value >= NOW - 7 * DAY),
  "created:>now-7d": where("created", (value) => value > NOW - 7 * DAY),
  "created:<now-7d": where("created", (value) => value < NOW - 7 * DAY),
  "created:<=now-7d": where("created", (value) => value <= NOW - 7 * DAY),
  "created:now-7d": where("created", (value) => value === NOW - 7 * DAY),
  "created:now": where("created", (value) => value === NOW),
  "created:now-7d..now": where("created", (value) => value >= NOW - 7 * DAY && value <= NOW),
  "created:now-7d..": where("created", (value) => value >= NOW - 7 * DAY),
  "created:..now-1w": where("created", (value) => value <= NOW - 7 * DAY),
  "created:2026-11-20..now-24h": where("created", (value) => value >= Date.parse("2026-11-20") && value <= NOW - DAY),
  "created:>=now-90m": where("created", (value) => value >= NOW - 90 * MINUTE),
  "created:>=now-30s": where("created", (value) => value >= NOW - 30 * SECOND),
  "-created:>=2026": (job) => !(FIELDS.created(job) >= Date.parse("2026-01-01")),
  "completed:today": within("completed", "2026-11-24", "2026-11-25"),

  "duration:90s": where("duration", (value) => value === 90 * SECOND),
  "duration:1.5m": where("duration", (value) => value === 90 * SECOND),
  "duration:15m": where("duration", (value) => value === 15 * MINUTE),
  "duration:>90s": where("duration", (value) => value > 90 * SECOND),
  "duration:>=90s": where("duration", (value) => value >= 90 * SECOND),
  "duration:<=15m": where("duration", (value) => value <= 15 * MINUTE),
  "duration:<15M": where("duration", (value) => value < 15 * MINUTE),
  "duration:1h..2h": where("duration", (value) => value >= HOUR && value <= 2 * HOUR),
  "duration:1d..": where("duration", (value) => value >= DAY),
  "duration:..0s": where("duration", (value) => value <= 0),
  "duration:<0s": where("duration", (value) => value < 0),
  "duration:>1w": where("duration", (value) => value > 7 * DAY),
  "duration:0s,1d": where("duration", (value) => value === 0 || value === DAY),
  "-duration:>0s": (job) => !(FIELDS.duration(job) > 0),

  ...Object.fromEntries(
    Object.keys(PRESENCE).flatMap((name) => [
      [`has:${name}`, has(name)],
      [`no:${name}`, not(has(name))],
    ]),
  ),
  "HAS:Name": has("name"),
  "has:kms,project": any(has("kms"), has("project")),
  "no:kms,project": any(not(has("kms")), not(has("project"))),
  "-has:kms": not(has("kms")),
  "-no:kms": has("kms"),
  "-has:kms,project": not(any(has("kms"), has("project"))),

  "status:failed created:>=2026-11-01 promo": all(
    is("status", "FAILED"),
    where("created", (value) => value >= Date.parse("2026-11-01")),
    words("promo"),
  ),
  "status:failed (code:access-denied OR message:json) -name:x*": all(
    is("status", "FAILED"),
    any(is("code", "ACCESS_DENIED"), includes("message", "json")),
    not(pattern("name", "x*")),
  ),
};

describe("what a query means", () => {
  for (const [text, means] of Object.entries(MEANINGS)) {
    test(JSON.stringify(text), LIMIT, (t) => check(t, text, means));
  }

  test("the meanings are told apart by the jobs: most match some and not all", LIMIT, () => {
    const dull = Object.entries(MEANINGS).filter(([, means]) => {
      const count = MODEL.filter(means).length;
      return count === 0 || count === MODEL.length;
    });
    assert.ok(dull.length < 30, dull.map(([text]) => text).join("\n"));
  });

  test("without a text everything", LIMIT, () => {
    assert.equal(jobs.query().length, MODEL.length);
    assert.equal(jobs.query(undefined).length, MODEL.length);
  });

  test("of a thousand terms", LIMIT, (t) => {
    const many = Array.from({ length: 1_000 }, (_, i) => `promo-${i}`);
    check(t, [...many, "id:promo-0412"].join(" OR "), any(includes("id", "promo-0412"), ...many.map(words)));
    check(t, many.map((word) => `-${word}x`).join(" "), all(...many.map((word) => not(words(`${word}x`)))));
    check(t, `${"(".repeat(50)}promo${")".repeat(50)}`, words("promo"));
  });

  test("a pattern of many stars does not take for ever", LIMIT, async () => {
    const own = await createJobs();
    await own.import(JSON.stringify({ JobId: "a", JobName: "a".repeat(5_000) }));
    assert.equal(own.query(`name:${"*a".repeat(60)}*b`).length, 0);
    assert.equal(own.query(`name:${"*a".repeat(60)}*`).length, 1);
    own.close();
  });
});

// --- The language at random ---

/** Queries as trees, with a text and a meaning each. */
function makeGenerator(random) {
  const below = (limit) => Math.floor(random() * limit);
  const pick = (list) => list[below(list.length)];
  const chance = (probability) => random() < probability;
  const space = () => pick([" ", " ", " ", "  ", "\t", "\n "]);
  const quote = (text) => `"${text.replace(/["\\]/g, "\\$&")}"`;
  const shuffleCase = (text) =>
    chance(0.5)
      ? text
      : text.replace(/[a-z]/gi, (letter) => (chance(0.5) ? letter.toUpperCase() : letter.toLowerCase()));
  const name = (field) => shuffleCase(field);
  const twoDigits = (number) => String(number).padStart(2, "0");

  const valueIn = (field) => {
    for (let tries = 0; tries < 20; tries++) {
      const value = FIELDS[field](pick(MODEL));
      if (value !== undefined) return value;
    }
    return field === "name" || TEXT_FIELDS.includes(field) ? "nothing" : 0;
  };

  /** Part of a text, cut between characters. */
  const partOf = (text) => {
    const characters = Array.from(text);
    const from = below(characters.length + 1);
    return characters.slice(from, from + 1 + below(8)).join("");
  };

  function word() {
    const text = partOf(
      pick([
        valueIn("name"),
        valueIn("id"),
        valueIn("input"),
        valueIn("output"),
        valueIn("message"),
        "s3://",
        "absent",
      ]),
    );
    const isPlain =
      text !== "" &&
      !/[\s()"]/.test(text) &&
      !/^-/.test(text) &&
      !/^(OR|NOT)$/.test(text) &&
      (!/^[a-z]+:/i.test(text) || /^arn:/i.test(text));
    const shown = shuffleCase(text);
    const isStillPlain = isPlain && !/^(OR|NOT)$/.test(shown);
    return { text: isStillPlain && chance(0.7) ? shown : quote(shown), means: words(shown) };
  }

  function textValue(field) {
    const whole = valueIn(field);
    const plain = (text) => text !== "" && !/[\s()",*]/.test(text) && !text.startsWith("=");
    if (chance(0.25)) {
      const shown = shuffleCase(whole);
      return { text: `=${plain(shown) && chance(0.5) ? shown : quote(shown)}`, means: exactly(field, shown) };
    }
    if (chance(0.35)) {
      const pieces = Array.from(whole).map((character) =>
        chance(0.15) ? "*" : /[\s()",*]/.test(character) ? "*" : character,
      );
      const from = chance(0.5) ? below(pieces.length) : 0;
      const cut = pieces.slice(from).join("");
      const shown = shuffleCase(`${from > 0 ? "*" : ""}${cut}${chance(0.5) ? "*" : ""}`);
      if (shown.includes("*") && !shown.startsWith("=")) return { text: shown, means: pattern(field, shown) };
    }
    const shown = shuffleCase(partOf(whole));
    return { text: plain(shown) && chance(0.6) ? shown : quote(shown), means: includes(field, shown) };
  }

  function oneOf(field) {
    const value =
      field === "status"
        ? pick(["CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED", "FAILED", "PAUSED-by Admin"])
        : field === "code"
          ? pick(["ACCESS_DENIED", "INVALID_MANIFEST", "THROTTLED", "INVALID_KMS_KEY", "New_Code"])
          : pick(["6.1", "7.0", "10.0", "5"]);
    const shown = shuffleCase(chance(0.5) ? value.replaceAll("_", "-") : value);
    return { text: /[\s]/.test(shown) || chance(0.2) ? quote(shown) : shown, means: is(field, value) };
  }

  /** A number, duration or time as text, and the interval it names: from ≤ x < to, or x = from where they are equal. */
  function point(field) {
    const near = valueIn(field);
    if (field === "confidence") {
      const value = chance(0.6) ? near : below(1_000) / 10;
      const text = value.toFixed(10).replace(/\.?0+$/, "");
      return { text, from: Number(text), to: Number(text) };
    }
    if (field === "duration") {
      const [unit, size] = pick([
        ["s", SECOND],
        ["m", MINUTE],
        ["h", HOUR],
        ["d", DAY],
        ["w", 7 * DAY],
      ]);
      const text = chance(0.4) ? (Math.max(0, near) / SECOND).toFixed(3) : String(below(60));
      const value = chance(0.4)
        ? { text: `${text}s`, at: Math.round(Number(text) * SECOND) }
        : { text: `${below(40)}${unit}`, at: 0 };
      if (value.at === 0)
        value.at = Math.round(Number(value.text.slice(0, -1)) * (value.text.endsWith("s") ? SECOND : size));
      return { text: shuffleCase(value.text), from: value.at, to: value.at };
    }
    if (chance(0.15)) {
      const [unit, size] = pick([
        ["s", SECOND],
        ["m", MINUTE],
        ["h", HOUR],
        ["d", DAY],
        ["w", 7 * DAY],
      ]);
      const count = below(30);
      return { text: `now-${count}${unit}`, from: NOW - count * size, to: NOW - count * size + 1 };
    }
    if (chance(0.05)) return { text: "today", from: NOW - (NOW % DAY), to: NOW - (NOW % DAY) + DAY };
    const date = new Date(near);
    const iso = date.toISOString();
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
    const offset = pick([0, 0, 60, -330, 765]);
    const there = new Date(near + offset * MINUTE).toISOString();
    const sign = offset < 0 ? "-" : "+";
    const zone =
      offset === 0
        ? pick(["Z", "", "+00:00"])
        : `${sign}${twoDigits(Math.floor(Math.abs(offset) / 60))}:${twoDigits(Math.abs(offset) % 60)}`;
    const floor = (size) => Math.floor(near / size) * size;
    return pick([
      { text: iso.slice(0, 4), from: Date.UTC(year, 0), to: Date.UTC(year + 1, 0) },
      { text: iso.slice(0, 7), from: Date.UTC(year, month), to: Date.UTC(year, month + 1) },
      { text: iso.slice(0, 10), from: Date.UTC(year, month, day), to: Date.UTC(year, month, day + 1) },
      { text: there.slice(0, 16) + zone, from: floor(MINUTE), to: floor(MINUTE) + MINUTE },
      { text: there.slice(0, 19) + zone, from: floor(SECOND), to: floor(SECOND) + SECOND },
      { text: there.slice(0, 23) + zone, from: near, to: near + 1 },
    ]);
  }

  function range(field) {
    const a = point(field);
    const b = point(field);
    const isPoint = (it) => it.from === it.to;
    const upTo = (it) => (value) => (isPoint(it) ? value <= it.to : value < it.to);
    const beyond = (it) => (value) => (isPoint(it) ? value > it.to : value >= it.to);
    const forms = [
      [a.text, (value) => value >= a.from && upTo(a)(value)],
      [`>${a.text}`, beyond(a)],
      [`>=${a.text}`, (value) => value >= a.from],
      [`<${a.text}`, (value) => value < a.from],
      [`<=${a.text}`, upTo(a)],
      [`${a.text}..${b.text}`, (value) => value >= a.from && upTo(b)(value)],
      [`${a.text}..`, (value) => value >= a.from],
      [`..${a.text}`, upTo(a)],
    ];
    const [text, holds] = pick(forms);
    return { text: chance(0.1) ? quote(text) : text, means: where(field, holds) };
  }

  function qualifier() {
    const kind = below(10);
    const several = (make) => Array.from({ length: chance(0.7) ? 1 : 2 + below(2) }, make);
    const join = (field, values) => ({
      text: `${name(field)}:${values.map(({ text }) => text).join(",")}`,
      means: any(...values.map(({ means }) => means)),
    });
    if (kind < 2) {
      const isHas = chance(0.5);
      return join(
        isHas ? "has" : "no",
        several(() => {
          const flag = pick(Object.keys(PRESENCE));
          return { text: shuffleCase(flag), means: isHas ? has(flag) : not(has(flag)) };
        }),
      );
    }
    if (kind < 4) {
      const field = pick(VALUE_FIELDS);
      return join(
        field,
        several(() => oneOf(field)),
      );
    }
    if (kind < 7) {
      const field = pick(TEXT_FIELDS);
      return join(
        field,
        several(() => textValue(field)),
      );
    }
    const field = pick(NUMERIC_FIELDS);
    return join(
      field,
      several(() => range(field)),
    );
  }

  const wrap = ({ text, means }) => ({ text: `(${chance(0.3) ? " " : ""}${text}${chance(0.3) ? " " : ""})`, means });

  function term(depth) {
    const inner = depth > 0 && chance(0.35) ? wrap(either(depth - 1)) : chance(0.35) ? word() : qualifier();
    if (!chance(0.25)) return inner;
    return {
      text: `${chance(0.6) ? "-" : `NOT${inner.text.startsWith("(") && chance(0.5) ? "" : space()}`}${inner.text}`,
      means: not(inner.means),
    };
  }
  function both(depth) {
    const terms = Array.from({ length: 1 + below(3) }, () => term(depth));
    return { text: terms.map(({ text }) => text).join(space()), means: all(...terms.map(({ means }) => means)) };
  }
  function either(depth) {
    const parts = Array.from({ length: chance(0.6) ? 1 : 2 + below(2) }, () => both(depth));
    return {
      text: parts.map(({ text }) => text).join(`${space()}OR${space()}`),
      means: any(...parts.map(({ means }) => means)),
    };
  }
  return () => either(3);
}

test("six hundred queries at random mean what the model says", LIMIT, (t) => {
  const next = makeGenerator(seeded(20_261_124));
  let telling = 0;
  for (let i = 0; i < 600; i++) {
    const { text, means } = next();
    check(t, text, means);
    const count = MODEL.filter(means).length;
    if (count > 0 && count < MODEL.length) telling++;
  }
  assert.ok(telling > 300, `${telling} of 600 match some jobs and not all`);
});

test("missing members: a comparison is false and its negation true", LIMIT, (t) => {
  const bare = ["bare"];
  for (const field of Object.keys(FIELDS)) {
    if (field === "id") continue;
    const value = VALUE_FIELDS.includes(field)
      ? { status: "failed", code: "throttled", model: "7.0" }[field]
      : TEXT_FIELDS.includes(field)
        ? "*"
        : "..99999999999w";
    const query =
      field === "confidence"
        ? "confidence:..100,>100"
        : field === "created" || field === "completed"
          ? `${field}:..9999,>9999`
          : `${field}:${value}`;
    assert.deepEqual(idsOf(ask(t, `id:=bare ${query}`)), [], query);
    assert.deepEqual(idsOf(ask(t, `id:=bare -${query}`)), bare, query);
    assert.deepEqual(idsOf(ask(t, `id:=bare NOT (${query} OR ${query})`)), bare, query);
  }
});

// --- Errors ---

describe("a query that cannot be read", () => {
  /** Queries with their flaws between ‹ and ›: start and end must meet them. */
  const flawed = [
    "‹foo:bar›",
    "promo ‹colour:red› x",
    "(promo OR ‹x:y›)",
    "‹http://example.com›",
    "‹has_:x›".replace("has_", "hass"),
    "status:‹nope›",
    "status:failed,‹nope›",
    'status:‹"in progress"›',
    "code:‹nope›",
    "x (‹status:nope›)",
    "-‹status:nope›",
    "‹OR›",
    "‹OR› promo",
    "promo ‹OR›",
    "promo ‹OR OR› nightly",
    "(promo ‹OR)›",
    "(‹OR› promo)",
    "promo ‹OR )›",
    "‹(›promo",
    "promo‹)›",
    "‹()›",
    "promo ‹( )›",
    "‹(›(promo)",
    "(promo)‹)›",
    '‹"promo›',
    'promo ‹"night›',
    'name:‹"promo›',
    '‹promo"›',
    'promo‹"x"›',
    'name:x‹"y"›',
    '‹"promo\\"›',
    "‹NOT›",
    "promo ‹NOT›",
    "‹-›",
    "promo ‹-›",
    "(‹-)›",
    "(‹NOT)›",
    "NOT ‹OR x›",
    "-‹OR x›",
    "(promo ‹NOT )›",
    "‹status:›",
    "promo ‹name:›",
    "‹name:,x›",
    "‹name:x,›",
    "‹name:=›",
    "‹has:›",
    "‹created:›",
    "has:‹nope›",
    "no:name,‹nope›",
    "has:‹status›",
    "created:‹2026-02-30›",
    "created:‹2025-02-29›",
    "created:‹2026-13›",
    "created:‹2026-00›",
    "created:‹2026-11-00›",
    "created:‹2026-11-31›",
    "created:‹2026-11-24T25:00Z›",
    "created:‹2026-11-24T09:60Z›",
    "created:‹2026-11-24T09:30+25:00›",
    "created:‹2026-11-24T09:30:15.Z›",
    "created:‹yesterday›",
    "created:‹24›",
    "created:‹2026-1›",
    "created:‹20261124›",
    "created:‹now-7›",
    "created:‹now-7y›",
    "created:‹now7d›",
    "created:‹nowhere›",
    "created:‹>›",
    "created:‹..›",
    "created:‹2026..›x",
    "created:2026,‹x›",
    "created:‹>2026..2027›",
    "created:‹2026..x›",
    "created:‹=2026›",
    "confidence:‹high›",
    "confidence:‹5x›",
    "confidence:‹>›",
    "confidence:‹..›",
    "confidence:‹>=50..80›",
    "confidence:‹1e1›",
    "confidence:‹0x10›",
    "confidence:‹5..high›",
    "confidence:‹NaN›",
    "confidence:‹Infinity›",
    "confidence:‹5%›",
    "duration:‹90›",
    "duration:‹5y›",
    "duration:‹s›",
    "duration:‹long›",
    "duration:‹1h..2›",
    "duration:‹>›",
    "duration:‹..›",
  ];

  function caught(text) {
    try {
      jobs.query(text);
    } catch (error) {
      assert.ok(error instanceof QueryError, `${text}: ${error?.stack}`);
      return error;
    }
    return assert.fail(`it was read: ${text}`);
  }

  for (const marked of flawed) {
    test(marked, LIMIT, () => {
      const text = marked.replace(/[‹›]/g, "");
      const from = marked.indexOf("‹");
      const to = marked.indexOf("›") - 1;
      const error = caught(text);
      assert.equal(error.name, "QueryError");
      assert.ok(error instanceof Error);
      assert.ok(typeof error.message === "string" && error.message.length > 0);
      const { start, end, expected } = error;
      assert.ok(
        Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= text.length,
        `${start} to ${end}`,
      );
      assert.ok(
        start === end ? start >= from && end <= to : start < Math.max(to, from + 1) && end > from,
        `${start} to ${end} is not at ${from} to ${to}`,
      );
      assert.ok(
        start < end || end === text.length || /[,)\s]/.test(text[end]),
        "it points at something, or at the place where something is missing",
      );
      assert.ok(Array.isArray(expected) && expected.every((item) => typeof item === "string" && item.length > 0));

      const prefixes = ["Zürich 😀 名前 ", '"😀\\"" ', "name:é,😀 OR "];
      for (const prefix of text === "OR promo" ? prefixes.slice(2) : prefixes) {
        const shifted = caught(prefix + text);
        assert.deepEqual(
          [shifted.start, shifted.end],
          [start + prefix.length, end + prefix.length],
          `behind ${prefix}`,
        );
        assert.deepEqual(shifted.expected, expected);
      }
    });
  }

  test("tells what could stand there: fields, statuses, codes, what may be there", LIMIT, () => {
    const fields = caught("foo:bar").expected;
    for (const field of [...Object.keys(FIELDS), "has", "no"]) assert.ok(fields.includes(field), field);
    const statuses = caught("status:nope").expected.map((each) => each.toUpperCase());
    for (const status of ["CREATED", "QUEUED", "IN_PROGRESS", "SUCCEEDED", "FAILED", "PAUSED-BY ADMIN"])
      assert.ok(statuses.includes(status), status);
    const codes = caught("code:nope").expected;
    for (const code of [
      "INTERNAL_ERROR",
      "INVALID_S3_OBJECT",
      "INVALID_MANIFEST",
      "INVALID_OUTPUT_CONFIG",
      "INVALID_KMS_KEY",
      "ACCESS_DENIED",
      "RESOURCE_NOT_FOUND",
      "RESOURCE_NOT_READY",
      "THROTTLED",
      "New_Code",
    ])
      assert.ok(codes.includes(code), code);
    const flags = caught("has:nope").expected;
    assert.deepEqual([...flags].sort(), Object.keys(PRESENCE).sort());
  });

  test("points at the value's characters in UTF-16", LIMIT, () => {
    const text = 'name:"😀" status:né😀pe x';
    const { start, end } = caught(text);
    assert.equal(text.slice(start, end), "né😀pe");
    const inPhrase = 'é status:failed,"né 😀"';
    const second = caught(inPhrase);
    assert.equal(inPhrase.slice(second.start, second.end), '"né 😀"');
  });

  test("a status is known only while it is in the store", LIMIT, async () => {
    const own = await createJobs();
    assert.throws(() => own.query("status:paused"), QueryError);
    await own.import('{"JobId":"a","Status":"PAUSED","FailureDetails":{"Code":"ODD"}}\n{"JobId":"b"}');
    assert.deepEqual(idsOf(own.query("status:paused")), ["a"]);
    assert.deepEqual(idsOf(own.query("code:odd")), ["a"]);
    assert.deepEqual(idsOf(own.query("-status:paused")), ["b"]);
    await own.import('{"JobId":"a","Status":"FAILED"}');
    assert.throws(() => own.query("status:paused"), QueryError, "no job has it any more");
    assert.throws(() => own.query("code:odd"), QueryError);
    await own.import('{"JobId":"a","Status":"PAUSED"}');
    own.clear();
    assert.throws(() => own.query("status:paused"), QueryError);
    own.close();
  });

  test("does no harm, whatever the text: a thousand texts at random", LIMIT, () => {
    const random = seeded(77);
    const pieces = [
      "(",
      ")",
      '"',
      "-",
      "OR",
      "NOT",
      " ",
      "status:",
      "failed",
      "name:",
      "=",
      "*",
      ",",
      "..",
      ">",
      "created:",
      "2026-11",
      "now-",
      "7d",
      "\\",
      "é",
      "😀",
      "\ud800",
      "\0",
      "has:",
      "x",
      ":",
      "\n",
    ];
    let read = 0;
    for (let i = 0; i < 1_000; i++) {
      const text = Array.from(
        { length: 1 + Math.floor(random() * 8) },
        () => pieces[Math.floor(random() * pieces.length)],
      ).join("");
      try {
        jobs.query(text).close();
        read++;
      } catch (error) {
        assert.ok(error instanceof QueryError, `${JSON.stringify(text)}: ${error.stack}`);
        const { start, end } = error;
        assert.ok(0 <= start && start <= end && end <= text.length, JSON.stringify(text));
      }
    }
    assert.ok(read > 100 && read < 900, `${read}`);
  });

  test("nesting beyond reason is told, not suffered", LIMIT, () => {
    for (const text of [
      "(".repeat(100_000),
      `${"(".repeat(20_000)}a${")".repeat(20_000)}`,
      `${"-(".repeat(20_000)}a${")".repeat(20_000)}`,
      "NOT ".repeat(50_000),
    ]) {
      caught(text);
    }
  });

  test("what is no text is a TypeError", LIMIT, () => {
    for (const text of [5, {}, [], true, null]) assert.throws(() => jobs.query(text), TypeError);
  });
});

// --- Sorting ---

describe("sorting", () => {
  const MEMBERS = {
    JobId: "id",
    JobName: "name",
    Status: "status",
    CreationTimestamp: "created",
    CompletionTimestamp: "completed",
    KmsKeyId: "kms",
  };
  const compare = (a, b) => (typeof a === "string" ? byUtf8(a, b) : a - b);
  const sorted = (value, isDescending) =>
    [...MODEL].sort((a, b) => {
      const [first, second] = [value(a), value(b)];
      if ((first === undefined) !== (second === undefined)) return first === undefined ? 1 : -1;
      const order = first === undefined ? 0 : compare(first, second);
      return order === 0 ? defaultOrder(a, b) : isDescending ? -order : order;
    });

  for (const [name, field] of [...Object.keys(FIELDS).map((each) => [each, each]), ...Object.entries(MEMBERS)]) {
    test(`by ${name}, both ways`, LIMIT, () => {
      assert.deepEqual(idsOf(jobs.query("", { sort: name })), idsOf(sorted(FIELDS[field], false)));
      assert.deepEqual(idsOf(jobs.query("", { sort: `-${name}` })), idsOf(sorted(FIELDS[field], true)));
      const some = sorted(FIELDS[field], true).filter(is("status", "FAILED"));
      assert.deepEqual(idsOf(jobs.query("status:failed", { sort: `-${name}` })), idsOf(some));
    });
  }

  for (const name of ["OperationsConfig", "FailureDetails", "Input", "OutputConfig", "Results", "ManifestSummary"]) {
    test(`by ${name}, which is a top-level member: those without it come last`, LIMIT, () => {
      for (const sort of [name, `-${name}`]) {
        const list = [...jobs.query("", { sort })];
        assert.equal(list.length, MODEL.length);
        const lacks = list.map((job) => !Object.hasOwn(job, name));
        assert.ok(lacks.lastIndexOf(false) < lacks.lastIndexOf(true));
        assert.ok(
          list
            .slice(-MODEL.filter((job) => !Object.hasOwn(job, name)).length)
            .every((job) => !Object.hasOwn(job, name) || sort.length > 0),
        );
      }
    });
  }

  test("text sorts by its UTF-8 bytes, not by UTF-16 units", LIMIT, () => {
    const ids = ["private-use", "late-bmp", "astral"];
    const place = (list) => idsOf(list).filter((id) => ids.includes(id));
    assert.deepEqual(place(jobs.query("", { sort: "name" })), ids);
    assert.deepEqual(place(jobs.query("", { sort: "-name" })), [...ids].reverse());
    const inUtf16 = MODEL.filter(({ JobId }) => ids.includes(JobId)).sort((a, b) => (a.JobName < b.JobName ? -1 : 1));
    assert.notDeepEqual(idsOf(inUtf16), ids, "the names tell the two orders apart");
  });

  test("without a sort, newest first", LIMIT, () => {
    const expected = idsOf([...MODEL].sort(defaultOrder));
    for (const options of [undefined, {}, { sort: undefined }])
      assert.deepEqual(idsOf(jobs.query("", options)), expected);
  });

  test("by what is neither field nor member is a RangeError", LIMIT, () => {
    for (const sort of [
      "nope",
      "-nope",
      "--created",
      "-",
      "has",
      "no",
      "MinConfidence",
      "Bucket",
      "__proto__",
      "constructor",
      "toString",
      " created",
      "created,name",
    ]) {
      assert.throws(() => jobs.query("", { sort }), RangeError, sort);
    }
  });
});

// --- Facets and histograms ---

describe("facets", () => {
  const counted = (list, value) => {
    const counts = new Map();
    for (const job of list) if (value(job) !== undefined) counts.set(value(job), (counts.get(value(job)) ?? 0) + 1);
    return [...counts]
      .map(([each, count]) => ({ value: each, count }))
      .sort((a, b) => b.count - a.count || byUtf8(a.value, b.value));
  };
  const names = { JobId: "id", JobName: "name", Status: "status", KmsKeyId: "kms" };
  for (const [name, field] of [
    ...[...VALUE_FIELDS, ...TEXT_FIELDS].map((each) => [each, each]),
    ...Object.entries(names),
  ]) {
    test(`of ${name}`, LIMIT, () => {
      assert.deepEqual(jobs.query("").facets(name), counted(MODEL, FIELDS[field]));
      assert.deepEqual(
        jobs.query("status:failed").facets(name),
        counted(MODEL.filter(is("status", "FAILED")), FIELDS[field]),
      );
    });
  }
  for (const [name, field] of [
    ...NUMERIC_FIELDS.map((each) => [each, each]),
    ["CreationTimestamp", "created"],
    ["CompletionTimestamp", "completed"],
  ]) {
    test(`of ${name}: as many values as there are, most first`, LIMIT, () => {
      const expected = counted(
        MODEL.map((job) => ({ value: FIELDS[field](job) === undefined ? undefined : String(FIELDS[field](job)) })),
        ({ value }) => value,
      );
      const facets = jobs.query("").facets(name);
      assert.deepEqual(
        facets.map(({ count }) => count),
        expected.map(({ count }) => count),
      );
      assert.ok(facets.every(({ value }) => typeof value === "string" && value !== ""));
      assert.equal(new Set(facets.map(({ value }) => value)).size, facets.length);
    });
  }
  test("of numbers can be asked for", LIMIT, (t) => {
    for (const field of NUMERIC_FIELDS) {
      for (const { value, count } of jobs.query("").facets(field).slice(0, 60)) {
        assert.equal(ask(t, `${field}:${value}`).length, count, `${field}:${value}`);
      }
    }
  });
  test("of nothing are none", LIMIT, () => assert.deepEqual(jobs.query("id:=absent").facets("status"), []));
  test("of what is neither field nor member are a RangeError", LIMIT, () => {
    const view = jobs.query("");
    for (const field of ["nope", "", "has", "Bucket", "__proto__", "constructor", "-status", undefined, null, 5])
      assert.throws(() => view.facets(field), RangeError);
  });
});

describe("histograms", () => {
  function checkHistogram(list, buckets, value, count) {
    const values = list.filter((job) => value(job) !== undefined);
    assert.equal(buckets.length, values.length === 0 ? 0 : count);
    if (values.length === 0) return;
    const numbers = values.map(value);
    const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
    assert.equal(buckets[0].from, least);
    if (greatest > least) assert.equal(buckets.at(-1).to, greatest);
    assert.ok(buckets.at(-1).to >= greatest);
    const width = buckets[0].to - buckets[0].from;
    assert.ok(width > 0);
    buckets.forEach((bucket, i) => {
      const isLast = i === buckets.length - 1;
      if (!isLast) assert.equal(bucket.to, buckets[i + 1].from);
      assert.ok(
        Math.abs(bucket.to - bucket.from - width) <= 1e-9 * Math.max(Math.abs(least), Math.abs(greatest)),
        "equal widths",
      );
      const inside = values.filter(
        (job) => value(job) >= bucket.from && (value(job) < bucket.to || (isLast && value(job) === bucket.to)),
      );
      assert.equal(bucket.count, inside.length);
      const byStatus = {};
      for (const { Status } of inside) if (Status !== undefined) byStatus[Status] = (byStatus[Status] ?? 0) + 1;
      assert.deepEqual(bucket.byStatus, byStatus);
      assert.deepEqual(Object.keys(bucket).sort(), ["byStatus", "count", "from", "to"]);
    });
    assert.equal(
      buckets.reduce((sum, { count: each }) => sum + each, 0),
      values.length,
    );
  }

  for (const [name, field] of [
    ["created", "created"],
    ["completed", "completed"],
    ["duration", "duration"],
    ["CreationTimestamp", "created"],
    ["CompletionTimestamp", "completed"],
  ]) {
    test(`of ${name}`, LIMIT, () => {
      for (const count of [1, 2, 3, 7, 24, 60, 1_000]) {
        checkHistogram(MODEL, jobs.query("").histogram(name, count), FIELDS[field], count);
        const failed = MODEL.filter(is("status", "FAILED"));
        checkHistogram(failed, jobs.query("status:failed").histogram(name, count), FIELDS[field], count);
      }
    });
  }

  test("end exactly at the greatest value, whatever the number of buckets", LIMIT, () => {
    const view = jobs.query("");
    for (const field of ["created", "completed", "duration"]) {
      const numbers = MODEL.map(FIELDS[field]).filter((value) => value !== undefined);
      for (let count = 1; count <= 300; count++) {
        const buckets = view.histogram(field, count);
        assert.equal(buckets[0].from, Math.min(...numbers), `${field}, ${count}`);
        assert.equal(buckets.at(-1).to, Math.max(...numbers), `${field}, ${count}`);
        assert.equal(
          buckets.reduce((sum, bucket) => sum + bucket.count, 0),
          numbers.length,
          `${field}, ${count}`,
        );
      }
    }
  });

  test("of one value only, of values a millisecond apart, of none", LIMIT, () => {
    const one = (query) => MODEL.filter(({ JobId }) => query.includes(JobId));
    for (const count of [1, 2, 10]) {
      checkHistogram(one(["leap"]), jobs.query("id:=leap").histogram("created", count), FIELDS.created, count);
      checkHistogram(
        one(["promo-0412", "promo-0413"]),
        jobs.query("id:=promo-0412,=promo-0413").histogram("created", count),
        FIELDS.created,
        count,
      );
      checkHistogram(
        one(["week-ago", "week-and-1ms-ago"]),
        jobs.query("id:=week-ago,=week-and-1ms-ago").histogram("created", count),
        FIELDS.created,
        count,
      );
      assert.deepEqual(jobs.query("id:=bare").histogram("created", count), []);
      assert.deepEqual(jobs.query("id:=absent").histogram("duration", count), []);
    }
  });

  test("of anything else, or in another number of buckets, is a RangeError", LIMIT, () => {
    const view = jobs.query("");
    for (const field of ["nope", "", "status", "confidence", "Status", "JobName", "__proto__", "-created", undefined])
      assert.throws(() => view.histogram(field, 5), RangeError, `${field}`);
    for (const count of [0, -1, 1.5, NaN, Infinity, "5", undefined, null])
      assert.throws(() => view.histogram("created", count), RangeError, `${count}`);
  });
});
