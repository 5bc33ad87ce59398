// Queries that cannot be read: what is told, and where.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { QueryError, createJobs } from "rekognition-jobs";
import { seeded } from "../jobs_of.js";
import { LIMIT, FIELDS, PRESENCE, jobs, idsOf } from "./model.js";

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
    await own.import('{"JobId":"a","Status":"FAILED","FailureDetails":{"Code":"OTHER"}}');
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
