// How the page writes durations, places, page numbers and the next sort.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextSort } from "../../../web/jobs/columns.js";
import { answerTime, formatDuration, plural, relativeTime, utcTime } from "../../../web/ui/format.js";
import { s3Uri } from "../../../web/aws/s3_uri.js";
import { pageNumbers } from "../../../web/jobs/pager.js";

test("a duration has its two largest units", () => {
  const cases = [
    [0, "0s"],
    [400, "0.4s"],
    [9_999, "9.9s"],
    [59_999, "59s"],
    [60_000, "1m 00s"],
    [125_000, "2m 05s"],
    [3_599_999, "59m 59s"],
    [3_600_000, "1h 00m"],
    [86_399_999, "23h 59m"],
    [90_000_000, "1d 1h"],
    [-3_600_000, "−1h 00m"],
  ];
  for (const [milliseconds, text] of cases) assert.equal(formatDuration(milliseconds), text);
});

test("counts, times and places", () => {
  assert.equal(plural(1, "job"), "1 job");
  assert.equal(plural(2500, "job"), "2,500 jobs");
  assert.equal(answerTime(0.04), "<0.1 ms");
  assert.equal(answerTime(0.34), "0.3 ms");
  assert.equal(answerTime(12.6), "13 ms");
  assert.equal(utcTime(new Date(Date.UTC(2026, 10, 24, 9, 30, 5, 999))), "2026-11-24 09:30:05");
  assert.equal(s3Uri({ Bucket: "b", Name: "k/x" }), "s3://b/k/x");
  assert.equal(s3Uri({ Name: "k" }), "");
  assert.equal(s3Uri(undefined), "");
});

test("how long ago jobs were read is told by the second, then as other ages are", () => {
  const cases = [
    [-5_000, "just now"],
    [999, "just now"],
    [1_000, "1 s ago"],
    [59_999, "59 s ago"],
    [60_000, "1 m ago"],
    [7_200_000, "2 h ago"],
  ];
  for (const [passed, text] of cases) assert.equal(relativeTime(new Date(1e12), 1e12 + passed), text);
});

test("page numbers take seven places, however many pages there are", () => {
  assert.deepEqual(pageNumbers(1, 0), []);
  assert.deepEqual(pageNumbers(2, 7), [1, 2, 3, 4, 5, 6, 7]);
  for (let page = 1; page <= 50; page += 1) {
    const numbers = pageNumbers(page, 50);
    assert.equal(numbers.length, 7);
    assert.ok(numbers.includes(page) && numbers[0] === 1 && numbers[6] === 50);
  }
});

test("the third click is back at newest first", () => {
  assert.deepEqual([nextSort("", "name"), nextSort("name", "name"), nextSort("-name", "name")], ["name", "-name", ""]);
  assert.deepEqual([nextSort("", "created"), nextSort("created", "created")], ["created", ""]);
  assert.equal(nextSort("-name", "code"), "code");
});
