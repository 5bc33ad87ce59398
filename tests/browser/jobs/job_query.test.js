// The listing without a screen: which views it asks the engine for, and that it closes each one that it replaces.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { QueryError, createJobs, createJobsInWorker } from "rekognition-jobs";
import { createJobQuery } from "../../../web/jobs/job_query.js";
import { createStore, initialState, newSource } from "../../../web/state/state.js";
import { createSummaries } from "../../../web/jobs/summaries.js";
import { failedJob, wireFile } from "../job_files.js";

const language = await createJobs();

/** A store that shows real Jobs of a worker, which count their open views. */
async function listingOf(jobCount, { summarises = false } = {}) {
  const jobs = await createJobsInWorker();
  const job = (_, index) => failedJob({ JobId: `job-${index}`, CreationTimestamp: 1e9 - index });
  await jobs.import(wireFile(Array.from({ length: jobCount }, job)));
  return { ...showing(jobs, { summarises }), jobs };
}

function showing(jobs, { summarises = false } = {}) {
  const counted = {
    open: 0,
    get size() {
      return jobs.size;
    },
    get: (id) => jobs.get(id),
    async query(...asked) {
      const view = await jobs.query(...asked);
      counted.open += 1;
      const close = view.close.bind(view);
      view.close = () => {
        counted.open -= 1;
        close();
      };
      return view;
    },
  };
  const sources = [newSource({ id: "account", label: "Account", jobs: counted })];
  const store = createStore({ ...initialState(), size: 25, sources });
  const told = summarises ? { onAnswer: createSummaries(store, language).count } : {};
  return { store, listing: createJobQuery(store, language, told), counted };
}

test("one view is open, however often something is asked", async () => {
  const { store, listing, counted, jobs } = await listingOf(60);
  for (const query of ["", "job-1", "colour:red", "(", "status:failed"]) {
    store.set({ query });
    await listing.query();
    assert.equal(counted.open, 1, query);
  }
  store.set({ sources: [newSource({ id: "account", label: "Account" })] });
  await listing.query();
  assert.equal(counted.open, 0);
  assert.equal(store.state.answer.all, 0);
  jobs.close();
});

test("an unreadable query leaves the answer to the last readable one, sorted as wanted now", async () => {
  const { store, listing, jobs } = await listingOf(60);
  store.set({ query: "id:job-1" });
  await listing.query();
  const { matching } = store.state.answer;
  store.set({ query: "id:job-1 colour:red", sort: "created" });
  await listing.query();
  assert.ok(store.state.queryError instanceof QueryError);
  assert.equal(store.state.answer.matching, matching);
  assert.equal(store.state.answer.rows[0].JobId, "job-19");
  jobs.close();
});

test("a page past the end is the last one, but not while jobs still come in", async () => {
  const { store, listing, jobs } = await listingOf(60);
  store.set({ page: 9 });
  store.setSource("account", { busy: { activity: "Loading" } });
  await listing.query();
  assert.equal(store.state.answer.page, 3);
  assert.equal(store.state.page, 9);
  store.setSource("account", { busy: null });
  await listing.query();
  assert.equal(store.state.page, 3);
  assert.deepEqual(store.state.answer.rows.map((job) => job.JobId).at(-1), "job-59");
  jobs.close();
});

test("of a list that is scrolled through only the rows in sight and some more are asked for", async () => {
  const { store, listing, jobs } = await listingOf(5000);
  store.set({ size: 0, list: { width: 1000, height: 560 } });
  await listing.query();
  const ids = () => store.state.answer.rows.map((job) => job.JobId);
  const drawn = ids().length;
  assert.ok(drawn >= 20 && drawn <= 100, `${drawn}`);
  assert.deepEqual(ids().slice(0, 2), ["job-0", "job-1"]);
  const { rows } = store.state.answer;
  store.set({ firstVisibleRow: 4 });
  await listing.scroll();
  assert.equal(store.state.answer.rows, rows, "a short way draws nothing");
  store.set({ firstVisibleRow: 2500 });
  await listing.scroll();
  assert.ok(store.state.answer.first <= 2500 && store.state.answer.first + drawn >= 2520);
  assert.equal(ids()[0], `job-${store.state.answer.first}`);
  store.set({ firstVisibleRow: 4980 });
  await listing.scroll();
  assert.equal(ids().at(-1), "job-4999");
  assert.equal(ids().length, drawn);
  jobs.close();
});

test("what is asked while the engine answers is asked together after it, and the last answer is shown", async () => {
  const { store, listing, counted, jobs } = await listingOf(60);
  let asked = 0;
  const { query } = counted;
  counted.query = (...given) => {
    asked += 1;
    return query(...given);
  };
  const all = [];
  for (let number = 1; number <= 50; number += 1) {
    store.set({ query: `id:job-${number}` });
    all.push(listing.query());
  }
  await Promise.all(all);
  assert.equal(asked, 2);
  assert.deepEqual(
    store.state.answer.rows.map(({ JobId }) => JobId),
    ["job-50"],
  );
  assert.equal(counted.open, 1);
  jobs.close();
});

/** Acts of a person; those that ask another query begin at its first page. */
const acts = fc.oneof(
  fc.record({ query: fc.constantFrom("", "id:job-1", "id:job-2,job-3", "id:none"), page: fc.constant(1) }),
  fc.record({ sort: fc.constantFrom("", "created", "-id"), page: fc.constant(1) }),
  fc.record({ page: fc.integer({ min: 1, max: 7 }) }),
  fc.record({ size: fc.constantFrom(10, 25, 100), page: fc.integer({ min: 1, max: 3 }) }),
);

test("whatever is done while the engine answers, in whatever order it does, the list shows the last of it", async () => {
  const { jobs } = await listingOf(60);
  const isOfQuery = (act) => "query" in act || "sort" in act;
  const property = fc.asyncProperty(fc.scheduler(), fc.array(acts, { minLength: 1, maxLength: 8 }), async (s, list) => {
    const { store, listing, counted } = showing(jobs);
    const { query } = counted;
    counted.query = s.scheduleFunction(async (...asked) => {
      const view = await query(...asked);
      view.rows = s.scheduleFunction(view.rows.bind(view));
      return view;
    });
    const begun = [listing.query()];
    const { task } = s.scheduleSequence(
      list.map((act) => async () => {
        store.set(act);
        begun.push(isOfQuery(act) ? listing.query() : listing.changePage());
      }),
    );
    await s.waitFor(task.then(() => Promise.all(begun)));

    const { answer, page, sort, size, isAsking } = store.state;
    const wanted = Object.assign({}, ...list);
    const expected = await jobs.query(wanted.query ?? "", sort ? { sort } : {});
    assert.equal(page, Math.min(wanted.page ?? 1, Math.max(1, Math.ceil(expected.length / size))));
    assert.deepEqual(
      answer.rows.map(({ JobId }) => JobId),
      (await expected.rows((page - 1) * size, size)).map(({ JobId }) => JobId),
    );
    assert.deepEqual([answer.page, isAsking, counted.open], [page, false, 1]);
    expected.close();
    store.setSource("account", { jobs: null });
    await listing.query();
  });
  await fc.assert(property, process.env.LONG ? { numRuns: 2000 } : { seed: 20_261_128, numRuns: 200 });
  jobs.close();
});

test("a question that fails does not lose the one that was asked meanwhile", async () => {
  const { store, listing, counted, jobs } = await listingOf(60);
  const { query } = counted;
  counted.query = async (text, ...given) => {
    if (text === "id:fails") throw new Error("this question fails");
    return query(text, ...given);
  };
  store.set({ query: "id:fails" });
  const first = listing.query();
  store.set({ query: "id:job-50" });
  await Promise.all([first, listing.query()]);
  assert.deepEqual(
    store.state.answer.rows.map(({ JobId }) => JobId),
    ["job-50"],
  );
  store.set({ query: "id:fails" });
  await assert.rejects(listing.query(), /this question fails/);
  assert.equal(store.state.isAsking, false);
  jobs.close();
});

test("the answer of jobs that are not shown any more is dropped, also when they are closed meanwhile", async () => {
  for (const isClosed of [false, true]) {
    const { store, listing, counted, jobs } = await listingOf(60);
    const other = await listingOf(3);
    const first = listing.query();
    store.setSource("account", { jobs: other.counted });
    if (isClosed) jobs.close();
    await Promise.all([first, listing.query()]);
    assert.equal(store.state.answer.all, 3);
    assert.equal(counted.open, 0);
    assert.equal(other.counted.open, 1);
    jobs.close();
    other.jobs.close();
  }
});

test("facets and chart follow soon; those of a query that was replaced are never shown", async () => {
  const { store, listing, counted, jobs } = await listingOf(60, { summarises: true });
  const shown = [];
  store.subscribe(({ summary }) => shown.push(summary.facets.status?.[0]?.count));
  for (const query of ["id:job-1", "id:job-2", "id:job-3"]) {
    store.set({ query });
    listing.query();
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(store.state.summary.facets.status[0].count, (await jobs.query("id:job-3")).length);
  assert.equal(
    store.state.summary.buckets.reduce((sum, { count }) => sum + count, 0),
    11,
  );
  assert.deepEqual([...new Set(shown)], [undefined, 11]);
  assert.equal(counted.open, 1);

  store.set({ query: "status:queued,failed code:throttled id:job-1" });
  await listing.query();
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.deepEqual(store.state.summary.facets.status, []);
  assert.deepEqual(store.state.summary.facets.code, [{ value: "ACCESS_DENIED", count: 11 }], "as without its own term");
  assert.equal(counted.open, 1);
  jobs.close();
});
