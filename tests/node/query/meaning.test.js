// What queries mean, against a plain JavaScript model.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import {
  LIMIT,
  NOW,
  SECOND,
  MINUTE,
  HOUR,
  DAY,
  FIELDS,
  VALUE_FIELDS,
  TEXT_FIELDS,
  PRESENCE,
  MODEL,
  jobs,
  ask,
  idsOf,
  check,
  words,
  is,
  includes,
  exactly,
  pattern,
  where,
  all,
  any,
  not,
  has,
} from "./model.js";

const within = (field, from, to) => where(field, (value) => value >= Date.parse(from) && value < Date.parse(to));

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
