// Refresh: what is new in the list, and what was unfinished.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { byId, meant, seeded, wireJob } from "../jobs_of.js";
import { answerFrom, exception } from "./scripted_service.js";
import { LIMIT, fetchingFrom, failure, stored, accountOf } from "./calls.js";

describe("refresh", () => {
  const lists = ({ requests }) => requests.filter(({ target }) => target === "ListMediaAnalysisJobs").length;
  const gets = ({ requests }) =>
    requests.filter(({ target }) => target === "GetMediaAnalysisJob").map(({ body }) => body.JobId);
  const running = {
    Status: "IN_PROGRESS",
    CompletionTimestamp: undefined,
    Results: undefined,
    ManifestSummary: undefined,
  };
  const newer = (account, count) => {
    const first = account.jobs.length + 1;
    for (let i = 0; i < count; i++) {
      const at = 1_690_000_000 + 10 * (first + i);
      account.jobs.unshift(
        wireJob(`job-${String(first + i).padStart(4, "0")}`, { CreationTimestamp: at, CompletionTimestamp: at + 5 }),
      );
    }
  };

  /** An account that can be told to fail, and to do other things first; `fail` is a function of a request. */
  async function living(count, { pageSize = 10, ...options } = {}) {
    const account = accountOf(count);
    const answer = answerFrom(account, { pageSize });
    const { fetch, jobs } = await fetchingFrom(
      async (request) => (await account.fail?.(request)) ?? answer(request),
      options,
    );
    const agrees = () => assert.deepEqual(stored(jobs), account.jobs.map(meant).sort(byId));
    const forget = () => fetch.requests.splice(0);
    return { account, fetch, jobs, agrees, forget };
  }

  test("of an empty store is a load", LIMIT, async () => {
    const { jobs, agrees } = await living(35);
    assert.deepEqual(await jobs.refresh(), {
      added: 35,
      updated: 0,
      unchanged: 0,
      pages: 4,
      retries: 0,
      complete: true,
    });
    agrees();
  });

  test("without news asks for one page", LIMIT, async () => {
    const { fetch, jobs, forget } = await living(200);
    await jobs.load();
    forget();
    const refreshed = await jobs.refresh();
    assert.equal(fetch.requests.length, 1);
    assert.equal(refreshed.complete, true);
    assert.equal(refreshed.added + refreshed.updated, 0);
    assert.equal(refreshed.NextToken, undefined);
  });

  for (const count of [1, 9, 10, 11, 35]) {
    test(`brings ${count} new jobs and stops early`, LIMIT, async () => {
      const { account, fetch, jobs, agrees, forget } = await living(200);
      await jobs.load();
      newer(account, count);
      forget();
      const refreshed = await jobs.refresh();
      assert.equal(refreshed.added, count);
      assert.equal(refreshed.complete, true);
      agrees();
      assert.ok(lists(fetch) <= Math.ceil(count / 10) + 1, `${lists(fetch)} pages`);
    });
  }

  test("asks for unfinished jobs that the pages do not reach, one by one, until they are finished", LIMIT, async () => {
    const { account, fetch, jobs, agrees, forget } = await living(200);
    const places = [60, 150, 199];
    const finished = places.map((place) => account.jobs[place]);
    for (const place of places)
      account.jobs[place] = wireJob(account.jobs[place].JobId, {
        ...running,
        CreationTimestamp: account.jobs[place].CreationTimestamp,
      });
    await jobs.load();
    forget();
    let refreshed = await jobs.refresh();
    assert.deepEqual(gets(fetch).sort(), places.map((place) => account.jobs[place].JobId).sort());
    assert.ok(lists(fetch) <= 2);
    assert.equal(refreshed.updated, 0);

    account.jobs[60] = finished[0];
    account.jobs[199] = { ...account.jobs[199], Status: "QUEUED" };
    forget();
    refreshed = await jobs.refresh();
    assert.equal(refreshed.updated, 2);
    assert.equal(refreshed.complete, true);
    agrees();

    forget();
    await jobs.refresh();
    assert.deepEqual(
      gets(fetch).sort(),
      [account.jobs[150].JobId, account.jobs[199].JobId].sort(),
      "the finished one is not asked for again",
    );
    account.jobs[150] = finished[1];
    account.jobs[199] = finished[2];
    await jobs.refresh();
    agrees();
    forget();
    await jobs.refresh();
    assert.deepEqual(gets(fetch), []);
  });

  test("does not ask for jobs that a page has shown", LIMIT, async () => {
    const { account, fetch, jobs, agrees, forget } = await living(40);
    account.jobs[2] = wireJob(account.jobs[2].JobId, {
      ...running,
      CreationTimestamp: account.jobs[2].CreationTimestamp,
    });
    await jobs.load();
    forget();
    account.jobs[2] = {
      ...account.jobs[2],
      Status: "FAILED",
      CompletionTimestamp: 1_700_000_000,
      FailureDetails: { Code: "INTERNAL_ERROR" },
    };
    const refreshed = await jobs.refresh();
    assert.equal(refreshed.updated, 1);
    assert.deepEqual(gets(fetch), []);
    agrees();
  });

  test("keeps what the service has forgotten", LIMIT, async () => {
    const { account, jobs } = await living(40);
    account.jobs[30] = wireJob(account.jobs[30].JobId, {
      ...running,
      CreationTimestamp: account.jobs[30].CreationTimestamp,
    });
    await jobs.load();
    const all = stored(jobs);
    account.jobs.splice(25);
    const refreshed = await jobs.refresh();
    assert.equal(refreshed.complete, true);
    assert.deepEqual(stored(jobs), all);
    account.jobs.splice(0);
    assert.equal((await jobs.refresh()).complete, true);
    assert.equal((await jobs.load()).complete, true);
    assert.deepEqual(stored(jobs), all);
  });

  test("knows jobs from a file, and still brings the rest of the list", LIMIT, async () => {
    const { account, jobs, agrees } = await living(45);
    await jobs.import(JSON.stringify({ MediaAnalysisJobs: account.jobs.slice(0, 20) }));
    await jobs.refresh();
    agrees();
  });

  test("finds what lies between the last load and a file with the newest jobs", LIMIT, async () => {
    const { account, jobs, agrees } = await living(45);
    await jobs.load();
    newer(account, 60);
    await jobs.import(JSON.stringify({ MediaAnalysisJobs: account.jobs.slice(0, 20) }));
    assert.equal((await jobs.refresh()).complete, true);
    agrees();
  });

  test("that failed in the middle leaves no gap for the next one", LIMIT, async () => {
    const { account, jobs, agrees } = await living(45);
    await jobs.load();
    newer(account, 60);
    account.fail = ({ body }) => (body.NextToken ? exception("AccessDeniedException") : undefined);
    const error = await failure(jobs.refresh(), "AccessDeniedException");
    assert.deepEqual(error.loaded, {
      added: 10,
      updated: 0,
      unchanged: 0,
      pages: 1,
      retries: 0,
      complete: false,
      NextToken: "after job-0096",
    });
    account.fail = undefined;
    assert.equal((await jobs.refresh()).complete, true);
    agrees();
  });

  test("follows a load that failed in the middle", LIMIT, async () => {
    for (const isFirst of [true, false]) {
      const { account, jobs, agrees } = await living(45);
      if (!isFirst) await jobs.load();
      newer(account, 60);
      account.fail = ({ body }) =>
        body.NextToken === "after job-0086" ? exception("AccessDeniedException") : undefined;
      await failure(jobs.load(), "AccessDeniedException");
      account.fail = undefined;
      assert.equal((await jobs.refresh()).complete, true);
      agrees();
    }
  });

  test("tells how far it got when a single job cannot be had, and keeps the pages", LIMIT, async () => {
    const { account, jobs, agrees } = await living(40);
    account.jobs[30] = wireJob(account.jobs[30].JobId, {
      ...running,
      CreationTimestamp: account.jobs[30].CreationTimestamp,
    });
    await jobs.load();
    newer(account, 5);
    account.fail = ({ target }) => (target === "GetMediaAnalysisJob" ? exception("AccessDeniedException") : undefined);
    const error = await failure(jobs.refresh(), "AccessDeniedException");
    assert.equal(error.loaded.added, 5);
    assert.equal(error.loaded.complete, false);
    account.fail = undefined;
    assert.equal((await jobs.refresh()).complete, true);
    agrees();
  });

  test("after clear() starts afresh", LIMIT, async () => {
    const { jobs, agrees } = await living(45);
    await jobs.load();
    jobs.clear();
    assert.equal((await jobs.refresh()).added, 45);
    agrees();
  });

  test("finds what came while a load was under way, whatever a file brought of it meanwhile", LIMIT, async () => {
    const { account, jobs, agrees } = await living(45);
    account.fail = async ({ body }) => {
      if (body.NextToken !== "after job-0016") return;
      newer(account, 60);
      await jobs.import(JSON.stringify(account.jobs.slice(0, 20)));
    };
    assert.equal((await jobs.load()).complete, true);
    account.fail = undefined;
    assert.equal((await jobs.refresh()).complete, true);
    agrees();
  });

  test("finds what came before a load was gone on with, whatever a file brought of it meanwhile", LIMIT, async () => {
    const { account, jobs, agrees } = await living(45);
    account.fail = ({ body }) => (body.NextToken === "after job-0016" ? exception("AccessDeniedException") : undefined);
    const { loaded } = await failure(jobs.load(), "AccessDeniedException");
    account.fail = undefined;
    newer(account, 60);
    await jobs.import(JSON.stringify(account.jobs.slice(0, 20)));
    assert.equal((await jobs.load({ NextToken: loaded.NextToken })).complete, true);
    assert.equal((await jobs.refresh()).complete, true);
    agrees();
  });

  /** Something at random happens to an account and the jobs that follow it. */
  const HAPPENINGS = {
    grow: ({ account, below }) => newer(account, below(25)),
    start({ account }) {
      newer(account, 1);
      account.jobs[0] = wireJob(account.jobs[0].JobId, {
        ...running,
        CreationTimestamp: account.jobs[0].CreationTimestamp,
      });
    },
    finish({ account, below }) {
      account.jobs = account.jobs.map((job) =>
        job.CompletionTimestamp === undefined && below(2) === 0
          ? { ...job, Status: "SUCCEEDED", CompletionTimestamp: job.CreationTimestamp + 99 }
          : job,
      );
    },
    async import({ account, jobs, below }) {
      const from = below(account.jobs.length);
      await jobs.import(JSON.stringify(account.jobs.slice(from, from + 1 + below(12))));
    },
    load: ({ jobs }) => jobs.load(),
    refresh: ({ jobs }) => jobs.refresh(),
    goOn: ({ jobs, NextToken }) => jobs.load({ NextToken }),
  };

  /** Calls that fail, or during which something else happens, some requests from now. */
  const DISTURBANCES = {
    /** Another walk amid this one, which may fail. */
    walk({ below, ...all }) {
      let quiet = below(3);
      let good = below(4);
      let isInside = false;
      return async () => {
        if (isInside) return good-- > 0 ? undefined : exception("AccessDeniedException");
        if (quiet-- !== 0) return undefined;
        HAPPENINGS.grow({ below, ...all });
        isInside = true;
        await (below(2) === 0 ? all.jobs.refresh() : all.jobs.load()).catch(() => {});
        isInside = false;
        return undefined;
      };
    },
    none: () => undefined,
    failure({ below }) {
      let good = below(5);
      return () => (good-- > 0 ? undefined : exception("AccessDeniedException"));
    },
    import({ below, ...all }) {
      let quiet = below(3);
      return async () => {
        if (quiet-- !== 0) return;
        HAPPENINGS.grow({ below, ...all });
        if (all.account.jobs.length > 0) await HAPPENINGS.import({ below, ...all });
      };
    },
  };

  test("whatever happened before: a complete refresh leaves the store as the account is", LIMIT, async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed);
      const below = (limit) => Math.floor(random() * limit);
      const { account, jobs, agrees, forget } = await living(1 + below(30), { pageSize: 1 + below(7), maxAttempts: 1 });
      const story = [];
      let NextToken;
      for (let step = 0; step < 14; step++) {
        const name = Object.keys(HAPPENINGS)[below(7)];
        const disturbance = ["load", "refresh", "goOn"].includes(name) ? Object.keys(DISTURBANCES)[below(4)] : "none";
        story.push(`${name} with ${disturbance}`);
        const all = { account, jobs, below, NextToken };
        account.fail = DISTURBANCES[disturbance](all);
        await HAPPENINGS[name](all)?.catch(({ loaded }) => (NextToken = loaded.NextToken));
        account.fail = undefined;
        if (name === "refresh" && disturbance === "none")
          assert.doesNotThrow(agrees, `seed ${seed}: ${story.join(", ")}`);
        forget();
      }
      await jobs.refresh();
      assert.doesNotThrow(agrees, `seed ${seed}: ${story.join(", ")}, refresh`);
    }
  });
});
