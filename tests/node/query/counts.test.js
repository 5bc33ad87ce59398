// Facets and histograms, against a plain JavaScript model.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LIMIT, FIELDS, VALUE_FIELDS, TEXT_FIELDS, NUMERIC_FIELDS, byUtf8, MODEL, jobs, ask, is } from "./model.js";

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
