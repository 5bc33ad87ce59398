// The listing without a screen: which views it asks the engine for, and that it closes each one that it replaces.
import assert from "node:assert/strict";
import { test } from "node:test";
import { QueryError, createJobs } from "rekognition-jobs";
import { createListing } from "../../web/listing.js";
import { createStore, initialState, newSource } from "../../web/state.js";
import { failedJob, wireFile } from "./job_files.js";

/** A store that shows real Jobs, which count their open views. */
async function listingOf(jobCount) {
  const jobs = await createJobs();
  await jobs.import(wireFile(Array.from({ length: jobCount }, (_, index) => failedJob({ JobId: `job-${index}`, CreationTimestamp: 1e9 - index }))));
  const counted = {
    open: 0,
    get size() {
      return jobs.size;
    },
    get: (id) => jobs.get(id),
    query(...asked) {
      const view = jobs.query(...asked);
      counted.open += 1;
      const close = view.close.bind(view);
      view.close = () => {
        counted.open -= 1;
        close();
      };
      return view;
    },
  };
  const store = createStore({ ...initialState(), size: 25, sources: [newSource({ id: "account", label: "Account", jobs: counted })] });
  return { store, listing: createListing(store), counted, jobs };
}

test("one view is open, however often something is asked", async () => {
  const { store, listing, counted, jobs } = await listingOf(60);
  for (const query of ["", "job-1", "colour:red", "(", "status:failed"]) {
    store.set({ query });
    listing.query();
    assert.equal(counted.open, 1, query);
  }
  store.set({ sources: [newSource({ id: "account", label: "Account" })] });
  listing.query();
  assert.equal(counted.open, 0);
  assert.equal(store.state.answer.all, 0);
  jobs.close();
});

test("an unreadable query leaves the answer to the last readable one, sorted as wanted now", async () => {
  const { store, listing, jobs } = await listingOf(60);
  store.set({ query: "id:job-1" });
  listing.query();
  const { matching } = store.state.answer;
  store.set({ query: "id:job-1 colour:red", sort: "created" });
  listing.query();
  assert.ok(store.state.queryError instanceof QueryError);
  assert.equal(store.state.answer.matching, matching);
  assert.equal(store.state.answer.rows[0].JobId, "job-19");
  jobs.close();
});

test("a page past the end is the last one, but not while jobs still come in", async () => {
  const { store, listing, jobs } = await listingOf(60);
  store.set({ page: 9 });
  store.setSource("account", { busy: { doing: "Loading" } });
  listing.query();
  assert.equal(store.state.answer.page, 3);
  assert.equal(store.state.page, 9);
  store.setSource("account", { busy: null });
  listing.query();
  assert.equal(store.state.page, 3);
  assert.deepEqual(store.state.answer.rows.map((job) => job.JobId).at(-1), "job-59");
  jobs.close();
});
