// Memory that ends at the first, the second, the third … allocation of every call: the call is then answered right or by
// an OutOfMemoryError, the store is as a model says, and the engine goes on. Needs build/failing/ (dev: build_failing).

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { wireJob } from "../jobs_of.js";
import { results70, resultsFile } from "../results/results_of.js";

const folder = new URL("../../../build/failing/", import.meta.url);
const skip = existsSync(folder) ? false : "build/failing/ was not built";
const LIMIT = { timeout: 120_000, skip };
const NO_LIMIT = -1;
let failed = 0;

/** A job whose texts differ from those of others, and repeat in columns of every kind. */
const job = (i, members) =>
  wireJob(`job-${i}`, {
    JobName: `${i % 7 ? "promo" : "Ünïcode"}-2026-${i}-${"x".repeat(i % 40)}`,
    CreationTimestamp: 1690553151 + ((i * 7919) % 100_003),
    Status: ["SUCCEEDED", "FAILED", "IN_PROGRESS"][i % 3],
    KmsKeyId: i % 4 ? `key-${i % 300}` : undefined,
    FailureDetails: i % 3 === 1 ? { Code: "INTERNAL_ERROR", Message: `it failed at ${i % 500}` } : undefined,
    ...members,
  });
const listing = (count, first = 0) =>
  JSON.stringify({ MediaAnalysisJobs: Array.from({ length: count }, (_, i) => job(first + i)) });

/** The service: two pages of jobs, each job by its id, and whatever else is asked. */
function service(jobs) {
  return async (_url, { headers, body }) => {
    const target = new Headers(headers).get("x-amz-target");
    const { NextToken, JobId } = JSON.parse(body);
    if (target.endsWith("GetMediaAnalysisJob")) return Response.json(job(Number(JobId.slice(4))));
    const half = jobs.length / 2;
    return Response.json(
      NextToken
        ? { MediaAnalysisJobs: jobs.slice(half) }
        : { MediaAnalysisJobs: jobs.slice(0, half), NextToken: "more" },
    );
  };
}

const COUNTED = (view, read) => {
  try {
    return read(view);
  } finally {
    view.close();
  }
};
const text = (blob) => blob.text();
const streamed = async (stream) => new Response(stream).text();
const QUERIES = [
  ["", ""],
  ["promo", "name"],
  ["name:a,b,c,promo*,=x -status:failed (kms:key-1 OR no:kms)", "-duration"],
  ["NOT (NOT (job OR input:in) has:message)", "kms"],
  [`name:${Array.from({ length: 200 }, (_, i) => `promo-${i}`)}`, "Input"],
  ["created:>2023-07-28 duration:<2h confidence:>50", "confidence"],
  ["code:internal_error", "message"],
];
/** Calls that leave the store as it is; each gives what can be compared. */
const ASKED = {
  size: ({ jobs }) => jobs.size,
  fields: ({ jobs }) => jobs.fields,
  loaded: ({ jobs }) => jobs.loaded,
  get: ({ jobs }) => [jobs.get("job-7"), jobs.get("none")],
  tokens: ({ jobs }) => jobs.tokens(QUERIES[2][0]),
  "an unreadable query": ({ jobs }) => {
    try {
      return jobs.query("status:nothing (");
    } catch (error) {
      if (error.name === "QueryError") return error.expected;
      throw error;
    }
  },
  ...Object.fromEntries(
    QUERIES.map(([query, sort], i) => [
      `query ${i}`,
      ({ jobs }) => COUNTED(jobs.query(query, { sort }), (view) => [view.length, view.page(1, 20), view.rows(5, 9)]),
    ]),
  ),
  rows: ({ jobs }) => COUNTED(jobs.query(""), (view) => view.rows(0, 1e9)),
  iteration: ({ jobs }) => COUNTED(jobs.query("promo"), (view) => [...view].length),
  indexOf: ({ jobs }) => COUNTED(jobs.query("", { sort: "name" }), (view) => view.indexOf("job-9")),
  facets: ({ jobs }) =>
    COUNTED(jobs.query(""), (view) =>
      ["status", "name", "InputBucket", "kms", "created", "results"].map((field) => view.facets(field)),
    ),
  histogram: ({ jobs }) =>
    COUNTED(jobs.query(""), (view) => [view.histogram("created", 50), view.histogram("duration", 3000)]),
  export: async ({ jobs }) => {
    const view = jobs.query("", { sort: "created" });
    try {
      return await Promise.all(["json", "ndjson", "csv", "markdown"].map((format) => text(view.export(format))));
    } finally {
      view.close();
    }
  },
  snapshot: async ({ jobs }) => new Uint8Array(await new Response(jobs.snapshot()).arrayBuffer()),
  exportStream: async ({ jobs }) => {
    const view = jobs.query("");
    try {
      return await streamed(view.exportStream("csv"));
    } finally {
      view.close();
    }
  },
  listMediaAnalysisJobs: ({ jobs }) => jobs.listMediaAnalysisJobs({ MaxResults: 10 }),
  getMediaAnalysisJob: ({ jobs }) => jobs.getMediaAnalysisJob({ JobId: "job-3" }),
  paginateListMediaAnalysisJobs: async ({ jobs }) => {
    const pages = [];
    for await (const page of jobs.paginateListMediaAnalysisJobs()) pages.push(page);
    return pages;
  },
};
/** Calls that change the store, and whether it may be in between when they end early. */
const CHANGING = {
  import: ({ jobs, more }) => jobs.import(more),
  load: ({ jobs }) => jobs.load(),
  refresh: ({ jobs }) => jobs.refresh(),
  clear: ({ jobs }) => {
    jobs.clear();
    return jobs.size;
  },
  "clear during an import": async ({ jobs, more }) => {
    let error;
    const importing = jobs.import(
      (async function* () {
        yield more;
        try {
          jobs.clear();
        } catch (reason) {
          error = reason;
        }
      })(),
    );
    await importing;
    if (error) throw error;
    return jobs.size;
  },
};
const ofResults =
  (read) =>
  ({ results }) =>
    read(results);
const closing = (view, read) => COUNTED(view, read);
const RESULTS = {
  length: ofResults((results) => [results.length, results.size]),
  fields: ofResults((results) => results.fields),
  tokens: ofResults((results) => results.tokens("label:a,b -(confidence:>5)")),
  rows: ofResults((results) => [results.rows(0, 1e9).length, results.page(2, 10)]),
  facets: ofResults((results) =>
    ["label", "parent", "type", "model", "level", "code"].map((field) => results.facets(field)),
  ),
  histogram: ofResults((results) => [
    results.histogram("confidence", 30),
    results.histogram("confidence", 9, { label: "Violence" }),
  ]),
  labels: ofResults((results) => [results.labels(), results.labels({ threshold: 60 })]),
  flagged: ofResults((results) => closing(results.flagged(60), (view) => [view.length, view.rows(0, 3)])),
  query: ofResults((results) =>
    closing(results.query("label:violence confidence:>50 -image:ads", { sort: "confidence" }), (view) => [
      view.length,
      view.rows(0, 3),
    ]),
  ),
  "sorted by image": ofResults((results) => closing(results.query("", { sort: "-image" }), (view) => view.rows(0, 2))),
  compare: ({ results, others }) =>
    closing(results.compare(others, { threshold: 50 }), (comparison) => [{ ...comparison }, comparison.rows(0, 1e9)]),
  export: ofResults((results) =>
    Promise.all(["json", "ndjson", "csv", "markdown"].map((format) => text(results.export(format)))),
  ),
  exportStream: ofResults((results) => streamed(results.exportStream("ndjson"))),
  openResults: async ({ jobs, file }) => {
    const results = await jobs.openResults(file);
    return closing(results, () => results.length);
  },
};

async function outcomeOf(call) {
  try {
    return { value: await call() };
  } catch (error) {
    return { error };
  }
}

const model = (jobs) => COUNTED(jobs.query(""), (view) => view.rows(0, 1e9));

/**
 * Fails each allocation of a call, or every `step`th: checks what comes of it.
 * @returns what the call gives when none fails
 */
async function failEach(name, call, module, { step = () => 1, undo = () => {}, check }) {
  module._endMemoryAfter(NO_LIMIT);
  const right = await outcomeOf(call);
  assert.equal(right.error, undefined, `${name}: ${right.error?.stack}`);
  const levels = new Set();
  const count = module._allocations();
  for (let i = 0; i < count; i++) levels.add(module._levelOf(i));
  await undo();
  const each = [...levels].sort((a, b) => a - b);
  const size = step(each.length);
  for (let i = each.length - 1; i >= 0; i -= size) {
    module._endMemoryAfter(each[i] - 1);
    const { value, error } = await outcomeOf(call);
    module._endMemoryAfter(NO_LIMIT);
    failed++;
    const what = `${name}, when memory ends ${each[i] - 1} bytes on`;
    if (error) assert.equal(error.name, "OutOfMemoryError", `${what}: ${error.stack}`);
    else assert.deepEqual(value, right.value, what);
    await check(what, error, right.value);
    await undo();
  }
  return right.value;
}

describe("a memory that ends at any allocation", { skip }, () => {
  let createJobs;
  before(async () => {
    globalThis.failingModules = undefined;
    ({ createJobs } = await import(new URL("index.js", folder)));
  });
  after(() => {
    failed = 0;
  });

  for (const [many, size, step] of [
    ["a few jobs", 24, () => 1],
    ["many jobs", 6000, (levels) => Math.max(1, Math.floor(levels / 25))],
  ]) {
    const given = Array.from({ length: size }, (_, i) => job(i));
    const make = async () => {
      const jobs = await createJobs({
        region: "us-east-1",
        fetch: service(given.slice(0, 20).concat(job(1e6), job(1e6 + 1))),
      });
      const module = globalThis.failingModules.jobs.at(-1);
      await jobs.import(listing(size));
      return { jobs, module, more: listing(size, size / 2) };
    };

    test(`${many}, asked`, LIMIT, async (t) => {
      const all = await make();
      const before = model(all.jobs);
      const start = failed;
      for (const [name, call] of Object.entries(ASKED)) {
        await failEach(name, () => call(all), all.module, {
          step,
          check: (what) => assert.equal(all.jobs.size, size, what),
        });
        assert.deepEqual(model(all.jobs), before, `after ${name}`);
      }
      all.jobs.close();
      t.diagnostic(`${failed - start} allocations were made to fail`);
    });

    test(`${many}, changed`, LIMIT, async (t) => {
      const start = failed;
      for (const [name, call] of Object.entries(CHANGING)) {
        const all = await make();
        const before = model(all.jobs);
        const ids = new Set([
          ...before.map(({ JobId }) => JobId),
          ...JSON.parse(all.more).MediaAnalysisJobs.map(({ JobId }) => JobId),
          "job-1000000",
          "job-1000001",
        ]);
        await failEach(name, () => call(all), all.module, {
          step: (levels) => (many === "many jobs" ? Math.max(1, Math.floor(levels / 12)) : 1),
          undo: async () => {
            all.jobs.clear();
            await all.jobs.import(listing(size));
          },
          check: (what, error) => {
            const now = model(all.jobs);
            assert.equal(now.length, all.jobs.size, what);
            for (const each of now) assert.ok(ids.has(each.JobId), what);
            if (!error) return;
            if (name === "clear") assert.deepEqual(now, before, what);
            else if (name !== "clear during an import") assert.ok(now.length >= size, what);
            if (name === "load" || name === "refresh") {
              // Where there was no room to begin, there is nothing to tell of it.
              if (error.loaded) assert.deepEqual(error.loaded, all.jobs.loaded, what);
            }
          },
        });
        all.jobs.close();
      }
      t.diagnostic(`${failed - start} allocations were made to fail`);
    });

    test(`${many}, opened of a snapshot`, LIMIT, async (t) => {
      const start = failed;
      const all = await make();
      const before = model(all.jobs);
      const bytes = new Uint8Array(await new Response(all.jobs.snapshot()).arrayBuffer());
      all.jobs.close();
      const newest = () => globalThis.failingModules.jobs.at(-1);
      /** Opens it in an instance whose memory ends so far from where it is when the first byte is asked for. */
      const open = (end) => {
        let at = 0;
        const pull = (controller) => {
          if (at === 0) newest()._endMemoryAfter(end);
          controller.enqueue(bytes.slice(at, (at += 50_000)));
          if (at >= bytes.length) controller.close();
        };
        return outcomeOf(() => createJobs({ snapshot: new ReadableStream({ pull }, { highWaterMark: 0 }) }));
      };
      const right = await open(NO_LIMIT);
      assert.equal(right.error, undefined, right.error?.stack);
      const levels = new Set();
      for (let i = 0; i < newest()._allocations(); i++) levels.add(newest()._levelOf(i));
      assert.deepEqual(model(right.value), before);
      right.value.close();
      const each = [...levels].sort((a, b) => a - b);
      const size =
        many === "many jobs" ? Math.max(1, Math.floor(each.length / 25)) : Math.max(1, Math.floor(each.length / 200));
      let refused = 0;
      for (let i = each.length - 1; i >= 0; i -= size) {
        const { value, error } = await open(each[i] - 1);
        newest()._endMemoryAfter(NO_LIMIT);
        failed++;
        if (error) {
          refused++;
          assert.equal(error.name, "OutOfMemoryError", `when memory ends ${each[i] - 1} bytes on: ${error.stack}`);
          continue;
        }
        assert.deepEqual(model(value), before);
        value.close();
      }
      assert.ok(refused > 5, `${refused} were refused`);
      t.diagnostic(`${failed - start} allocations were made to fail`);
    });

    test(`${many}, imported from another form`, LIMIT, async (t) => {
      const start = failed;
      const odd = (each) => ({
        Item: {
          ...each,
          Status: { S: each.Status },
          CreationTimestamp: "Fri Jul 28 10:05:00 2023",
          Odd: [1, [2, { a: each.JobName }]],
        },
      });
      const lines = given
        .map((each) => `INFO ${JSON.stringify(odd(each))}\n`)
        .concat(`${JSON.stringify({ body: listing(20) })}\n`);
      const bytes = new TextEncoder().encode(lines.join(""));
      const newest = () => globalThis.failingModules.formats.at(-1);
      const ids = new Set(given.map(({ JobId }) => JobId).concat(Array.from({ length: 20 }, (_, i) => `job-${i}`)));
      /** Imports it with an instance whose memory ends so far from where it is when the second chunk is asked for. */
      const importUntil = (end) => {
        const chunks = [
          bytes.slice(0, 10),
          ...Array.from({ length: Math.ceil(bytes.length / 50_000) }, (_, i) =>
            bytes.slice(Math.max(10, i * 50_000), (i + 1) * 50_000),
          ),
        ];
        const pull = (controller) => {
          if (chunks.length === 0) return controller.close();
          if (newest() !== undefined && controller.began === undefined) {
            newest()._endMemoryAfter(end);
            controller.began = true;
          }
          controller.enqueue(chunks.shift());
        };
        globalThis.failingModules.formats.length = 0;
        return outcomeOf(async () => {
          const jobs = await createJobs();
          try {
            await jobs.import(new ReadableStream({ pull }, { highWaterMark: 0 }));
            return model(jobs);
          } catch (error) {
            for (const { JobId } of model(jobs)) assert.ok(ids.has(JobId));
            throw error;
          } finally {
            jobs.close();
          }
        });
      };
      const right = await importUntil(NO_LIMIT);
      assert.equal(right.error, undefined, right.error?.stack);
      assert.equal(right.value.length, ids.size);
      const levels = new Set();
      for (let i = 0; i < newest()._allocations(); i++) levels.add(newest()._levelOf(i));
      const each = [...levels].sort((a, b) => a - b);
      const size = Math.max(1, Math.floor(each.length / (many === "many jobs" ? 25 : 200)));
      let refused = 0;
      for (let i = each.length - 1; i >= 0; i -= size) {
        const { value, error } = await importUntil(each[i] - 1);
        failed++;
        if (error) {
          refused++;
          assert.equal(error.name, "OutOfMemoryError", `when memory ends ${each[i] - 1} bytes on: ${error.stack}`);
        } else {
          assert.deepEqual(value, right.value);
        }
      }
      assert.ok(refused > 5, `${refused} were refused`);
      t.diagnostic(`${failed - start} allocations were made to fail`);
    });

    test(`${many === "many jobs" ? "many" : "a few"} results`, LIMIT, async (t) => {
      const start = failed;
      const jobs = await createJobs();
      const file = resultsFile(results70(size / 2, 1));
      const results = await jobs.openResults(file);
      const others = await jobs.openResults(resultsFile(results70(size / 2, 2)));
      const module = globalThis.failingModules.results.at(-1);
      const all = { jobs, results, others, file };
      const before = results.rows(0, 1e9);
      for (const [name, call] of Object.entries(RESULTS)) {
        await failEach(name, () => call(all), module, {
          step,
          check: (what) => assert.equal(results.length, before.length, what),
        });
        assert.deepEqual(results.rows(0, 1e9), before, `after ${name}`);
      }
      jobs.close();
      t.diagnostic(`${failed - start} allocations were made to fail`);
    });
  }

  const long = (text) => text.repeat(2 ** 18 / text.length);
  const LONG_RECORDS = {
    "a name": { JobName: long("n") },
    "a name of quotes": { JobName: long('"') },
    "a message of control characters": { FailureDetails: { Code: "INTERNAL_ERROR", Message: long("\x01") } },
    "a key": { Results: { S3Object: { Bucket: "b", Name: long("ключ") } } },
    "a bucket": { Results: { S3Object: { Bucket: long("b"), Name: "n" } } },
    "an unknown member": { Unknown: [long("u"), long('"')] },
    "unknown numbers": { Unknown: Array(2 ** 18).fill(1) },
  };
  for (const [what, members] of Object.entries(LONG_RECORDS)) {
    test(`records with 256 kB in ${what}`, LIMIT, async (t) => {
      const start = failed;
      const jobs = await createJobs();
      const module = globalThis.failingModules.jobs.at(-1);
      const source = `[${[0, 1, 2, 3].map((i) => JSON.stringify(job(i, members)))}]`;
      await failEach(what, () => jobs.import(source), module, {
        undo: () => jobs.clear(),
        check: (message) => assert.equal(model(jobs).length, jobs.size, message),
      });
      jobs.close();
      t.diagnostic(`${failed - start} allocations were made to fail`);
    });
  }

  const LONG_RESULTS = {
    "an image's key": { "source-ref": `s3://b/${long("k")}` },
    "an image's key of quotes": { "source-ref": `s3://b/${long('"')}` },
    "an unknown member": { unknown: [long("u"), long('"')] },
  };
  for (const [what, members] of Object.entries(LONG_RESULTS)) {
    test(`results with 256 kB in ${what}`, LIMIT, async (t) => {
      const start = failed;
      const jobs = await createJobs();
      await (await jobs.openResults("")).close();
      const module = globalThis.failingModules.results.at(-1);
      const file = results70(4, 1)
        .map((line) => JSON.stringify({ ...line, ...members }))
        .join("\n");
      await failEach(what, async () => COUNTED(await jobs.openResults(file), (results) => results.length), module, {
        check: () => {},
      });
      jobs.close();
      t.diagnostic(`${failed - start} allocations were made to fail`);
    });
  }

  test("a load that ends in a full memory tells what it has loaded, and can be gone on with", LIMIT, async () => {
    let pages = 0;
    const jobs = await createJobs({
      region: "us-east-1",
      fetch: async () =>
        Response.json({
          MediaAnalysisJobs: Array.from({ length: 100 }, (_, i) => job(100 * pages + i)),
          NextToken: `t${++pages}`,
        }),
    });
    const module = globalThis.failingModules.jobs.at(-1);
    module._endMemoryAfter(8 * 2 ** 20);
    const { error } = await outcomeOf(() => jobs.load());
    assert.equal(error?.name, "OutOfMemoryError", error?.stack);
    assert.ok(error.loaded.pages > 10, `${error.loaded.pages} pages`);
    assert.equal(error.loaded.complete, false);
    assert.match(error.loaded.NextToken, /^t\d+$/);
    assert.deepEqual(error.loaded, jobs.loaded);
    assert.ok(jobs.size >= 100 * error.loaded.pages);
    assert.equal(jobs.get("job-0").JobId, "job-0");
    jobs.close();
  });
});
