// The end of Jobs: several engines beside each other, close, and programs that end.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createJobs } from "rekognition-jobs";
import { byId, meant } from "../jobs_of.js";
import { answerFrom, exception } from "./scripted_service.js";
import { LIMIT, OPERATIONS, closing, talkingTo, fetchingFrom, sleep, until, stored, accountOf } from "./calls.js";

describe("engines", () => {
  test("two side by side share nothing", LIMIT, async () => {
    const [here, there] = [
      await fetchingFrom(answerFrom(accountOf(30, "here"))),
      await fetchingFrom(answerFrom(accountOf(20, "there"))),
    ];
    const [a, b] = await Promise.all([here.jobs.load(), there.jobs.load()]);
    assert.deepEqual([a.added, b.added], [30, 20]);
    assert.equal(there.jobs.get("here-0001"), undefined);
    const view = there.jobs.query("");
    here.jobs.close();
    assert.equal(view.length, 20);
    assert.equal(there.jobs.query("id:there").length, 20);
    assert.equal((await there.jobs.refresh()).complete, true);
  });

  test("many calls at the same time are all answered", LIMIT, async () => {
    const account = accountOf(40);
    const { jobs } = await talkingTo(answerFrom(account, { pageSize: 10 }));
    const [loaded, again, ...singles] = await Promise.all([
      jobs.load(),
      jobs.load(),
      ...account.jobs.map(({ JobId }) => jobs.getMediaAnalysisJob({ JobId })),
    ]);
    assert.equal(loaded.added + again.added, 40);
    assert.deepEqual(singles, account.jobs.map(meant));
    assert.deepEqual(stored(jobs), account.jobs.map(meant).sort(byId));
  });
});

describe("close", () => {
  const isClosed = (error) => error instanceof Error && /closed/i.test(error.message);

  test("ends all use: everything afterwards says that it is closed", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(answerFrom(accountOf(30), { pageSize: 10 }));
    await jobs.load();
    const view = jobs.query("");
    const walking = jobs.paginateListMediaAnalysisJobs();
    await walking.next();
    const sent = fetch.requests.length;
    jobs.close();
    for (const [name, call] of Object.entries(OPERATIONS)) await assert.rejects(call(jobs), isClosed, name);
    await assert.rejects(walking.next(), isClosed);
    await assert.rejects(jobs.import('{"JobId":"a"}'), isClosed);
    for (const use of [
      () => jobs.size,
      () => jobs.get("a"),
      () => jobs.loaded,
      () => jobs.clear(),
      () => jobs.query(),
      () => view.length,
      () => view.rows(0, 1),
    ]) {
      assert.throws(use, isClosed, `${use}`);
    }
    assert.equal(fetch.requests.length, sent);
    assert.doesNotThrow(() => jobs.close(), "closing again does nothing");
  });

  test("while calls are in flight ends them", LIMIT, async () => {
    for (const answer of [
      { hangs: true },
      { ...exception("ThrottlingException"), headers: { "x-amz-retry-after": "4000" } },
    ]) {
      const { fetch, jobs } = await fetchingFrom(answer);
      const calls = [
        ...Object.values(OPERATIONS).map((call) => call(jobs)),
        jobs.import(new ReadableStream()),
        jobs.import(
          (async function* () {
            yield '{"JobId":"a"}\n';
            await new Promise(() => {});
          })(),
        ),
      ];
      calls.forEach((call) => call.catch(() => {}));
      await until(() => fetch.requests.length >= 5);
      await sleep(10);
      jobs.close();
      for (const call of calls) await assert.rejects(call, isClosed);
      const sent = fetch.requests.length;
      await sleep(50);
      assert.equal(fetch.requests.length, sent);
    }
  });

  test("from within onProgress", LIMIT, async () => {
    const { jobs } = await fetchingFrom(answerFrom(accountOf(30), { pageSize: 10 }));
    await assert.rejects(jobs.load({ onProgress: () => jobs.close() }), isClosed);
    const waiting = await fetchingFrom(exception("ThrottlingException"));
    await assert.rejects(waiting.jobs.load({ onProgress: () => waiting.jobs.close() }), isClosed);
    const importing = closing(await createJobs());
    await assert.rejects(importing.import(chunksOf(5), { onProgress: () => importing.close() }), isClosed);
  });

  async function* chunksOf(count) {
    for (let i = 0; i < count; i++) yield `{"JobId":"${i}"}\n`;
  }

  test("from within fetch", LIMIT, async () => {
    let jobs;
    const close = () => {
      jobs.close();
      return Promise.resolve(new Response('{"MediaAnalysisJobs":[]}'));
    };
    for (const call of Object.values(OPERATIONS)) {
      jobs = await createJobs({ region: "us-east-1", fetch: close });
      await assert.rejects(call(jobs), isClosed);
    }
  });

  test("queries, imports and clear within fetch do no harm", LIMIT, async () => {
    const answer = answerFrom(accountOf(30), { pageSize: 10 });
    const { fetch, jobs } = await fetchingFrom(async (request) => {
      // The first page has been stored by then, the second has not.
      if (fetch.requests.length === 3) jobs.clear();
      await jobs.import('{"JobId":"from-a-file"}');
      assert.equal(jobs.query("from-a-file").length, 1);
      return answer(request);
    });
    assert.equal((await jobs.load()).added, 30);
    assert.equal(jobs.size, 31);
  });

  test("Symbol.dispose closes, where there is one", {
    ...LIMIT,
    skip: typeof Symbol.dispose !== "symbol",
  }, async () => {
    const jobs = await createJobs();
    const view = jobs.query("");
    view[Symbol.dispose]();
    assert.throws(() => view.length, isClosed);
    jobs[Symbol.dispose]();
    assert.throws(() => jobs.size, isClosed);
  });
});

describe("a program that has nothing more to do ends", () => {
  const programs = {
    "after a list": "await jobs.listMediaAnalysisJobs();",
    "after an abort in a wait": `throttled = true;
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 30);
      await jobs.load({ signal: controller.signal }).catch(() => {});`,
    "after a close in a wait": `throttled = true;
      setTimeout(() => jobs.close(), 30);
      await jobs.load().catch(() => {});`,
    "after an abort in a request": `hanging = true;
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 30);
      await jobs.load({ signal: controller.signal }).catch(() => {});`,
    "after a network failure": "broken = true; await jobs.load().catch(() => {});",
    "without closing anything": "jobs.query(''); await jobs.import('{\"JobId\":\"a\"}');",
  };
  for (const [name, body] of Object.entries(programs)) {
    test(name, LIMIT, async () => {
      const program = `
        import { createJobs } from "rekognition-jobs";
        let throttled = false, hanging = false, broken = false;
        const fetch = async () => {
          if (hanging) return new Promise(() => {});
          if (broken) throw new TypeError("Failed to fetch");
          if (throttled) {
            const init = { status: 400, headers: { "x-amz-retry-after": "6000" } };
            return new Response('{"__type":"ThrottlingException"}', init);
          }
          return new Response('{"MediaAnalysisJobs":[]}');
        };
        const jobs = await createJobs({ region: "us-east-1", fetch });
        const start = performance.now();
        process.on("exit", () => console.log(Math.round(performance.now() - start)));
        ${body}`;
      const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
        stdio: ["ignore", "pipe", "pipe"],
        cwd: fileURLToPath(new URL(".", import.meta.url)),
      });
      let output = "";
      child.stdout.on("data", (data) => (output += data));
      child.stderr.on("data", (data) => (output += data));
      const [code] = await once(child, "exit");
      assert.equal(code, 0, output);
      assert.match(output, /^\d+\n$/);
      assert.ok(Number(output) < 2_000, `${output} ms`);
    });
  }
});
