// How facets and chart edit a query: their own term only, the rest as it was typed. The engine reads what comes out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { timeRange } from "../../../web/query/time_range.js";
import { FACETS } from "../../../web/query/facet_fields.js";
import {
  requiredTerms,
  toggleValue,
  setTerm,
  withTerm,
  withoutField,
  quoteValue,
} from "../../../web/query/query_terms.js";
import { querySegments } from "../../../web/query/highlight.js";
import { failedJob } from "../job_files.js";

let jobs;
before(async () => {
  jobs = await createJobs();
});
after(() => jobs?.close());

const facet = (field) => FACETS.find((each) => each.field === field);

function press(text, field, value) {
  const { term, isSame } = facet(field);
  const edited = toggleValue(text, jobs.tokens(text), field, term(value), isSame(value));
  jobs.query(edited).close();
  return edited;
}

test("a facet's value is added to its term, or makes one", () => {
  assert.equal(press("", "status", "FAILED"), "status:FAILED");
  assert.equal(press('promo  "a b" ', "status", "FAILED"), 'promo  "a b" status:FAILED');
  assert.equal(press("status:failed  promo", "status", "QUEUED"), "status:failed,QUEUED  promo");
  assert.equal(press("-status:failed", "status", "QUEUED"), "-status:failed status:QUEUED");
  assert.equal(press("(status:failed OR a)", "status", "QUEUED"), "(status:failed OR a) status:QUEUED");
  assert.equal(press("a OR b", "status", "FAILED"), "(a OR b) status:FAILED");
  assert.equal(press("status:failed OR b", "status", "FAILED"), "(status:failed OR b) status:FAILED");
});

test("a facet's value is taken out again, and its term with the last one", () => {
  assert.equal(press("status:FAILED", "status", "FAILED"), "");
  assert.equal(press("a status:failed  b", "status", "FAILED"), "a  b");
  assert.equal(press("STATUS:in-progress,failed x", "status", "IN_PROGRESS"), "status:failed x");
  assert.equal(press("status:failed a status:failed,queued", "status", "FAILED"), "a status:queued");
  for (const text of ["", "a", "a OR b", "(a)", 'name:"x y" -b']) {
    const both = press(press(text, "code", "ACCESS_DENIED"), "code", "ACCESS_DENIED");
    assert.equal(both.replace(/^\((a OR b)\)$/, "$1"), text);
  }
});

test("buckets and project versions are found exactly, whatever they hold", async () => {
  const other = await createJobs();
  const values = [
    "plain",
    "it's",
    "a b",
    "a,b",
    "(x)",
    "st*r",
    '"quoted"',
    "back\\slash",
    "=same",
    "-dash",
    "OR",
    "\u202Ertl",
    "\u{1F600}",
    "a:b",
  ];
  await other.import(
    JSON.stringify(
      values.map((value, index) =>
        failedJob({
          JobId: `job-${index}`,
          Input: { S3Object: { Bucket: value, Name: "k" } },
          OperationsConfig: { DetectModerationLabels: { ProjectVersion: value } },
        }),
      ),
    ),
  );
  for (const value of values) {
    for (const field of ["input", "project"]) {
      const edited = press("", field, value);
      const view = other.query(edited);
      assert.deepEqual(
        [...view].map((job) => job.Input.S3Object.Bucket),
        [value],
        edited,
      );
      view.close();
      assert.equal(press(edited, field, value), "", edited);
      const [token] = requiredTerms(jobs.tokens(edited))[0].values;
      assert.equal(facet(field).named(token), value, edited);
    }
  }
  other.close();
});

test("a range of time takes the place of every needed term of the field", () => {
  const only = (text) => setTerm(text, jobs.tokens(text), "created", "2026");
  assert.equal(only(""), "created:2026");
  assert.equal(only("a created:>=2026-11-01 b"), "a created:2026 b");
  assert.equal(only("created:>2025 a created:<2027"), "created:2026 a");
  assert.equal(only("a OR created:2025"), "(a OR created:2025) created:2026");
  const twice = "created:>2025 a created:<2027";
  assert.equal(withoutField(twice, jobs.tokens(twice), "created"), "a");
  assert.equal(withTerm("  ", jobs.tokens("  "), "x"), "x");
});

test("a dragged range is as coarse as it is long, and holds all that was dragged over", () => {
  const time = (text) => new Date(text).getTime();
  const cases = [
    ["2026-10-01T05:00:00Z", "2026-11-02T06:00:00Z", "2026-10-01..2026-11-02"],
    ["2026-11-01T05:07:31Z", "2026-11-02T06:00:59Z", "2026-11-01T05:07Z..2026-11-02T06:00Z"],
    ["2026-11-01T05:07:31.250Z", "2026-11-01T05:10:00Z", "2026-11-01T05:07:31Z..2026-11-01T05:10:00Z"],
    ["2026-11-01T05:07:31.250Z", "2026-11-01T05:07:31.300Z", "2026-11-01T05:07:31.250Z..2026-11-01T05:07:31.300Z"],
    ["2026-11-01T05:07:31.250Z", "2026-11-01T05:07:31.250Z", "2026-11-01T05:07:31.250Z..2026-11-01T05:07:31.250Z"],
  ];
  for (const [from, to, range] of cases) {
    assert.equal(timeRange(time(from), time(to)), range);
    jobs.query(`created:${range}`).close();
  }
});

test("a value is written so that the engine reads it back", () => {
  for (const value of ["", "a", "a b", '"', "\\", 'a"b\\c', "(", "a,b", "*", "=x", "-x", "OR"]) {
    const [field, token, ...more] = jobs.tokens(`status:${quoteValue(value)}`);
    assert.deepEqual([field.kind, token.value, more], ["field", value, []], value);
  }
});

test("the coloured pieces are the text, cut at tokens and at the error", () => {
  const text = "status:failed  (colour:red \u202E\u{1F600}";
  const error = { start: 16, end: 22 };
  const pieces = querySegments(text, jobs.tokens(text), error);
  assert.equal(pieces.map((piece) => piece.text).join(""), text);
  assert.deepEqual(
    pieces.filter(({ isBad }) => isBad).map((piece) => piece.text),
    ["colour"],
  );
  assert.deepEqual(
    pieces.filter(({ kind }) => kind === "value").map((piece) => piece.text),
    ["failed", "red"],
  );
});

test("a query of many terms is cut by looking at each but a few times", () => {
  const text = "status:failed,queued ".repeat(2000);
  let looks = 0;
  const tokens = jobs.tokens(text).map((token) => ({
    ...token,
    get end() {
      looks += 1;
      return token.end;
    },
  }));
  querySegments(text, tokens, null);
  assert.ok(looks > 0 && looks < 8 * tokens.length, `${looks} for ${tokens.length} tokens`);
});
