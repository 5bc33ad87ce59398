// What import() makes of files as people save them: tests/data/saved_files has one of each kind.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { LIMIT, codes, imported, chunked } from "./imports.js";

const FOLDER = new URL("../../data/saved_files/", import.meta.url);
const read = (name) => readFileSync(new URL(name, FOLDER));

/** The three jobs that the files describe, aaaa1111, bbbb2222 and cccc3333, as the CLI's listing has them. */
const REFERENCE = JSON.parse(read("002-cli-v2-offset.json")).MediaAnalysisJobs;

const TIMES = ["CreationTimestamp", "CompletionTimestamp"];
const withTimes = (change) => (job) => {
  const changed = { ...job };
  for (const name of TIMES) if (name in job) changed[name] = new Date(change(Date.parse(job[name])));
  return changed;
};
const exact = withTimes((time) => time);
const wholeSeconds = withTimes((time) => time - (time % 1000));
const at123 = withTimes((time) => time - (time % 1000) + 123);
const midnight = withTimes(() => Date.parse("2023-07-29T00:00:00Z"));

/**
 * What each file gives: the jobs by their first letters (d is another region's or page's), which equal the reference
 * with its `times` and but for what `but` says, or have less of it; the codes of the notices; what the only rejection says.
 * @type {Record<string, { format: string, ids: string, codes: string, times?: (job: object) => object, but?: object,
 *   butIn?: string, less?: boolean, token?: string, rejected?: string }>}
 */
const FILES = {
  "000-cli-v1-epoch.json": { format: "AWS CLI JSON", ids: "abc", codes: "implausible" },
  "002-cli-v2-offset.json": { format: "AWS CLI JSON", ids: "abc", codes: "implausible" },
  "011-python-repr.txt": { format: "Python's repr", ids: "", codes: "skipped", rejected: "this is Python's repr, not" },
  "013-boto3-first-page-with-nexttoken.json": {
    format: "AWS CLI JSON",
    ids: "abc",
    token: "AAAA",
    codes: "implausible incomplete",
  },
  "015-pandas-to_dict-json-dumps-NaN.json": {
    format: "JSON array",
    ids: "abc",
    codes: "converted dropped-value implausible",
  },
  "017-pandas-to_json-lines-epoch-ms.jsonl": { format: "NDJSON", ids: "abc", codes: "converted implausible" },
  "019-pandas-json_normalize-records.json": { format: "JSON array", ids: "abc", codes: "converted implausible" },
  "021-pandas-NaT-null-ns-epoch.json": { format: "JSON array", ids: "abc", codes: "converted implausible" },
  "023-strftime-asctime.json": { format: "API JSON", ids: "abc", times: wholeSeconds, codes: "converted implausible" },
  "025-double-encoded.json": { format: "API JSON", ids: "abc", codes: "converted implausible" },
  "027-decimal-as-string.json": { format: "API JSON", ids: "abc", codes: "converted implausible" },
  "031-utf16le-no-bom.json": { format: "AWS CLI JSON, UTF-16LE", ids: "abc", codes: "converted implausible" },
  "033-ps51-converto-json-depth10.json": { format: "JSON array", ids: "abc", codes: "converted implausible" },
  "035-convertfrom-to-json-depth2.json": {
    format: "AWS CLI JSON",
    ids: "abc",
    less: true,
    codes: "dropped-value implausible",
  },
  "037-dotnet-enum-string-default-datetime.json": {
    format: "API JSON",
    ids: "abc",
    times: wholeSeconds,
    codes: "converted implausible",
  },
  "039-us-date-strings.json": { format: "API JSON", ids: "abc", times: wholeSeconds, codes: "converted implausible" },
  "050-cli-yaml.yaml": { format: "YAML", ids: "", codes: "skipped", rejected: "this is YAML, not" },
  "052-cli-text.txt": {
    format: "text output of the AWS CLI",
    ids: "",
    codes: "skipped",
    rejected: "this is text output of the AWS CLI, not",
  },
  "054-query-array.json": { format: "JSON array", ids: "abc", codes: "implausible" },
  "056-query-partly-renamed.json": { format: "JSON array", ids: "abc", less: true, codes: "ignored-member" },
  "058-query-null.json": {
    format: "unknown",
    ids: "",
    codes: "skipped",
    rejected: "no job was found: a job has a JobId",
  },
  "060-cli-error-2gt1.txt": {
    format: "an error of the AWS CLI",
    ids: "",
    codes: "skipped",
    rejected: "this is an error of the AWS CLI, not",
  },
  "062-prompt-before-json.txt": { format: "AWS CLI JSON", ids: "abc", codes: "implausible skipped" },
  "064-ansi-colours-jq-C.json": { format: "AWS CLI JSON", ids: "a", less: true, codes: "skipped" },
  "066-two-pages-no-newline.json": { format: "API JSON", ids: "abcd", codes: "implausible" },
  "068-jq-c.ndjson": { format: "NDJSON", ids: "abc", codes: "implausible" },
  "070-debug-log.txt": { format: "API JSON", ids: "abc", codes: "implausible skipped" },
  "080-gzip.json.gz": { format: "API JSON, gzip", ids: "abc", codes: "converted implausible" },
  "082-comment-first-line.json": { format: "AWS CLI JSON", ids: "abc", codes: "implausible skipped" },
  "084-trailing-comma-in-first-job.json": { format: "AWS CLI JSON", ids: "abc", codes: "converted implausible" },
  "086-objects-with-commas-no-brackets.txt": { format: "JSON", ids: "abc", codes: "implausible skipped" },
  "088-objects-with-commas-pretty-indented.txt": { format: "JSON", ids: "abc", codes: "implausible skipped" },
  "090-markdown-fence.md": { format: "AWS CLI JSON", ids: "abc", codes: "implausible skipped" },
  "092-smart-quotes.json": { format: "AWS CLI JSON", ids: "abc", codes: "converted implausible" },
  "094-terminal-wrapped-string.json": {
    format: "AWS CLI JSON",
    ids: "abc",
    but: { FailureDetails: { Code: "INVALID_MANIFEST", Message: "manifest could\nnot be parsed" } },
    butIn: "b",
    codes: "converted implausible",
  },
  "096-js-module.js": { format: "AWS CLI JSON", ids: "abc", codes: "implausible skipped" },
  "098-git-conflict.json": { format: "AWS CLI JSON", ids: "abc", codes: "implausible skipped" },
  "100-java-v1-jackson.json": { format: "API JSON", ids: "abc", codes: "converted implausible" },
  "102-java-v2-tostring.txt": {
    format: "a print of the AWS SDK for Java",
    ids: "",
    codes: "skipped",
    rejected: "this is a print of the AWS SDK for Java, not",
  },
  "104-go-v1-prettify.txt": {
    format: "a print of the AWS SDK for Go",
    ids: "",
    codes: "skipped",
    rejected: "this is a print of the AWS SDK for Go, not",
  },
  "106-ruby-to_h-to_json.json": { format: "API JSON", ids: "abc", times: wholeSeconds, codes: "converted implausible" },
  "108-ruby-inspect.txt": {
    format: "a print of the AWS SDK for Ruby",
    ids: "",
    codes: "skipped",
    rejected: "this is a print of the AWS SDK for Ruby, not",
  },
  "110-php-json_encode.json": { format: "API JSON", ids: "abc", times: wholeSeconds, codes: "implausible" },
  "112-r-paws-jsonlite-boxed.json": {
    format: "API JSON",
    ids: "abc",
    times: wholeSeconds,
    codes: "converted implausible",
  },
  "114-js-console-log.txt": {
    format: "a print of console.log",
    ids: "",
    codes: "skipped",
    rejected: "this is a print of console.log, not",
  },
  "116-js-date-getTime-ms.json": { format: "API JSON", ids: "abc", codes: "converted implausible" },
  "118-epoch-string-ms.json": { format: "API JSON", ids: "abc", codes: "converted implausible" },
  "120-nanosecond-iso.json": { format: "API JSON", ids: "abc", times: at123, codes: "implausible" },
  "122-offset-compact.json": { format: "API JSON", ids: "abc", times: at123, codes: "implausible" },
  "124-zone-name-java.json": { format: "API JSON", ids: "abc", times: at123, codes: "converted implausible" },
  "126-empty-string-completion.json": {
    format: "JSON array",
    ids: "abc",
    but: { KmsKeyId: "" },
    codes: "converted implausible",
  },
  "128-go-zero-time.json": { format: "JSON array", ids: "abc", times: wholeSeconds, codes: "converted implausible" },
  "130-24-hour.json": { format: "API JSON", ids: "abc", times: midnight, codes: "converted implausible" },
  "141-dynamodb-export-lines.json": { format: "NDJSON", ids: "abc", codes: "converted implausible" },
  "143-mongoexport.json": { format: "NDJSON", ids: "abc", codes: "converted ignored-member implausible" },
  "145-elasticsearch-bulk.ndjson": { format: "NDJSON", ids: "abc", codes: "implausible" },
  "147-eventbridge.json": {
    format: "an event of EventBridge",
    ids: "",
    codes: "",
    rejected: "this is an event of EventBridge, not",
  },
  "149-cloudwatch-get-log-events.json": { format: "JSON", ids: "abc", codes: "converted implausible" },
  "151-lambda-proxy.json": { format: "API JSON", ids: "abc", codes: "converted implausible" },
  "153-per-region-map.json": { format: "API JSON", ids: "abcd", codes: "implausible" },
  "155-map-by-id.json": { format: "JSON", ids: "abc", codes: "implausible" },
  "157-athena-csv.csv": { format: "CSV", ids: "a", less: true, codes: "converted implausible" },
  "159-athena-utc-suffix.json": { format: "API JSON", ids: "abc", times: at123, codes: "converted implausible" },
  "161-terraform-output.json": { format: "JSON", ids: "abc", codes: "implausible" },
  "163-jupyter.ipynb": { format: "API JSON", ids: "abc", codes: "converted implausible" },
  "165-csvjson-dotted-strings.json": { format: "JSON array", ids: "abc", codes: "converted implausible" },
  "167-null-jobs.json": { format: "API JSON", ids: "", codes: "" },
  "169-empty-file.json": { format: "empty", ids: "", codes: "", rejected: "the source is empty" },
  "180-newer-then-older.ndjson": { format: "NDJSON", ids: "a", codes: "implausible older" },
  "196-progress-line-between-pages.txt": { format: "AWS CLI JSON", ids: "abcd", codes: "implausible skipped" },
  "198-clear-screen-codes-before-brace.json": { format: "AWS CLI JSON", ids: "abc", codes: "implausible skipped" },
  "200-ps51-date-objects.json": { format: "JSON array", ids: "abc", codes: "converted implausible" },
  "202-cli-max-results-1.json": { format: "AWS CLI JSON", ids: "a", token: "AAAA", codes: "implausible incomplete" },
  "204-region-lines-then-json.txt": { format: "AWS CLI JSON", ids: "abcd", codes: "implausible skipped" },
  "206-mixed-good-and-ms.json": { format: "JSON array", ids: "ab", codes: "converted implausible" },
  "208-own-export.csv": { format: "CSV", ids: "abc", codes: "implausible" },
  "210-strftime-rfc822-no-zone.json": {
    format: "API JSON",
    ids: "abc",
    times: wholeSeconds,
    codes: "converted implausible",
  },
  "212-jobs-in-two-keys.json": { format: "API JSON", ids: "abc", codes: "implausible" },
};

/** Whether all of `some` is in `all`. */
const isPartOf = (some, all) =>
  typeof some !== "object" || some instanceof Date
    ? assert.deepEqual(some, all)
    : Object.entries(some).forEach(([name, value]) => isPartOf(value, all?.[name]));

test("every file is in the table", () => {
  assert.deepEqual(readdirSync(FOLDER).sort(), Object.keys(FILES));
});

for (const [name, expected] of Object.entries(FILES)) {
  test(name, LIMIT, async () => {
    const source = read(name);
    const { result, all } = await imported(source);
    assert.equal(result.format, expected.format);
    assert.equal(all.map(({ JobId }) => JobId[0]).join(""), expected.ids);
    for (const job of all) {
      const reference = REFERENCE.find(({ JobId }) => JobId === job.JobId);
      if (reference === undefined) continue;
      const meant = (expected.times ?? exact)(reference);
      const isOther = expected.butIn === undefined || job.JobId.startsWith(expected.butIn);
      if (expected.less) isPartOf(job, meant);
      else assert.deepEqual(job, isOther ? { ...meant, ...expected.but } : meant);
    }
    assert.equal(result.complete, expected.token === undefined);
    assert.equal(result.NextToken, expected.token);
    assert.equal(codes(result).join(" "), expected.codes);
    assert.equal(result.rejectedCount, expected.rejected === undefined ? 0 : 1);
    for (const { message } of result.rejected) assert.ok(message.includes(expected.rejected), message);
    for (const size of [1, 7, 100]) {
      const again = await imported(chunked(source, () => size));
      assert.deepEqual(again.all, all, `in chunks of ${size}`);
      assert.deepEqual(again.result, result, `in chunks of ${size}`);
    }
  });
}
