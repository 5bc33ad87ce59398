// Snapshots: the jobs of one Jobs as bytes, and another that begins with them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs, SnapshotError } from "rekognition-jobs";
import { seeded, wireJob } from "../jobs_of.js";
import { accountOf, closing, fetchingFrom } from "../service/calls.js";
import { answerFrom, exception } from "../service/scripted_service.js";

const LIMIT = { timeout: 60_000 };

const bytesOf = async (stream) => new Uint8Array(await new Response(stream).arrayBuffer());
const snapshotOf = (jobs) => bytesOf(jobs.snapshot());
const opened = async (snapshot, options = {}) => closing(await createJobs({ ...options, snapshot }));
const fromBytes = (bytes, options) => opened(new Blob([bytes]), options);
const listed = (jobs, sort) => [...jobs.query("", { sort })];

/** A stream of the bytes in chunks of those sizes, over and over. */
const chunked = (bytes, sizes) =>
  new ReadableStream({
    start(controller) {
      for (let at = 0, i = 0; at < bytes.length; at += sizes[i++ % sizes.length]) {
        controller.enqueue(bytes.slice(at, at + sizes[i % sizes.length]));
      }
      controller.close();
    },
  });

/** Jobs with any of the members, whose texts repeat or not. */
function anyJobs(count, seed) {
  const random = seeded(seed);
  const maybe = (value) => (random() < 0.6 ? value : undefined);
  const any = (choices) => choices[Math.floor(random() * choices.length)];
  return Array.from({ length: count }, (_, i) =>
    wireJob(i % 3 ? `${i}`.padStart(64, "c") : `job-${i}`, {
      JobName: maybe(any(["", "promo-ü", "€ 😀 \u0000\n", `name-${i}`, `=cmd|${i}`])),
      OperationsConfig:
        maybe({
          DetectModerationLabels: {
            MinConfidence: any([0, -0, 50, 62.5, i / 7]),
            ProjectVersion: maybe(`arn:${i % 40}`),
          },
        }) ?? {},
      Status: any(["SUCCEEDED", "FAILED", "IN_PROGRESS", `NEW_${i % 300}`]),
      FailureDetails: maybe({ Code: "INTERNAL_ERROR", Message: maybe(`it failed at ${i}`) }),
      CompletionTimestamp: maybe(1690556751.25 + i),
      Input: maybe({ S3Object: { Bucket: `b-${i % 9}`, Name: `in/${i}`, Version: maybe(`v${i}`) } }) ?? {
        S3Object: {},
      },
      KmsKeyId: maybe(`key-${i % 70_000}`),
      Results: maybe({ S3Object: maybe({ Bucket: "b", Name: any([`out/job-${i}.jsonl`, `elsewhere-${i}`, ""]) }) }),
    }),
  );
}

async function filled(count, seed) {
  const jobs = closing(await createJobs());
  await jobs.import(JSON.stringify(anyJobs(count, seed)));
  // Some of them change, so that rows are replaced.
  await jobs.import(JSON.stringify(anyJobs(Math.floor(count / 3), seed + 1)));
  return jobs;
}

describe("a snapshot", () => {
  for (const count of [0, 1, 500, 9_000]) {
    test(`of ${count} jobs gives them again, member for member`, LIMIT, async () => {
      const jobs = await filled(count, 31 + count);
      const again = await fromBytes(await snapshotOf(jobs));
      assert.equal(again.size, jobs.size);
      assert.equal(again.size, count);
      for (const sort of ["", "name", "-created", "duration", "results", "id", "confidence", "kms"]) {
        assert.deepEqual(listed(again, sort), listed(jobs, sort), sort);
      }
      for (const text of [
        "promo",
        "name:name-1*",
        "status:failed has:message",
        "-has:results",
        "kms:key-7",
        "created:>2020",
        "input:b-3",
        "id:ccc",
      ]) {
        assert.deepEqual([...again.query(text)], [...jobs.query(text)], text);
      }
      for (const field of ["status", "kms", "InputBucket", "code", "confidence"]) {
        assert.deepEqual(again.query().facets(field), jobs.query().facets(field), field);
      }
      assert.deepEqual(again.query().histogram("duration", 9), jobs.query().histogram("duration", 9));
      for (const { JobId } of listed(jobs).slice(0, 50)) assert.deepEqual(again.get(JobId), jobs.get(JobId));
      assert.equal(again.get("none"), undefined);
      // What is imported again is known.
      const { added, updated } = await again.import(jobs.query().export("json"));
      assert.deepEqual([added, updated], [0, 0]);
    });
  }

  test("is opened from a Blob, a Response, or a stream in chunks of any size", LIMIT, async () => {
    const jobs = await filled(700, 5);
    const bytes = await snapshotOf(jobs);
    const sources = [
      new Blob([bytes]),
      new Response(bytes),
      new Response(chunked(bytes, [70_000])),
      jobs.snapshot(),
      chunked(bytes, [1]),
      chunked(bytes, [3, 4_096, 11, 1_000_000]),
      chunked(bytes, [65_536]),
    ];
    for (const source of sources) assert.deepEqual(listed(await opened(source)), listed(jobs));
  });

  test("is made part by part, of the jobs as they were when it was asked for", LIMIT, async () => {
    const jobs = await filled(6_000, 6);
    const before = listed(jobs);
    const reader = jobs.snapshot().getReader();
    const parts = [];
    for (let round = 0; ; round++) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      assert.ok(value.length < 1_000_000);
      if (round === 0) await jobs.import(JSON.stringify(anyJobs(8_000, 77)));
      if (round === 1) jobs.clear();
    }
    assert.ok(parts.length > 2, `${parts.length} parts`);
    assert.deepEqual(listed(await opened(new Blob(parts))), before);
  });

  test("that is left unread, or cancelled, keeps nothing from being closed; a closed Jobs ends it", LIMIT, async () => {
    const jobs = await filled(6_000, 7);
    jobs.snapshot();
    const cancelled = jobs.snapshot().getReader();
    await cancelled.read();
    await cancelled.cancel();
    const open = jobs.snapshot().getReader();
    await open.read();
    jobs.close();
    await assert.rejects(open.read(), { message: "this Jobs is closed" });
    assert.throws(() => jobs.snapshot(), { message: "this Jobs is closed" });
    assert.throws(() => jobs.loadedAt, { message: "this Jobs is closed" });
  });

  test("is not changed by a mutated copy of what it told", LIMIT, async () => {
    const { jobs } = await fetchingFrom(answerFrom(accountOf(20), { pageSize: 10 }));
    await jobs.load();
    const { loadedAt } = jobs;
    jobs.loadedAt.setTime(0);
    assert.deepEqual(jobs.loadedAt, loadedAt);
  });
});

describe("how far the jobs were read", () => {
  async function service(count) {
    const account = accountOf(count);
    const answer = answerFrom(account, { pageSize: 10 });
    return { account, ...(await fetchingFrom(answer)), answer };
  }
  const add = (account, count) => account.jobs.unshift(...accountOf(account.jobs.length + count).jobs.slice(0, count));

  test("goes with them: a refresh asks for what is new alone, and tells as much", LIMIT, async () => {
    const { account, fetch, jobs, answer } = await service(200);
    const start = Date.now();
    await jobs.load();
    const { loaded, loadedAt } = jobs;
    assert.ok(loadedAt >= start && loadedAt <= Date.now());
    const bytes = await snapshotOf(jobs);
    add(account, 12);
    const second = await fetchingFrom(answer, { snapshot: new Blob([bytes]) });
    assert.equal(second.fetch.requests.length, 0);
    assert.deepEqual([second.jobs.loaded, second.jobs.loadedAt], [loaded, loadedAt]);
    const { added, pages } = await second.jobs.refresh();
    assert.deepEqual([added, pages], [12, 3]);
    assert.equal(second.fetch.requests.length, 3);
    assert.equal(second.jobs.size, 212);
    assert.ok(second.jobs.loadedAt >= loadedAt && second.jobs.loaded.added === 12);
    assert.equal(fetch.requests.length, 20);
  });

  test("of a load that stopped is where it goes on, and a refresh then knows what was covered", LIMIT, async () => {
    const account = accountOf(200);
    const answer = answerFrom(account, { pageSize: 10 });
    let left = 5;
    const { jobs } = await fetchingFrom(
      (request) => (left-- > 0 ? answer(request) : exception("AccessDeniedException")),
      { maxAttempts: 1 },
    );
    await assert.rejects(jobs.load());
    assert.equal(jobs.loadedAt, undefined);
    assert.equal(jobs.loaded.complete, false);
    const second = await fetchingFrom(answer, { snapshot: new Blob([await snapshotOf(jobs)]) });
    assert.deepEqual(second.jobs.loaded, jobs.loaded);
    assert.equal(second.jobs.loadedAt, undefined);
    await second.jobs.load({ NextToken: second.jobs.loaded.NextToken });
    assert.equal(second.jobs.size, 200);
    second.fetch.requests.length = 0;
    await second.jobs.refresh();
    assert.equal(second.fetch.requests.length, 1, "nothing is read twice");
  });

  test("remembers which jobs the service does not know", LIMIT, async () => {
    const account = accountOf(10);
    const list = answerFrom(account, { pageSize: 10 });
    const answer = (request) =>
      request.target === "GetMediaAnalysisJob" ? exception("ResourceNotFoundException") : list(request);
    const { fetch, jobs } = await fetchingFrom(answer);
    await jobs.import(
      JSON.stringify(
        ["x", "y", "z"].map((id) => wireJob(id, { Status: "IN_PROGRESS", CompletionTimestamp: undefined })),
      ),
    );
    await jobs.refresh();
    const gets = ({ requests }) => requests.filter(({ target }) => target === "GetMediaAnalysisJob").length;
    assert.equal(gets(fetch), 3);
    const second = await fetchingFrom(answer, { snapshot: jobs.snapshot() });
    await second.jobs.refresh();
    assert.equal(gets(second.fetch), 0);
  });

  test("is nothing of jobs that came from a file, or after clear()", LIMIT, async () => {
    const { jobs } = await service(20);
    await jobs.load();
    jobs.clear();
    assert.deepEqual([jobs.loaded, jobs.loadedAt], [undefined, undefined]);
    await jobs.import('{"JobId":"a"}');
    const again = await opened(jobs.snapshot());
    assert.deepEqual([again.loaded, again.loadedAt, again.size], [undefined, undefined, 1]);
  });
});

describe("what is no snapshot", () => {
  test("is a SnapshotError, whichever byte of it is wrong or missing", LIMIT, async () => {
    const bytes = await snapshotOf(await filled(3, 9));
    const refused = (snapshot) =>
      assert.rejects(createJobs({ snapshot: new Blob([snapshot]) }), (error) => {
        assert.ok(error instanceof SnapshotError, error.stack);
        assert.equal(error.name, "SnapshotError");
        return true;
      });
    for (let at = 0; at < bytes.length; at += at < 100 ? 1 : 13) {
      await refused(bytes.map((byte, i) => (i === at ? byte ^ 16 : byte)));
      await refused(bytes.subarray(0, at));
    }
    const message = async (snapshot) =>
      (await createJobs({ snapshot: new Blob([snapshot]) }).catch((error) => error)).message;
    assert.equal(await message('{"MediaAnalysisJobs":[]}'), "this is not a snapshot");
    assert.equal(await message(bytes.with(8, 2)), "this snapshot is of another version of rekognition-jobs");
    assert.equal(await message(bytes.with(40, bytes[40] ^ 1)), "this snapshot is damaged");
    assert.equal(await message(bytes.subarray(0, -1)), "this snapshot is cut off");
  });

  test("of another type is a TypeError, a Response that is no success a ServiceError", LIMIT, async () => {
    for (const snapshot of ["text", 1, {}, [], new Uint8Array(3), new ArrayBuffer(3), true]) {
      await assert.rejects(createJobs({ snapshot }), TypeError);
    }
    await assert.rejects(createJobs({ snapshot: new Response("", { status: 404 }) }), { name: "UnknownError" });
    const reason = new Error("the source broke");
    await assert.rejects(
      createJobs({ snapshot: new ReadableStream({ pull: (controller) => controller.error(reason) }) }),
      reason,
    );
    for (const snapshot of [undefined, null]) assert.equal((await opened(snapshot)).size, 0);
  });

  test("has nothing in its words of credentials that were given", LIMIT, async () => {
    const secretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const { jobs } = await fetchingFrom(answerFrom(accountOf(30), { pageSize: 10 }), {
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey },
    });
    await jobs.load();
    const text = new TextDecoder("latin1").decode(await snapshotOf(jobs));
    assert.ok(text.includes("job-0001"));
    for (const secret of ["AKIDEXAMPLE", secretAccessKey]) assert.ok(!text.includes(secret));
  });
});
