// A Response whose owner holds nothing but its jobs' import: Node cancels the body of one that is garbage-collected.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createJobs, openResults } from "rekognition-jobs";
import { asResponse } from "../../../dist/util/any_response.js";

const LIMIT = { timeout: 20_000 };
const AT_ONCE = 5;
const PARTS = ['{"source-ref":"s3://b/a.jpg",', '"detect-moderation-labels":{"ModerationLabels":[]}}'];
const JOB = ['{"JobId":"a",', '"Status":"FAILED"}'];

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

let server;
before(async () => {
  // The second part comes once the first Response may be gone.
  server = createServer(({ url }, response) => {
    const [first, second] = url === "/job" ? JOB : PARTS;
    response.write(first);
    setTimeout(() => response.end(second), 300);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
after(() => server.close());

const get = (path) => fetch(`http://127.0.0.1:${server.address().port}${path}`);

/** Does it several times at once, and collects garbage meanwhile. */
async function collecting(work) {
  const all = Promise.all(Array.from({ length: AT_ONCE }, work));
  for (let round = 0; round < 8; round += 1) {
    await sleep(20);
    collectGarbage();
  }
  return all;
}

test("what is read later of a Response is there", LIMIT, async () => {
  const answers = await collecting(async () => asResponse(await get("/job")));
  for (const answer of answers) assert.equal(await answer.text(), JOB.join(""));
});

test("an import and results are whole", LIMIT, async () => {
  const jobs = await createJobs();
  for (const { added } of await collecting(async () => {
    jobs.clear();
    return jobs.import(await get("/job"));
  })) {
    assert.ok(added <= 1);
  }
  assert.equal(jobs.query("status:failed").length, 1);
  for (const results of await collecting(async () => openResults(await get("/results")))) {
    assert.equal(results.size, 1);
    results.close();
  }
  jobs.close();
});
