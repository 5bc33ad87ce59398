// What a query is made of: tokens at UTF-16 places, whatever the text, and the fields that it can name.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { seeded, wireJob } from "../jobs_of.js";

let jobs;
before(async () => {
  jobs = await createJobs();
});
after(() => jobs?.close());

test("half a surrogate pair is read as U+FFFD, whether or not the runtime knows toWellFormed", () => {
  const values = () => jobs.tokens("a\ud800b \udc00\ud83d \u{1F600}").map(({ value }) => value);
  const expected = ["a\ufffdb", "\ufffd\ufffd", "\u{1F600}"];
  assert.deepEqual(values(), expected);
  const known = Object.getOwnPropertyDescriptor(String.prototype, "toWellFormed");
  assert.ok(known);
  delete String.prototype.toWellFormed;
  try {
    assert.deepEqual(values(), expected);
  } finally {
    Object.defineProperty(String.prototype, "toWellFormed", known);
  }
});

test("tokens stand where their text does, also after characters of other lengths in UTF-8", () => {
  const text = '日本 \u{1F600} -name:="é \\"x\\"" OR (status:failed,queued)';
  const cut = jobs.tokens(text).map(({ kind, start, end, ...facts }) => [kind, text.slice(start, end), facts]);
  assert.deepEqual(cut, [
    ["word", "日本", { value: "日本" }],
    ["word", "\u{1F600}", { value: "\u{1F600}" }],
    ["not", "-", {}],
    ["field", "name:", { field: "name" }],
    ["value", '="é \\"x\\""', { field: "name", value: 'é "x"', quoted: true, exact: true }],
    ["or", "OR", {}],
    ["open", "(", {}],
    ["field", "status:", { field: "status" }],
    ["value", "failed", { field: "status", value: "failed" }],
    ["comma", ",", {}],
    ["value", "queued", { field: "status", value: "queued" }],
    ["close", ")", {}],
  ]);
});

test("any text has tokens: in order, apart, with nothing but space between them", () => {
  const random = seeded(5);
  const parts = [
    "a",
    ":",
    '"',
    "\\",
    "(",
    ")",
    "-",
    " ",
    ",",
    "=",
    "*",
    "OR",
    "NOT",
    "status",
    "arn",
    "é",
    "\ud83d",
    "\u{1F600}",
    "\0",
    "\t",
  ];
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from(
      { length: 1 + Math.floor(random() * 12) },
      () => parts[Math.floor(random() * parts.length)],
    ).join("");
    let end = 0;
    for (const token of jobs.tokens(text)) {
      assert.match(text.slice(end, token.start), /^[\t-\r ]*$/, JSON.stringify(text));
      assert.ok(token.end > token.start, JSON.stringify(text));
      end = token.end;
    }
    assert.match(text.slice(end), /^[\t-\r ]*$/, JSON.stringify(text));
  }
});

test("every field takes a query and is one that the error for an unknown field expects", () => {
  const { fields } = jobs;
  assert.throws(
    () => jobs.query("colour:red"),
    ({ expected }) => {
      assert.deepEqual(
        fields.map(({ name }) => name),
        expected,
      );
      return true;
    },
  );
  const examples = { text: "a", uri: "a", number: "1", time: "2026", duration: "1s" };
  for (const { name, type, values } of fields) {
    for (const value of values ?? [examples[type] ?? "7.0"]) jobs.query(`${name}:${value}`).close();
  }
});

test("the buckets of S3 URIs are counted", async () => {
  const other = await createJobs();
  const input = (Bucket) => ({ Input: { S3Object: { Bucket, Name: "key" } } });
  const wire = [wireJob("a", input("x")), wireJob("b", input("y")), wireJob("c", input("y"))];
  await other.import(JSON.stringify(wire));
  const view = other.query("");
  assert.deepEqual(view.facets("InputBucket"), [
    { value: "y", count: 2 },
    { value: "x", count: 1 },
  ]);
  assert.deepEqual(view.facets("OutputBucket"), [{ value: "output-bucket", count: 3 }]);
  assert.equal(view.facets("ResultsBucket").length + view.facets("SummaryBucket").length, 2);
  assert.throws(() => view.facets("InputName"), RangeError);
  other.close();
});

test("a wrong argument and a closed Jobs say so", async () => {
  const other = await createJobs();
  assert.throws(() => other.tokens(), TypeError);
  other.close();
  assert.throws(() => other.tokens(""), /closed/);
  assert.throws(() => other.fields, /closed/);
});
