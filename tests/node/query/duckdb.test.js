// What outgrows a tab: exports load unchanged into DuckDB, by the statements of docs/duckdb-athena.md, and count there as here.
// LONG=1 does it with a million jobs.
import assert from "node:assert/strict";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { after, before, test } from "node:test";
import { DuckDBInstance } from "@duckdb/node-api";
import { createJobs } from "rekognition-jobs";
import { accountPages } from "../../bench/account_pages.js";

const COUNT = process.env.LONG ? 1_000_000 : 20_000;
const LIMIT = { timeout: 300_000 };

let folder;
let jobs;
let database;
let statements;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "rekognition-jobs-"));
  jobs = await createJobs();
  async function* chunks() {
    yield* accountPages(COUNT);
  }
  await jobs.import(chunks());
  for (const format of ["csv", "ndjson"]) {
    const view = jobs.query("");
    await pipeline(Readable.fromWeb(view.exportStream(format)), createWriteStream(join(folder, `jobs.${format}`)));
    view.close();
  }
  const page = await readFile(new URL("../../../docs/duckdb-athena.md", import.meta.url), "utf8");
  const [, text] = /```sql\n-- DuckDB\n([\s\S]*?)```/.exec(page);
  statements = text
    .split(";")
    .map((each) => each.trim())
    .filter(Boolean)
    .map((each) => each.replace(/'jobs\./, `'${folder}/jobs.`));
  database = await (await DuckDBInstance.create(":memory:")).connect();
}, LIMIT);
after(async () => {
  database?.closeSync();
  jobs?.close();
  if (folder) await rm(folder, { recursive: true });
}, LIMIT);

const ask = async (sql) => (await database.runAndReadAll(sql)).getRowsJson();
const facets = (query, field) => {
  const view = jobs.query(query);
  const counts = view.facets(field);
  view.close();
  return Object.fromEntries(counts.map(({ value, count }) => [value, count]));
};
const asObject = (rows) =>
  Object.fromEntries(rows.filter(([value]) => value !== null).map(([value, count]) => [value, Number(count)]));

test("the documented statements count the failure codes as facets do, of CSV and of NDJSON", LIMIT, async () => {
  const expected = facets("status:failed", "code");
  assert.ok(Object.keys(expected).length > 3);
  const answers = [];
  for (const statement of statements) {
    const rows = await ask(statement);
    if (statement.startsWith("SELECT")) answers.push(asObject(rows));
  }
  assert.deepEqual(answers, [expected, expected]);
});

test("every job is there once, with the same statuses, buckets, sums and texts", LIMIT, async () => {
  for (const [table, bucket, took] of [
    ["jobs", "InputBucket", "DurationSeconds"],
    ["records", "Input.S3Object.Bucket", "CompletionTimestamp - CreationTimestamp"],
  ]) {
    const [[count, distinct]] = await ask(`SELECT count(*), count(DISTINCT JobId) FROM ${table}`);
    assert.deepEqual([Number(count), Number(distinct)], [COUNT, COUNT]);
    assert.deepEqual(asObject(await ask(`SELECT Status, count(*) FROM ${table} GROUP BY 1`)), facets("", "status"));
    assert.deepEqual(
      asObject(await ask(`SELECT ${bucket}, count(*) FROM ${table} GROUP BY 1`)),
      facets("", "InputBucket"),
    );
    const [[seconds]] = await ask(`SELECT sum(${took}) FROM ${table}`);
    let expected = 0;
    const view = jobs.query("has:completed");
    for (const job of view) expected += (job.CompletionTimestamp - job.CreationTimestamp) / 1000;
    view.close();
    assert.ok(Math.abs(Number(seconds) / expected - 1) < 1e-9, `${seconds} for ${expected}`);
  }
  const [[differing]] = await ask(`SELECT count(*) FROM jobs JOIN records USING (JobId)
    WHERE jobs.FailureMessage IS DISTINCT FROM records.FailureDetails.Message
    OR jobs.JobName IS DISTINCT FROM records.JobName AND left(jobs.JobName, 1) <> ''''`);
  assert.equal(Number(differing), 0);
});
