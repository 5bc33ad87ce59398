// Each method and property of the module, here and in a worker, over the same service and files: equal answers, equal errors.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { startServer } from "../../../emulator/server.js";
import { failOnUnhandledRejections } from "../unhandled_rejections.js";
import { wireJob } from "../jobs_of.js";
import { results70, resultsFile } from "../results/results_of.js";
import { hasResults, jobsLike } from "../s3/s3_objects.js";
import { inEngine } from "../../../dist/views/rows_view.js";
import { rowsAsJson } from "../../../dist/views/rows_view.js";
import { remote } from "../../../dist/worker/async_views.js";
import { here, inWorker, LIMIT, outcomeOf } from "./worker_jobs.js";

failOnUnhandledRejections();

const JOBS = 1200;
const LISTING = JSON.stringify({
  MediaAnalysisJobs: Array.from({ length: JOBS }, (_, i) =>
    wireJob(`job-${i}`, { Status: i % 7 ? "SUCCEEDED" : "FAILED", CreationTimestamp: 1_690_000_000 + 60 * i }),
  ),
});
const RESULTS = resultsFile(results70(700, 1));
const OTHER = resultsFile(results70(700, 2));
const SUMMARY = '{"version":"1.0","statistics":{"total-json-lines":3},"errors":[]}';
const wrongTypes = [
  undefined,
  null,
  1,
  -1,
  1.5,
  Number.NaN,
  Infinity,
  2 ** 53,
  10n,
  "",
  "1",
  true,
  {},
  [],
  () => {},
  Symbol("s"),
];
const texts = [
  "",
  "status:failed",
  "(",
  "nofield:1",
  "created>",
  "a\ud800b",
  "\udfff(",
  "\u{1f600} status:",
  "id:job-1,job-2",
];
const noTexts = [null, 1, {}, [], () => {}, Symbol("s"), new String("a")];
const sorts = [undefined, null, "", "name", "-created", "-id", "nothing", 5, {}, Symbol("s"), "image", "-confidence"];
const fields = [
  "status",
  "created",
  "InputBucket",
  "label",
  "level",
  "",
  "nothing",
  null,
  3,
  {},
  Symbol("s"),
  undefined,
];
const formats = ["json", "ndjson", "csv", "markdown", "xml", "", "toString", "__proto__", ...wrongTypes];
const noSignals = [1, "abort", {}, { aborted: false }, () => {}];
const noSources = [undefined, null, 5, {}, [], ["[]"], () => {}, Symbol("s"), new SharedArrayBuffer(8), new Date(0)];

let server;
let options;
let jobIds;
before(async () => {
  const begun = Date.now();
  server = await startServer({ port: 0, jobs: 150, strict: true, now: () => begun, clock: Date.now });
  options = { endpoint: server.url, s3Endpoint: `${server.url}s3`, credentials: EXAMPLE, maxAttempts: 1 };
  jobIds = jobsLike(server, hasResults).map(({ JobId }) => JobId);
}, LIMIT);
after(() => server?.close(), LIMIT);

const each = (values, call) => values.map((value) => (it) => call(it, value));
const tried = async (call) => JSON.stringify(await outcomeOf(call));
/** Several calls, one after another, and what came of each. */
const inTurn =
  (...calls) =>
  async (it) => {
    const outcomes = [];
    for (const call of calls) outcomes.push(await tried(() => call(it)));
    return outcomes;
  };
const all = async (pages) => {
  const list = [];
  for await (const page of pages) list.push(page);
  return list;
};

/** The calls of each member; those of one member are made one after another. */
const OF_JOBS = {
  listMediaAnalysisJobs: [
    (jobs) => jobs.listMediaAnalysisJobs(),
    (jobs) => jobs.listMediaAnalysisJobs(null, undefined),
    (jobs) => jobs.listMediaAnalysisJobs({ MaxResults: 3 }, { signal: null }),
    inTurn(...each([...wrongTypes.slice(1)], (jobs, MaxResults) => jobs.listMediaAnalysisJobs({ MaxResults }))),
    inTurn(
      ...each([...wrongTypes, "no-token", "t".repeat(2000)], (jobs, NextToken) =>
        jobs.listMediaAnalysisJobs({ NextToken }),
      ),
    ),
    inTurn(...each(noSignals, (jobs, signal) => jobs.listMediaAnalysisJobs({}, { signal }))),
  ],
  getMediaAnalysisJob: [
    (jobs) => jobs.getMediaAnalysisJob({ JobId: jobIds[0] }),
    (jobs) => jobs.getMediaAnalysisJob({ JobId: "0".repeat(64) }),
    (jobs) => jobs.getMediaAnalysisJob(),
    inTurn(...each(wrongTypes, (jobs, JobId) => jobs.getMediaAnalysisJob({ JobId }))),
    inTurn(...each(wrongTypes, (jobs, input) => jobs.getMediaAnalysisJob(input))),
  ],
  paginateListMediaAnalysisJobs: [
    (jobs) => all(jobs.paginateListMediaAnalysisJobs()),
    (jobs) => all(jobs.paginateListMediaAnalysisJobs({ MaxResults: 40 })),
    (jobs) => all(jobs.paginateListMediaAnalysisJobs({ MaxResults: 0 })),
    (jobs) => all(jobs.paginateListMediaAnalysisJobs({ MaxResults: "a" })),
    async (jobs) => {
      const pages = jobs.paginateListMediaAnalysisJobs({ MaxResults: 40 });
      return [await pages.next(), await pages.return("value"), await pages.next()];
    },
    inTurn(...each(noSignals, (jobs, signal) => jobs.paginateListMediaAnalysisJobs({}, { signal }).next())),
  ],
  load: [
    inTurn(
      (jobs) => jobs.load(),
      (jobs) => jobs.loaded,
      (jobs) => jobs.size,
      (jobs) => jobs.load(),
    ),
    async (jobs) => {
      const told = [];
      await jobs.load({ onProgress: (progress) => told.push(progress) });
      return told;
    },
    inTurn(
      (jobs) => jobs.load({ NextToken: "no-token" }),
      (jobs) => jobs.loaded,
      async (jobs) => (await jobs.loadedAt) instanceof Date,
    ),
    inTurn(...each(wrongTypes, (jobs, NextToken) => jobs.load({ NextToken, signal: AbortSignal.abort("stop") }))),
    inTurn(...each(noSignals, (jobs, signal) => jobs.load({ signal }))),
  ],
  refresh: [
    inTurn(
      (jobs) => jobs.refresh(),
      (jobs) => jobs.refresh({ onProgress() {} }),
      (jobs) => jobs.size,
    ),
    inTurn(...each(noSignals, (jobs, signal) => jobs.refresh({ signal }))),
  ],
  loaded: [(jobs) => jobs.loaded],
  loadedAt: [
    (jobs) => jobs.loadedAt,
    async (jobs) => {
      await jobs.load();
      return (await jobs.loadedAt) instanceof Date;
    },
  ],
  snapshot: [
    (jobs) => jobs.snapshot(),
    async (jobs) => {
      await jobs.import(LISTING);
      return jobs.snapshot();
    },
  ],
  import: [
    (jobs) => jobs.import(LISTING),
    (jobs) => jobs.import(""),
    (jobs) => jobs.import(RESULTS),
    (jobs) => jobs.import('{"JobId":"a"} {"JobId":5} nothing'),
    (jobs) => jobs.import(new Response("no", { status: 404 })),
    (jobs) => jobs.import(Response.error()),
    async (jobs) => {
      const told = [];
      await jobs.import(Buffer.from(LISTING), { onProgress: (progress) => told.push(progress.bytes) });
      return told.at(-1);
    },
    inTurn(...each(noSources, (jobs, source) => jobs.import(source))),
    inTurn(...each(noSignals, (jobs, signal) => jobs.import("[]", { signal }))),
    inTurn(...each([null, undefined, 5, {}, "f"], (jobs, onProgress) => jobs.import("[]", { onProgress }))),
  ],
  open: [
    (jobs) => jobs.open(LISTING),
    (jobs) => jobs.open(RESULTS),
    (jobs) => jobs.open(SUMMARY),
    (jobs) => jobs.open(""),
    inTurn(...each(noSources, (jobs, source) => jobs.open(source))),
    inTurn(...each(noSignals, (jobs, signal) => jobs.open("[]", { signal }))),
  ],
  openResults: [
    (jobs) => jobs.openResults(RESULTS),
    (jobs) => jobs.openResults(RESULTS, { summary: SUMMARY }),
    (jobs) => jobs.openResults(RESULTS, { summary: "no summary" }),
    (jobs) => jobs.openResults(RESULTS, { summary: new Response("", { status: 500 }) }),
    async (jobs) => {
      const used = new Response(SUMMARY);
      await used.text();
      return jobs.openResults(RESULTS, { summary: used });
    },
    (jobs) => jobs.openResults(undefined, { summary: SUMMARY }),
    (jobs) => jobs.openResults(null, { summary: SUMMARY }),
    (jobs) => jobs.openResults(RESULTS, { summary: null }),
    (jobs) => jobs.openResults(LISTING),
    inTurn(...each(noSources, (jobs, source) => jobs.openResults(source))),
    inTurn(...each(noSources.slice(2), (jobs, summary) => jobs.openResults(RESULTS, { summary }))),
    inTurn(...each(noSignals, (jobs, signal) => jobs.openResults(RESULTS, { signal }))),
  ],
  results: [
    (jobs) => jobs.results(jobIds[0]),
    (jobs) => jobs.results(jobIds[1], { requestPayer: "requester" }),
    (jobs) => jobs.results(jobIds[1], { requestPayer: "me" }),
    (jobs) => jobs.results("0".repeat(64)),
    async (jobs) => {
      await jobs.load();
      return jobs.results({ toString: () => jobIds[2] });
    },
    inTurn(...each(wrongTypes, (jobs, jobId) => jobs.results(jobId))),
    inTurn(...each(noSignals, (jobs, signal) => jobs.results(jobIds[0], { signal }))),
  ],
  image: [
    async (jobs) => {
      const results = await jobs.results(jobIds[0]);
      const [image] = await results.rows(0, 1);
      return jobs.image(image["source-ref"]);
    },
    (jobs) => jobs.image("s3://acme-marketing-assets/none.jpg", { signed: true }),
    (jobs) => jobs.image("s3://acme-marketing-assets/none.jpg"),
    inTurn(...each(["", "s3://", "s3://a", "https://a/b", undefined, null, 5], (jobs, uri) => jobs.image(uri))),
    inTurn(...each(wrongTypes.slice(2), (jobs, versionId) => jobs.image("s3://a/b", { versionId, signed: true }))),
    inTurn(...each(wrongTypes.slice(2), (jobs, requestPayer) => jobs.image("s3://a/b", { requestPayer }))),
  ],
  size: [(jobs) => jobs.size],
  fields: [(jobs) => jobs.fields, (jobs) => Object.is(jobs.fields, jobs.fields)],
  close: [(jobs) => [jobs.close(), jobs.close()]],
  get: [
    async (jobs) => {
      await jobs.import(LISTING);
      return [await jobs.get("job-7"), await jobs.get("none"), await jobs.get("\ud800")];
    },
    inTurn(...each([...wrongTypes, Object.create(null)], (jobs, id) => jobs.get(id))),
  ],
  clear: [
    async (jobs) => {
      await jobs.import(LISTING);
      return [await jobs.clear(), await jobs.size, await jobs.loaded];
    },
  ],
  query: [
    async (jobs) => {
      await jobs.import(LISTING);
      return [
        ...(await inTurn(...each(texts, (it, text) => it.query(text)))(jobs)),
        ...(await inTurn(...each(sorts, (it, sort) => it.query("status:failed", { sort })))(jobs)),
        ...(await inTurn(...each(noTexts, (it, text) => it.query(text)))(jobs)),
      ];
    },
    (jobs) => jobs.query(),
  ],
  tokens: [
    inTurn(...each(texts, (jobs, text) => jobs.tokens(text))),
    inTurn(...each([...noTexts, undefined], (jobs, text) => jobs.tokens(text))),
  ],
};

const OF_VIEWS = {
  length: [(view) => view.length],
  rows: [
    (view) => view.rows(0, 2),
    (view) => view.rows(1, 1e9),
    (view) => view.rows(1e9, 1),
    inTurn(...each(wrongTypes, (view, first) => view.rows(first, 1))),
    inTurn(...each(wrongTypes, (view, count) => view.rows(0, count))),
  ],
  page: [
    (view) => view.page(1, 3),
    (view) => view.page(2 ** 40, 2 ** 40),
    inTurn(...each(wrongTypes, (view, number) => view.page(number, 5))),
    inTurn(...each(wrongTypes, (view, size) => view.page(1, size))),
  ],
  indexOf: [
    (view) => view.indexOf("job-21"),
    inTurn(...each([...wrongTypes, "\ud800"], (view, id) => view.indexOf(id))),
  ],
  facets: [inTurn(...each(fields, (view, field) => view.facets(field)))],
  histogram: [
    (view) => view.histogram("created", 4),
    (view) => view.histogram("confidence", 4),
    inTurn(...each(fields, (view, field) => view.histogram(field, 3))),
    inTurn(...each(wrongTypes, (view, buckets) => view.histogram("created", buckets))),
    inTurn(...each(wrongTypes, (view, buckets) => view.histogram("confidence", buckets))),
    (view) => view.histogram("created", 100_001),
  ],
  export: [
    inTurn(...each(formats, (view, format) => view.export(format))),
    inTurn(...each([true, false, 0, null, {}], (view, guardFormulas) => view.export("csv", { guardFormulas }))),
    (view) => view.export("csv", null),
  ],
  exportStream: [
    inTurn(...each(formats, (view, format) => view.exportStream(format))),
    (view) => view.exportStream("csv", { guardFormulas: false }),
  ],
  close: [(view) => view.length],
};
const OF_RESULT_VIEWS = {
  ...OF_VIEWS,
  histogram: [
    ...OF_VIEWS.histogram,
    inTurn(
      ...each(["violence", "Nudity", null, 5, {}, "\ud800", Symbol("s")], (view, label) =>
        view.histogram("confidence", 3, { label }),
      ),
    ),
  ],
  labels: [
    (view) => view.labels(),
    inTurn(...each([90, ...wrongTypes], (view, threshold) => view.labels({ threshold }))),
  ],
  flagged: [inTurn(...each([90, ...wrongTypes], (view, threshold) => view.flagged(threshold)))],
  query: [
    inTurn(...each([...texts, "label:violence"], (view, text) => view.query(text))),
    inTurn(...each(noTexts, (view, text) => view.query(text))),
    inTurn(...each(sorts, (view, sort) => view.query("", { sort }))),
  ],
  compare: [
    (view) => view.compare(view),
    inTurn(...each([90, ...wrongTypes], (view, threshold) => view.compare(view, { threshold }))),
    inTurn(...each([undefined, null, {}, "a", 5], (view, other) => view.compare(other))),
  ],
};
const TOLD = [
  "summary",
  "summaryError",
  "resultsError",
  "rejected",
  "rejectedCount",
  "format",
  "notices",
  "fields",
  "size",
];
const OF_RESULTS = {
  ...OF_RESULT_VIEWS,
  ...Object.fromEntries(TOLD.map((name) => [name, [(results) => results[name]]])),
  tokens: [inTurn(...each([...texts, ...noTexts], (results, text) => results.tokens(text)))],
};
const COUNTS = ["both", "onlyHere", "onlyThere", "unchanged", "nowFlagged", "nowUnflagged", "otherLabels", "length"];
const OF_COMPARISONS = {
  ...Object.fromEntries(COUNTS.map((name) => [name, [(comparison) => comparison[name]]])),
  rows: [
    (comparison) => comparison.rows(0, 3),
    inTurn(...each(wrongTypes, (comparison, first) => comparison.rows(first, 1))),
    inTurn(...each(wrongTypes, (comparison, count) => comparison.rows(0, count))),
  ],
  close: [(comparison) => comparison.length],
};

/** The iteration of an object of either module. */
const iterated = async (view) => {
  const list = [];
  for await (const row of view) list.push(row);
  return list;
};
OF_VIEWS[Symbol.iterator] = OF_RESULT_VIEWS[Symbol.iterator] = OF_RESULTS[Symbol.iterator] = [iterated];
const MATRIX = {
  jobs: OF_JOBS,
  view: OF_VIEWS,
  part: OF_RESULT_VIEWS,
  results: OF_RESULTS,
  comparison: OF_COMPARISONS,
};

/** All that can be had of a Jobs. */
async function everything(make) {
  const jobs = await make(options);
  await jobs.import(LISTING);
  const results = await jobs.openResults(RESULTS, { summary: SUMMARY });
  const view = await jobs.query("status:failed", { sort: "id" });
  const part = await results.query("label:violence");
  const comparison = await results.compare(await jobs.openResults(OTHER), { threshold: 80 });
  return { jobs, results, view, part, comparison };
}

/** The names of the public members, own ones and inherited. */
function membersOf(object) {
  const ours = new Set(["constructor", inEngine, rowsAsJson, remote, Symbol.dispose]);
  const names = new Set();
  for (let at = object; at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Reflect.ownKeys(at))
      if (!ours.has(name)) names.add(name === Symbol.asyncIterator ? Symbol.iterator : name);
  }
  return [...names].map(String).sort();
}

describe("both have the same members, and each is in the matrix", () => {
  for (const [kind, calls] of Object.entries(MATRIX)) {
    test(kind, LIMIT, async () => {
      const [ours, theirs] = [await everything(here), await everything(inWorker)];
      assert.deepEqual(membersOf(theirs[kind]), membersOf(ours[kind]));
      assert.deepEqual(membersOf(ours[kind]), Reflect.ownKeys(calls).map(String).sort());
      assert.equal(Symbol.dispose in theirs[kind], Symbol.dispose in ours[kind]);
    });
  }
});

describe("a new Jobs", () => {
  for (const [name, calls] of Object.entries(OF_JOBS)) {
    test(`${name}: ${calls.length} calls come to the same`, { timeout: 120_000 }, async () => {
      const [ours, theirs] = [await here(options), await inWorker(options)];
      for (const call of calls) {
        const came = await outcomeOf(() => call(theirs));
        assert.deepEqual(came, await outcomeOf(() => call(ours)), String(call));
      }
    });
  }
});

describe("what a Jobs gives", () => {
  for (const kind of ["view", "part", "results", "comparison"]) {
    test(`${kind}: all calls come to the same`, { timeout: 120_000 }, async () => {
      const [ours, theirs] = [await everything(here), await everything(inWorker)];
      for (const name of Reflect.ownKeys(MATRIX[kind])) {
        for (const call of MATRIX[kind][name]) {
          const came = await outcomeOf(() => call(theirs[kind]));
          assert.deepEqual(came, await outcomeOf(() => call(ours[kind])), `${String(name)}: ${call}`);
        }
      }
    });
  }
});

test("results of another worker are compared as those of another module", LIMIT, async () => {
  const outcome = async (make) => {
    const [one, other] = [await make(), await make()];
    const results = await one.openResults(RESULTS);
    const others = await other.openResults(OTHER);
    const closed = await other.openResults(OTHER);
    closed.close();
    return [
      await outcomeOf(() => results.compare(others, { threshold: 70 })),
      await outcomeOf(async () => results.compare(await others.query("label:violence"))),
      await outcomeOf(async () => results.compare(await others.query("label:nothing-like-it"))),
      await outcomeOf(() => results.compare(closed)),
    ];
  };
  assert.deepEqual(await outcome(inWorker), await outcome(here));
});

/** A call of each member that needs no arguments to be refused for being closed. */
const SIMPLE = {
  jobs: {
    listMediaAnalysisJobs: (it) => it.listMediaAnalysisJobs(),
    getMediaAnalysisJob: (it) => it.getMediaAnalysisJob({ JobId: "a" }),
    paginateListMediaAnalysisJobs: (it) => it.paginateListMediaAnalysisJobs().next(),
    load: (it) => it.load(),
    refresh: (it) => it.refresh(),
    loaded: (it) => it.loaded,
    loadedAt: (it) => it.loadedAt,
    snapshot: (it) => it.snapshot(),
    import: (it) => it.import("[]"),
    open: (it) => it.open("[]"),
    openResults: (it) => it.openResults("[]"),
    results: (it) => it.results("a"),
    image: (it) => it.image("s3://a/b"),
    size: (it) => it.size,
    fields: (it) => it.fields,
    close: (it) => it.close(),
    get: (it) => it.get("a"),
    clear: (it) => it.clear(),
    query: (it) => it.query(),
    tokens: (it) => it.tokens("a"),
  },
  view: {
    length: (it) => it.length,
    rows: (it) => it.rows(0, 1),
    page: (it) => it.page(1, 1),
    indexOf: (it) => it.indexOf("a"),
    facets: (it) => it.facets("status"),
    histogram: (it) => it.histogram("created", 1),
    export: (it) => it.export("csv"),
    exportStream: (it) => it.exportStream("csv"),
    close: (it) => it.close(),
    [Symbol.iterator]: iterated,
  },
};
SIMPLE.part = {
  ...SIMPLE.view,
  facets: (it) => it.facets("label"),
  histogram: (it) => it.histogram("confidence", 1),
  labels: (it) => it.labels(),
  flagged: (it) => it.flagged(50),
  query: (it) => it.query(),
  compare: (it) => it.compare(it),
};
SIMPLE.results = {
  ...SIMPLE.part,
  ...Object.fromEntries(TOLD.map((name) => [name, (it) => it[name]])),
  tokens: (it) => it.tokens("a"),
};
SIMPLE.comparison = {
  ...Object.fromEntries(COUNTS.map((name) => [name, (it) => it[name]])),
  rows: (it) => it.rows(0, 1),
  close: (it) => it.close(),
};

describe("what is closed says so as the module does", () => {
  const ways = {
    "by itself": (all, kind) => all[kind].close(),
    "by its Jobs": (all) => all.jobs.close(),
    "by its Results": (all) => all.results.close(),
    "by `using`": (all, kind) => all[kind][Symbol.dispose](),
  };
  for (const [way, close] of Object.entries(ways)) {
    for (const [kind, calls] of Object.entries(SIMPLE)) {
      if (way === "by its Results" && !["part", "comparison"].includes(kind)) continue;
      test(`${kind}, ${way}`, LIMIT, async () => {
        assert.deepEqual(Reflect.ownKeys(calls).map(String).sort(), Reflect.ownKeys(MATRIX[kind]).map(String).sort());
        const outcomes = async (make) => {
          const all = await everything(make);
          close(all, kind);
          const list = [];
          for (const name of Reflect.ownKeys(calls)) list.push([name, await outcomeOf(() => calls[name](all[kind]))]);
          return list;
        };
        assert.deepEqual(await outcomes(inWorker), await outcomes(here));
      });
    }
  }
});

describe("options that are refused are refused as createJobs() does", () => {
  const OPTIONS = {
    region: ["", "us-east-1a", "nothing like it", 5, {}, null, "use1-az4", "fips-us-east-1"],
    endpoint: ["http://example.com", "no url", 5, null, {}, new URL("https://example.com/a"), "https://a:b@c.example"],
    s3Endpoint: ["http://example.com", "no url", 5, {}, new URL("https://example.com/a")],
    useFipsEndpoint: [true, 1, {}],
    credentials: [null, {}, 5, "a", { accessKeyId: "a" }, { accessKeyId: 5, secretAccessKey: "b" }, []],
    credentialsTimeout: [0, -1, "a", Symbol("s"), {}, Number.NaN, Infinity],
    fetch: [null, 5, {}, "f"],
    maxAttempts: wrongTypes,
    requestTimeout: wrongTypes.filter((value) => typeof value !== "symbol"),
    maxRetryAfter: wrongTypes,
    snapshot: ["a", 5, {}, Buffer.from("a"), new Blob(["no snapshot"]), new Response("a", { status: 404 }), null],
    wasm: [new Uint8Array(8), null],
    nothing: [() => {}, Symbol("s")],
  };
  const outcome = (make, given) =>
    outcomeOf(async () => {
      const jobs = await make(given);
      return [
        await jobs.size,
        await outcomeOf(() => jobs.listMediaAnalysisJobs({}, { signal: AbortSignal.abort("no") })),
      ];
    });
  for (const [name, values] of Object.entries(OPTIONS)) {
    test(name, { timeout: 120_000 }, async () => {
      for (const value of values) {
        const given = () => ({
          region: "us-east-1",
          ...(name === "useFipsEndpoint" && { endpoint: "https://example.com" }),
          [name]: value instanceof Response ? value.clone() : value,
        });
        assert.deepEqual(await outcome(inWorker, given()), await outcome(here, given()), `${name}: ${String(value)}`);
      }
    });
  }

  test("options of a class, whose members are getters of its prototype", LIMIT, async () => {
    class Settings {
      get endpoint() {
        return server.url;
      }
      get credentials() {
        return EXAMPLE;
      }
    }
    const loaded = async (make) => (await make(new Settings())).load();
    assert.deepEqual(await loaded(inWorker), await loaded(here));
  });
});
