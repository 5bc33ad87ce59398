// Calls that overlap: whatever runs meanwhile, what a call tells is true of the store.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs, ServiceError } from "rekognition-jobs";
import { byId, meant, wireJob } from "../jobs_of.js";
import { answerFrom, exception, fetchFrom } from "./scripted_service.js";
import { failOnUnhandledRejections } from "../unhandled_rejections.js";

const LIMIT = { timeout: 30_000 };
const isClosed = (error) => error instanceof Error && /closed/.test(error.message);
const nothing = { added: 0, updated: 0, unchanged: 0, pages: 0, retries: 0, complete: false };

failOnUnhandledRejections();

/** An account of `count` jobs, the newest first, every seventh of which is unfinished. */
const accountOf = (count) => ({
  jobs: Array.from({ length: count }, (_, i) =>
    wireJob(`job-${String(count - i).padStart(4, "0")}`, {
      CreationTimestamp: 1_690_000_000 + 10 * (count - i),
      ...(i % 7 === 6 && { Status: "IN_PROGRESS", CompletionTimestamp: undefined }),
    }),
  ),
});

async function fetchingFrom(account, { pageSize = 10, answer = answerFrom(account, { pageSize }), ...options } = {}) {
  const fetch = fetchFrom(answer);
  return { fetch, jobs: await createJobs({ region: "us-east-1", maxAttempts: 1, fetch, ...options }) };
}

const stored = (jobs) => [...jobs.query("", { sort: "id" })];
const all = (account) => account.jobs.map(meant).sort(byId);
/** Begins an import, and gives it once so many of its jobs are in the store. */
async function importing(jobs, source, count) {
  let running;
  await new Promise((resolve) => {
    running = jobs.import(source, { onProgress: (progress) => progress.jobs === count && resolve() });
  });
  return { running };
}

const reasonOf = (promise) =>
  promise.then(
    () => assert.fail("it succeeded"),
    (reason) => reason,
  );

/** The n-th time that it is called, and no other, does `act`. */
function onCall(n, act) {
  let calls = 0;
  return () => {
    if (++calls === n) act();
  };
}

describe("clear() comes before every load and refresh that runs", () => {
  test("500 jobs, cleared after 300", LIMIT, async () => {
    const account = accountOf(500);
    const { jobs } = await fetchingFrom(account, { pageSize: 100 });
    const loaded = await jobs.load({ onProgress: ({ pages }) => pages === 3 && jobs.size === 300 && clearOnce() });
    function clearOnce() {
      if (!clearOnce.isDone) jobs.clear();
      clearOnce.isDone = true;
    }
    assert.deepEqual(loaded, { added: 500, updated: 0, unchanged: 0, pages: 5, retries: 0, complete: true });
    assert.equal(jobs.size, 500);
    assert.deepEqual(stored(jobs), all(account));
    assert.deepEqual(jobs.loaded, loaded);
    jobs.close();
  });

  for (const kind of ["load", "refresh"]) {
    for (const callback of ["onProgress", "fetch", "credentials"]) {
      test(`${kind}: at every call of ${callback}, the last one too`, LIMIT, async () => {
        for (let n = 1; n <= 7; n++) {
          const account = accountOf(45);
          let jobs;
          const clear = onCall(n, () => jobs.clear());
          const answer = answerFrom(account, { pageSize: 10 });
          ({ jobs } = await fetchingFrom(account, {
            answer: (request) => {
              if (callback === "fetch") clear();
              return answer(request);
            },
            credentials: async () => {
              if (callback === "credentials") clear();
              return { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", expiration: new Date() };
            },
          }));
          const loaded = await jobs[kind](callback === "onProgress" ? { onProgress: clear } : {});
          assert.equal(loaded.complete, true);
          const known = kind === "refresh" ? loaded.updated + loaded.unchanged : 0;
          assert.deepEqual([loaded.added, loaded.pages], [45, 5], `${callback} ${n}`);
          assert.equal(loaded.added + loaded.updated + loaded.unchanged, 45 + known);
          assert.deepEqual(stored(jobs), all(account));
          jobs.close();
        }
      });
    }

    test(`${kind}: while it waits for an attempt, which is then not made again`, LIMIT, async () => {
      const account = accountOf(30);
      const answer = answerFrom(account, { pageSize: 10 });
      let isThrottled = true;
      const { fetch, jobs } = await fetchingFrom(account, {
        maxAttempts: 2,
        answer: (request) =>
          request.body.NextToken && isThrottled
            ? { ...exception("InternalServerError", { status: 500 }), headers: { "x-amz-retry-after": "20" } }
            : answer(request),
      });
      const seen = [];
      const loaded = await jobs[kind]({
        onProgress: (progress) => {
          seen.push(progress);
          if (progress.waitingMs === undefined || !isThrottled) return;
          isThrottled = false;
          jobs.clear();
        },
      });
      assert.deepEqual(loaded, { added: 30, updated: 0, unchanged: 0, pages: 3, retries: 0, complete: true });
      assert.deepEqual(
        fetch.requests.map(({ body }) => body.NextToken),
        [undefined, "after job-0021", undefined, "after job-0021", "after job-0011"],
      );
      assert.deepEqual(
        seen.slice(2).map(({ pages, jobs: count }) => [pages, count]),
        [
          [1, 10],
          [2, 20],
          [3, 30],
        ],
      );
      jobs.close();
    });

    test(`${kind}: one that then fails tells nothing of what was before`, LIMIT, async () => {
      const account = accountOf(30);
      const answer = answerFrom(account, { pageSize: 10 });
      const { fetch, jobs } = await fetchingFrom(account, {
        answer: (request) => (fetch.requests.length > 2 ? exception("AccessDeniedException") : answer(request)),
      });
      const error = await reasonOf(jobs[kind]({ onProgress: ({ pages }) => pages === 2 && jobs.clear() }));
      assert.equal(error.name, "AccessDeniedException");
      assert.deepEqual(error.loaded, nothing);
      assert.deepEqual(jobs.loaded, nothing);
      assert.equal(jobs.size, 0);
      jobs.close();
    });

    test(`${kind}: an abort at once after it tells nothing of what was before`, LIMIT, async () => {
      const controller = new AbortController();
      const { jobs } = await fetchingFrom(accountOf(30));
      const reason = await reasonOf(
        jobs[kind]({
          signal: controller.signal,
          onProgress: ({ pages }) => {
            if (pages < 2) return;
            jobs.clear();
            controller.abort();
          },
        }),
      );
      assert.equal(reason, controller.signal.reason);
      assert.deepEqual(jobs.loaded, nothing);
      assert.equal((await jobs.refresh()).added, 30, "and no refresh takes those pages as read");
      assert.equal(jobs.size, 30);
      jobs.close();
    });
  }

  test("a load from a NextToken begins at that token again, and covers no more than it reads", LIMIT, async () => {
    const account = accountOf(45);
    const { jobs } = await fetchingFrom(account);
    const controller = new AbortController();
    await reasonOf(
      jobs.load({ signal: controller.signal, onProgress: ({ pages }) => pages === 2 && controller.abort() }),
    );
    const { NextToken } = jobs.loaded;
    const clear = onCall(1, () => jobs.clear());
    const rest = await jobs.load({ NextToken, onProgress: clear });
    assert.deepEqual(rest, { added: 25, updated: 0, unchanged: 0, pages: 3, retries: 0, complete: true });
    assert.equal(jobs.size, 25);
    const refreshed = await jobs.refresh();
    assert.deepEqual([refreshed.added, refreshed.complete], [20, true]);
    assert.deepEqual(stored(jobs), all(account));
    jobs.close();
  });

  test("each of several, and several times", LIMIT, async () => {
    const account = accountOf(45);
    const { jobs } = await fetchingFrom(account);
    let clears = 3;
    const onProgress = ({ pages }) => pages === 2 && clears-- > 0 && jobs.clear();
    const outcomes = await Promise.all([
      jobs.load({ onProgress }),
      jobs.refresh({ onProgress }),
      jobs.load({ onProgress }),
    ]);
    assert.ok(outcomes.every(({ complete }) => complete));
    assert.equal(
      outcomes.reduce((sum, { added }) => sum + added, 0),
      45,
    );
    assert.deepEqual(stored(jobs), all(account));
    jobs.close();
  });

  test("views that were taken before stay as they are", LIMIT, async () => {
    const { jobs } = await fetchingFrom(accountOf(45));
    let view;
    await jobs.load({
      onProgress: ({ pages }) => {
        if (pages !== 2 || view) return;
        view = jobs.query("", { sort: "id" });
        jobs.clear();
        assert.equal(jobs.size, 0);
        assert.equal(jobs.loaded, undefined);
      },
    });
    assert.equal(view.length, 20);
    assert.equal(new Set([...view].map(({ JobId }) => JobId)).size, 20);
    jobs.close();
  });
});

describe("what an import has put in survives a clear()", () => {
  const line = (JobId, JobName = "1") => `${JSON.stringify(wireJob(JobId, { JobName }))}\n`;
  const told = ({ added, updated, unchanged }) => ({ added, updated, unchanged });
  const namesOf = (jobs) => stored(jobs).map(({ JobId, JobName }) => `${JobId} ${JobName}`);

  test("whether it was new, changed or known, and is counted as into an empty store", LIMIT, async () => {
    const jobs = await createJobs();
    await jobs.import(line("known") + line("changed") + line("other"));
    async function* source() {
      yield line("known") + line("known") + line("changed", "2") + line("new");
      jobs.clear();
      yield line("last") + line("new");
    }
    assert.deepEqual(told(await jobs.import(source())), { added: 4, updated: 0, unchanged: 2 });
    assert.deepEqual(namesOf(jobs), ["changed 2", "known 1", "last 1", "new 1"]);
    jobs.close();
  });

  test("of several, each keeps its own", LIMIT, async () => {
    const jobs = await createJobs();
    let letGo;
    const gate = new Promise((resolve) => (letGo = resolve));
    async function* waiting(...lines) {
      yield* lines;
      await gate;
    }
    const first = await importing(jobs, waiting(line("a"), line("b")), 2);
    const second = await importing(jobs, waiting(line("a", "2"), line("b"), line("c")), 3);
    await jobs.import(line("gone"));
    jobs.clear();
    assert.deepEqual(namesOf(jobs), ["a 2", "b 1", "c 1"]);
    letGo();
    const [one, two] = (await Promise.all([first.running, second.running])).map(told);
    assert.deepEqual([one.added + two.added, one.updated + two.updated, one.unchanged + two.unchanged], [3, 1, 1]);
    jobs.close();
  });

  test("also over compactions, which other calls bring", LIMIT, async () => {
    const jobs = await createJobs();
    let letGo;
    const gate = new Promise((resolve) => (letGo = resolve));
    async function* source() {
      for (let i = 0; i < 50; i++) yield line(`job-${i}`);
      await gate;
      yield line("last");
    }
    const { running } = await importing(jobs, source(), 50);
    const view = jobs.query("", { sort: "id" });
    for (let round = 2; round < 12; round++) {
      await jobs.import(Array.from({ length: 50 }, (_, i) => line(`job-${i}`, `${round}`)).join(""));
    }
    assert.ok(namesOf(jobs).every((name) => name.endsWith(" 11")));
    jobs.clear();
    assert.equal(jobs.size, 50);
    assert.ok(
      namesOf(jobs).every((name) => name.endsWith(" 1")),
      "what the others put in is forgotten",
    );
    letGo();
    assert.deepEqual(told(await running), { added: 51, updated: 0, unchanged: 0 });
    assert.ok([...view].every(({ JobName }) => JobName === "1"));
    jobs.close();
  });

  test("a load that runs beside it begins anew, and each tells what it did", LIMIT, async () => {
    const account = accountOf(25);
    const { jobs } = await fetchingFrom(account);
    let clears = 1;
    async function* source() {
      for (const job of account.jobs.slice(0, 15)) {
        yield `${JSON.stringify(job)}\n`;
        await new Promise((resolve) => setImmediate(resolve));
      }
      yield line("of the file");
    }
    const [imported, loaded] = await Promise.all([
      jobs.import(source()),
      jobs.load({ onProgress: ({ pages }) => pages === 2 && clears-- > 0 && jobs.clear() }),
    ]);
    assert.equal(imported.added + loaded.added, jobs.size);
    assert.equal(jobs.size, 26);
    assert.equal(loaded.complete, true);
    assert.equal(loaded.added + loaded.updated + loaded.unchanged, 25);
    jobs.close();
  });
});

describe("where readings of the list have stopped", () => {
  test("each of several that were aborted can be gone on with, and covers what it covered", LIMIT, async () => {
    const account = accountOf(60);
    for (const job of account.jobs) Object.assign(job, { Status: "SUCCEEDED" });
    const { fetch, jobs } = await fetchingFrom(account);
    const stopAfter = async (count) => {
      const controller = new AbortController();
      const onProgress = ({ pages }) => pages === count && controller.abort();
      await reasonOf(jobs.load({ signal: controller.signal, onProgress }));
      return jobs.loaded.NextToken;
    };
    const places = [await stopAfter(4), await stopAfter(1), await stopAfter(2)];
    await jobs.load({ NextToken: places[0] });
    fetch.requests.length = 0;
    const refreshed = await jobs.refresh();
    assert.deepEqual([refreshed.complete, refreshed.pages, fetch.requests.length], [true, 1, 1]);
    assert.equal(jobs.size, 60);
    jobs.close();
  });

  test("a refresh that ends while a load has not come that far leaves no gap", LIMIT, async () => {
    const account = accountOf(60);
    const { jobs } = await fetchingFrom(account);
    const controller = new AbortController();
    let refreshed;
    await reasonOf(
      jobs.load({
        signal: controller.signal,
        onProgress: ({ pages }) => {
          if (pages === 1) refreshed = jobs.refresh();
          if (pages === 3) controller.abort();
        },
      }),
    );
    assert.equal((await refreshed).complete, true);
    assert.deepEqual(stored(jobs), all(account));
    jobs.close();
  });
});

describe("loaded", () => {
  test("is what came of the last load or refresh to end, well or not", LIMIT, async () => {
    const account = accountOf(30);
    let isDown = false;
    const answer = answerFrom(account, { pageSize: 10 });
    const { jobs } = await fetchingFrom(account, {
      answer: (request) => (isDown ? exception("AccessDeniedException") : answer(request)),
    });
    assert.equal(jobs.loaded, undefined);
    const loaded = await jobs.load();
    assert.deepEqual(jobs.loaded, loaded);
    const refreshed = await jobs.refresh();
    assert.deepEqual(jobs.loaded, refreshed);
    isDown = true;
    const error = await reasonOf(jobs.load({ NextToken: "after job-0011" }));
    assert.deepEqual(error.loaded, { ...nothing, NextToken: "after job-0011" });
    assert.deepEqual(jobs.loaded, error.loaded);
    jobs.clear();
    assert.equal(jobs.loaded, undefined, "clear() forgets it");
    jobs.close();
    assert.throws(() => jobs.loaded, isClosed);
  });

  test("is never written on what the caller aborts with, be it a ServiceError", LIMIT, async () => {
    for (const reason of [
      new ServiceError({ message: "mine" }),
      Object.freeze(new Error("mine")),
      "mine",
      { mine: true },
    ]) {
      const { jobs } = await fetchingFrom(accountOf(30));
      const controller = new AbortController();
      const onProgress = ({ pages }) => pages === 2 && controller.abort(reason);
      assert.equal(await reasonOf(jobs.load({ signal: controller.signal, onProgress })), reason);
      assert.ok(!Object.hasOwn(Object(reason), "loaded"));
      assert.equal(jobs.loaded.pages, 2);
      jobs.close();
    }
  });

  test("is never written on what a callback throws", LIMIT, async () => {
    const { jobs } = await fetchingFrom(accountOf(30));
    const thrown = new Error("mine");
    const onProgress = () => {
      throw thrown;
    };
    assert.equal(await reasonOf(jobs.load({ onProgress })), thrown);
    assert.ok(!Object.hasOwn(thrown, "loaded"));
    assert.equal(jobs.loaded.pages, 1);
    jobs.close();
  });
});

describe("close() ends all that runs, and calls nothing more", () => {
  for (const from of ["onProgress", "the last onProgress", "fetch", "credentials", "next()", "a timer"]) {
    test(`from ${from}`, LIMIT, async () => {
      const account = accountOf(25);
      const answer = answerFrom(account, { pageSize: 10 });
      let jobs;
      let isOver = false;
      const close = () => {
        jobs.close();
        isOver = true;
      };
      const call = (name, closes) => {
        assert.ok(!isOver, `${name} after close()`);
        if (closes) close();
      };
      let asked = 0;
      const credentials = async () => {
        call("credentials", from === "credentials" && ++asked === 2);
        return { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", expiration: new Date() };
      };
      ({ jobs } = await fetchingFrom(account, {
        credentials,
        answer: (request) => {
          call("fetch", from === "fetch" && request.body.NextToken);
          return ["next()", "a timer"].includes(from) && request.body.NextToken ? { hangs: true } : answer(request);
        },
      }));
      const onProgress = ({ pages }) => call("onProgress", pages === { onProgress: 1, "the last onProgress": 3 }[from]);
      let chunks = 0;
      const next = async () => {
        await new Promise((resolve) => setImmediate(resolve));
        if (isOver) return { done: true };
        call("next()", from === "next()" && chunks === 3);
        return { done: false, value: `{"JobId":"file-${chunks++}"}\n` };
      };
      const source = { [Symbol.asyncIterator]: () => ({ next }) };
      const running = [
        jobs.load({ onProgress }),
        jobs.import(source, { onProgress: () => call("onProgress of the import") }),
        jobs.openResults(new ReadableStream()),
      ].map(reasonOf);
      const view = jobs.query();
      if (from === "a timer") setTimeout(close, 5);
      for (const reason of await Promise.all(running)) assert.ok(isClosed(reason), `${reason?.stack ?? reason}`);
      assert.throws(() => view.length, isClosed);
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
  }

  test("in whichever turn after an answer, a chunk or credentials", LIMIT, async () => {
    for (let turns = 0; turns < 60; turns++) {
      const answer = answerFrom(accountOf(25), { pageSize: 10 });
      let jobs;
      let isOver = false;
      const called = [];
      const call = (name) => isOver && called.push(`${name} after close() in turn ${turns}`);
      const closeLater = (left = turns) => {
        if (left > 0) return queueMicrotask(() => closeLater(left - 1));
        jobs.close();
        isOver = true;
      };
      const closeOnce = onCall(1 + (turns % 3), () => closeLater());
      ({ jobs } = await fetchingFrom(undefined, {
        credentials: async () => {
          call("credentials");
          if (turns % 2 === 0) closeOnce();
          return { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", expiration: new Date() };
        },
        answer: (request) => {
          call("fetch");
          if (turns % 2 === 1) closeOnce();
          return answer(request);
        },
      }));
      const load = jobs.load({ onProgress: () => call("onProgress") }).catch((reason) => reason);
      const reason = await load;
      if (!isOver) jobs.close();
      else assert.ok(isClosed(reason), `turn ${turns}: ${reason?.stack ?? reason}`);
      isOver = true;

      isOver = false;
      jobs = await createJobs();
      async function* source() {
        for (let i = 0; i < 3; i++) {
          if (i === turns % 3) closeLater();
          yield `{"JobId":"${i}"}\n`;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      const why = await reasonOf(jobs.import(source(), { onProgress: () => call("onProgress of an import") }));
      assert.ok(isClosed(why), `${why?.stack ?? why}`);
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(called, []);
    }
  });

  test("in whichever turn after a call has begun", LIMIT, async () => {
    for (let turns = 0; turns < 15; turns++) {
      const called = [];
      let isOver = false;
      const note = (name) => isOver && called.push(`${name} after close() in turn ${turns}`);
      const { jobs } = await fetchingFrom(undefined, {
        credentials: async () => {
          note("credentials");
          return { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
        },
        answer: () => {
          note("fetch");
          return { body: { MediaAnalysisJobs: [] } };
        },
      });
      const closeLater = (left) => {
        if (left > 0) return queueMicrotask(() => closeLater(left - 1));
        jobs.close();
        isOver = true;
      };
      closeLater(turns + 1);
      await jobs.load().catch((reason) => assert.ok(isClosed(reason)));
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(called, []);
    }
  });

  test("in whichever turn after a body has come", LIMIT, async () => {
    const answer = answerFrom(accountOf(25), { pageSize: 10 });
    for (let turns = 0; turns < 30; turns++) {
      for (const page of [1, 2, 3]) {
        const called = [];
        let isOver = false;
        const jobs = await createJobs({
          region: "us-east-1",
          fetch: async (_, { body }) => {
            const bytes = new TextEncoder().encode(JSON.stringify(answer({ body: JSON.parse(body) }).body)).buffer;
            const response = new Response("");
            response.arrayBuffer = () => {
              closeOnPage();
              return Promise.resolve(bytes);
            };
            return response;
          },
        });
        const closeLater = (left) => {
          if (left > 0) return queueMicrotask(() => closeLater(left - 1));
          jobs.close();
          isOver = true;
        };
        const closeOnPage = onCall(page, () => closeLater(turns));
        const outcome = await jobs.load({ onProgress: () => isOver && called.push(turns) }).catch((reason) => reason);
        await new Promise((resolve) => setImmediate(resolve));
        assert.ok(isOver && (isClosed(outcome) || outcome.complete), `turn ${turns}: ${outcome?.stack ?? outcome}`);
        assert.deepEqual(called, [], "onProgress after close()");
      }
    }
  });

  test("in whichever turn after the end of results, which are then closed too", LIMIT, async () => {
    for (let turns = 0; turns < 40; turns++) {
      const jobs = await createJobs();
      const closeLater = (left) => (left > 0 ? queueMicrotask(() => closeLater(left - 1)) : jobs.close());
      async function* source() {
        yield '{"source-ref":"s3://bucket/1.jpg"}\n';
        closeLater(turns);
      }
      const outcome = await jobs.openResults(source()).catch((reason) => reason);
      await new Promise((resolve) => setImmediate(resolve));
      if (isClosed(outcome)) continue;
      assert.throws(() => outcome.length, isClosed, `turn ${turns}`);
    }
  });

  test("in the last onProgress of an import", LIMIT, async () => {
    const jobs = await createJobs();
    let calls = 0;
    const reason = await reasonOf(jobs.import('{"JobId":"a"}\n', { onProgress: () => ++calls === 2 && jobs.close() }));
    assert.ok(isClosed(reason));
  });
});
