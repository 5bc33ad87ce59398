// Views: snapshots to page through and iterate, and their end.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { meant, wireJob } from "../jobs_of.js";
import { LIMIT, FORMATS, opened, holding, newestFirst, idsOf } from "./views.js";

const isClosed = (error) => error instanceof Error && /closed/i.test(error.message);

describe("a view is a snapshot", () => {
  const before = [
    wireJob("a", { CreationTimestamp: 3 }),
    wireJob("b", { CreationTimestamp: 2, Status: "FAILED" }),
    wireJob("c", { CreationTimestamp: 1 }),
  ];
  const look = async (view) => ({
    length: view.length,
    rows: view.rows(0, 10),
    page: view.page(1, 2),
    all: [...view],
    facets: view.facets("status"),
    histogram: view.histogram("created", 3),
    exports: await Promise.all(FORMATS.map((format) => view.export(format).text())),
  });

  const changes = {
    "an import of new jobs": (jobs) =>
      jobs.import(JSON.stringify([wireJob("d"), wireJob("0", { CreationTimestamp: 9 })])),
    "an update": (jobs) =>
      jobs.import(
        JSON.stringify(before.map((job) => ({ ...job, Status: "QUEUED", CreationTimestamp: 10, JobName: "new" }))),
      ),
    "a clear": (jobs) => jobs.clear(),
    "a clear and an import": async (jobs) => {
      jobs.clear();
      await jobs.import(JSON.stringify([wireJob("z")]));
    },
    "other queries and their end": (jobs) => {
      for (const sort of ["name", "-name", "created", "status"]) jobs.query("status:failed", { sort }).close();
    },
    "a thousand updates": async (jobs) => {
      for (let i = 0; i < 1_000; i++)
        await jobs.import(JSON.stringify({ JobId: "a", JobName: `name ${i} ${"x".repeat(i)}` }));
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    test(`that ${name} does not change`, LIMIT, async () => {
      const jobs = await holding(...before);
      const view = jobs.query("", { sort: "name" });
      const failed = jobs.query("status:failed");
      const [whole, part] = [await look(view), await look(failed)];
      assert.deepEqual(whole.all, before.map(meant));
      assert.deepEqual(part.all, [meant(before[1])]);
      await change(jobs);
      assert.deepEqual(await look(view), whole);
      assert.deepEqual(await look(failed), part);
    });
  }

  test("that a load does not change, and that an iteration under way goes on with", LIMIT, async () => {
    const jobs = await createJobs({
      region: "us-east-1",
      fetch: async () =>
        new Response(JSON.stringify({ MediaAnalysisJobs: [wireJob("a", { Status: "FAILED" }), wireJob("n")] })),
    });
    opened.push(jobs);
    await jobs.import(JSON.stringify(before));
    const view = jobs.query("");
    const seen = [];
    for (const job of view) {
      if (seen.length === 1) {
        assert.deepEqual(await jobs.load().then(({ added, updated }) => ({ added, updated })), {
          added: 1,
          updated: 1,
        });
        jobs.clear();
      }
      seen.push(job);
    }
    assert.deepEqual(seen, before.map(meant));
  });

  test("in which a job keeps its place", LIMIT, async () => {
    const jobs = await holding(...before);
    const view = jobs.query("", { sort: "name" });
    await jobs.import(JSON.stringify([wireJob("0", { CreationTimestamp: 9 }), { ...before[1], JobName: "zzz" }]));
    assert.deepEqual(
      before.map(({ JobId }) => view.indexOf(JobId)),
      [0, 1, 2],
    );
    assert.equal(view.indexOf("0"), -1);
    assert.equal(jobs.query("status:failed").indexOf(before[0].JobId), -1);
    view.close();
    assert.throws(() => view.indexOf(before[0].JobId), isClosed);
  });

  test("while the store is what came last", LIMIT, async () => {
    const jobs = await holding(...before);
    const old = jobs.query("");
    await jobs.import(JSON.stringify({ ...before[0], Status: "QUEUED" }));
    assert.equal(old.rows(0, 1)[0].Status, "SUCCEEDED");
    assert.equal(jobs.query("id:=a").rows(0, 1)[0].Status, "QUEUED");
    assert.equal(jobs.query("").length, 3);
    assert.equal(jobs.query("status:succeeded").length, 1);
    assert.equal(jobs.size, 3);
  });

  test("what it gives is the caller's own to change", LIMIT, async () => {
    const jobs = await holding(...before);
    const view = jobs.query("");
    const [job] = view.rows(0, 1);
    job.JobName = "changed";
    job.Input.S3Object.Bucket = "changed";
    job.CreationTimestamp.setTime(0);
    view.facets("status")[0].count = 99;
    assert.deepEqual(view.rows(0, 1), [meant(before[0])]);
    assert.deepEqual(jobs.get("a"), meant(before[0]));
    assert.deepEqual(view.facets("status"), [
      { value: "SUCCEEDED", count: 2 },
      { value: "FAILED", count: 1 },
    ]);
  });
});

describe("rows, pages and iteration", () => {
  const COUNT = 1_234;
  const wire = newestFirst(COUNT);
  const expected = wire.map(meant);

  test("rows at every edge", LIMIT, async () => {
    const view = (await holding(...wire)).query();
    assert.equal(view.length, COUNT);
    for (const [first, count] of [
      [0, 0],
      [0, 1],
      [0, 5],
      [5, 0],
      [COUNT - 1, 1],
      [COUNT - 1, 5],
      [COUNT, 5],
      [COUNT + 1, 1],
      [0, COUNT],
      [0, COUNT + 1],
      [499, 2],
      [500, 700],
      [0, 2 ** 32],
      [0, Number.MAX_SAFE_INTEGER],
      [2 ** 32, 1],
      [2 ** 32 + 1, 5],
      [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ]) {
      assert.deepEqual(view.rows(first, count), expected.slice(first, first + count), `${first}, ${count}`);
    }
  });

  test("pages from 1 to the last, and past it", LIMIT, async () => {
    const view = (await holding(...wire)).query();
    for (const size of [1, 7, 100, 617, COUNT - 1, COUNT, COUNT + 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      const pages = Math.ceil(COUNT / size);
      for (const number of [
        1,
        2,
        Math.ceil(pages / 2),
        pages,
        pages + 1,
        pages + 1_000,
        2 ** 32 + 1,
        Number.MAX_SAFE_INTEGER,
      ]) {
        const items = number > pages ? [] : expected.slice((number - 1) * size, number * size);
        assert.deepEqual(view.page(number, size), { items, number, size, pages, total: COUNT }, `${number} of ${size}`);
      }
    }
  });

  test("an empty view has no rows and no pages", LIMIT, async () => {
    for (const view of [(await holding(...wire)).query("id:=absent"), (await holding()).query()]) {
      assert.equal(view.length, 0);
      assert.deepEqual(view.rows(0, 10), []);
      assert.deepEqual(view.page(1, 10), { items: [], number: 1, size: 10, pages: 0, total: 0 });
      assert.deepEqual(view.page(5, 10), { items: [], number: 5, size: 10, pages: 0, total: 0 });
      assert.deepEqual([...view], []);
      assert.deepEqual(view.facets("status"), []);
      assert.deepEqual(view.histogram("created", 5), []);
    }
  });

  test("iteration gives every job once, again and again, and may end early", LIMIT, async () => {
    const view = (await holding(...wire)).query();
    assert.deepEqual([...view], expected);
    assert.deepEqual(idsOf(view), idsOf(expected));
    let count = 0;
    for (const job of view) if (job.JobId === "job-700" || ++count > 2_000) break;
    assert.equal(count, 700);
    const [first, second] = view;
    assert.deepEqual([first, second], expected.slice(0, 2));
  });

  test("what is no whole number in its range is a RangeError", LIMIT, async () => {
    const view = (await holding(...wire)).query();
    for (const bad of [-1, 1.5, NaN, Infinity, -Infinity, "1", undefined, null, {}]) {
      assert.throws(() => view.rows(bad, 1), RangeError, `first ${bad}`);
      assert.throws(() => view.rows(0, bad), RangeError, `count ${bad}`);
      assert.throws(() => view.page(bad, 1), RangeError, `number ${bad}`);
      assert.throws(() => view.page(1, bad), RangeError, `size ${bad}`);
    }
    assert.throws(() => view.page(0, 1), RangeError);
    assert.throws(() => view.page(1, 0), RangeError);
    assert.equal(view.rows(0, 1).length, 1, "it still works");
  });
});

describe("close", () => {
  const uses = {
    length: (view) => view.length,
    rows: (view) => view.rows(0, 1),
    page: (view) => view.page(1, 1),
    facets: (view) => view.facets("status"),
    histogram: (view) => view.histogram("created", 2),
    export: (view) => view.export("json"),
    exportStream: (view) => view.exportStream("json"),
    iteration: (view) => [...view],
  };

  test("ends a view's use, and no other's", LIMIT, async () => {
    const jobs = await holding(...newestFirst(3));
    const [view, other] = [jobs.query(), jobs.query()];
    view.close();
    for (const [name, use] of Object.entries(uses)) {
      assert.throws(() => use(view), isClosed, name);
      assert.doesNotThrow(() => use(other), name);
    }
    assert.doesNotThrow(() => view.close(), "closing again does nothing");
    assert.equal(jobs.query().length, 3);
  });

  test("of the Jobs closes its views, those of older stores too", LIMIT, async () => {
    const jobs = await holding(...newestFirst(3));
    const views = [jobs.query(), jobs.query("status:failed")];
    jobs.clear();
    views.push(jobs.query());
    jobs.close();
    for (const view of views)
      for (const [name, use] of Object.entries(uses)) assert.throws(() => use(view), isClosed, name);
    for (const view of views) assert.doesNotThrow(() => view.close());
  });

  test("amid an iteration and a stream ends them with that error", LIMIT, async () => {
    const view = (await holding(...newestFirst(6_500))).query();
    const iterator = view[Symbol.iterator]();
    iterator.next();
    const reader = view.exportStream("ndjson").getReader();
    await reader.read();
    view.close();
    await assert.rejects(
      (async () => {
        while (!(await reader.read()).done);
      })(),
      isClosed,
    );
    assert.throws(() => {
      while (!iterator.next().done);
    }, isClosed);
  });

  test("a Blob made before lives on", LIMIT, async () => {
    const jobs = await holding(...newestFirst(10));
    const blob = jobs.query().export("ndjson");
    jobs.close();
    assert.equal((await blob.text()).split("\n").length, 11);
  });

  test("Symbol.dispose closes, where there is one", {
    ...LIMIT,
    skip: typeof Symbol.dispose !== "symbol",
  }, async () => {
    const view = (await holding()).query();
    view[Symbol.dispose]();
    assert.throws(() => view.length, isClosed);
  });

  test("views that are never closed do not fill the memory: ten thousand of them", LIMIT, async () => {
    const jobs = await holding(...newestFirst(200));
    for (let i = 0; i < 10_000; i++) jobs.query("status:succeeded");
    assert.equal(jobs.query().length, 200);
  });
});
