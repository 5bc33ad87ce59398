// An engine that trapped is dead: every later call throws an EngineError, nothing of it runs again, and it can be closed.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createJobs, EngineError, fromCognitoIdentityPool, openResults } from "rekognition-jobs";
import { wireJob } from "../jobs_of.js";
import { results70, resultsFile } from "../results/results_of.js";
import { watchModule } from "./wasm_watch.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const LIMIT = { timeout: 60_000 };
const JOBS = 1200;
const LISTING = JSON.stringify({ MediaAnalysisJobs: Array.from({ length: JOBS }, (_, i) => wireJob(`job-${i}`)) });
const RESULTS = resultsFile(results70(1200, 1));

const escaped = [];
const note = (reason) => escaped.push(reason);
process.on("unhandledRejection", note);
process.on("uncaughtException", note);
after(() => {
  process.off("unhandledRejection", note);
  process.off("uncaughtException", note);
  assert.deepEqual(escaped, [], "nothing is thrown where no caller is");
});

const page = (NextToken) =>
  new Response(JSON.stringify({ MediaAnalysisJobs: [wireJob("new")], ...(NextToken && { NextToken }) }));

/** Jobs, results of them, and all that can be had of both. */
async function everything(options = {}) {
  const jobsWasm = await watchModule("rekognition_jobs");
  const resultsWasm = await watchModule("rekognition_results");
  const jobs = await createJobs({
    region: "us-east-1",
    fetch: async () => page(),
    wasm: jobsWasm.module,
    resultsWasm: resultsWasm.module,
    ...options,
  });
  await jobs.import(LISTING);
  const results = await jobs.openResults(RESULTS);
  return {
    jobs,
    view: jobs.query("job", { sort: "name" }),
    results,
    part: results.query("label:violence"),
    comparison: results.compare(await jobs.openResults(resultsFile(results70(1200, 2)))),
    jobsWasm,
    resultsWasm,
  };
}

/** Calls it, with `act` in the place of the first function that its engine imports. */
function onNextImport(watch, call, act) {
  const { onImport } = watch;
  watch.onImport = () => {
    watch.onImport = onImport;
    return act();
  };
  return call();
}

/** Ways to a trap, each through a public call. */
const TRAPS = {
  "memory that was written over": {
    trap({ memory }, call) {
      new Uint8Array(memory.buffer).fill(0xff);
      return call();
    },
    cause: WebAssembly.RuntimeError,
  },
  "an exception of JavaScript through its frames": {
    trap: (watch, call) =>
      onNextImport(watch, call, () => {
        throw new SyntaxError("from JavaScript");
      }),
    cause: SyntaxError,
  },
  "abort()": {
    trap: (watch, call) => onNextImport(watch, call, () => watch.imports.find(({ name }) => name.includes("abort"))()),
    cause: WebAssembly.RuntimeError,
  },
};

/** Every method and property, of every kind of object that an engine answers. */
const CALLS = {
  jobs: {
    size: ({ jobs }) => jobs.size,
    fields: ({ jobs }) => jobs.fields,
    loaded: ({ jobs }) => jobs.loaded,
    loadedAt: ({ jobs }) => jobs.loadedAt,
    snapshot: ({ jobs }) => jobs.snapshot(),
    get: ({ jobs }) => jobs.get("job-1"),
    query: ({ jobs }) => jobs.query(""),
    tokens: ({ jobs }) => jobs.tokens("a"),
    clear: ({ jobs }) => jobs.clear(),
    import: ({ jobs }) => jobs.import("[]"),
    open: ({ jobs }) => jobs.open("[]"),
    openResults: ({ jobs }) => jobs.openResults(RESULTS),
    load: ({ jobs }) => jobs.load(),
    refresh: ({ jobs }) => jobs.refresh(),
    listMediaAnalysisJobs: ({ jobs }) => jobs.listMediaAnalysisJobs(),
    getMediaAnalysisJob: ({ jobs }) => jobs.getMediaAnalysisJob({ JobId: "a" }),
    paginateListMediaAnalysisJobs: ({ jobs }) => jobs.paginateListMediaAnalysisJobs().next(),
    results: ({ jobs }) => jobs.results("job-1"),
    image: ({ jobs }) => jobs.image("s3://bucket/key.png"),
  },
  view: {
    length: ({ view }) => view.length,
    rows: ({ view }) => view.rows(0, 1),
    page: ({ view }) => view.page(1, 1),
    indexOf: ({ view }) => view.indexOf("job-1"),
    facets: ({ view }) => view.facets("status"),
    histogram: ({ view }) => view.histogram("created", 2),
    export: ({ view }) => view.export("json"),
    exportStream: ({ view }) => view.exportStream("csv"),
    [Symbol.iterator]: ({ view }) => [...view],
  },
  results: {
    length: ({ results }) => results.length,
    size: ({ results }) => results.size,
    fields: ({ results }) => results.fields,
    tokens: ({ results }) => results.tokens("a"),
    rows: ({ results }) => results.rows(0, 1),
    page: ({ results }) => results.page(1, 1),
    indexOf: ({ results }) => results.indexOf("s3://a/b"),
    facets: ({ results }) => results.facets("label"),
    histogram: ({ results }) => results.histogram("confidence", 2),
    labels: ({ results }) => results.labels(),
    flagged: ({ results }) => results.flagged(50),
    query: ({ results }) => results.query(""),
    compare: ({ results }) => results.compare(results),
    export: ({ results }) => results.export("json"),
    exportStream: ({ results }) => results.exportStream("csv"),
    [Symbol.iterator]: ({ results }) => [...results],
  },
  part: {
    length: ({ part }) => part.length,
    rows: ({ part }) => part.rows(0, 1),
    query: ({ part }) => part.query(""),
    compare: ({ part, results }) => part.compare(results),
  },
  comparison: {
    rows: ({ comparison }) => comparison.rows(0, 1),
    "no rows": ({ comparison }) => comparison.rows(1e6, 1),
  },
};
/** What no engine is asked for; the counts of a comparison, its length among them, were told when it was made. */
const NOT_ASKED = {
  jobs: ["constructor", "close"],
  view: ["constructor", "close"],
  results: ["constructor", "close"],
  comparison: ["constructor", "close", "length"],
};
const OF_JOBS = ["jobs", "view"];
const OF_RESULTS = ["results", "part", "comparison"];

/** What a call throws or rejects with. */
async function reasonOf(call) {
  try {
    await call();
  } catch (reason) {
    return reason;
  }
  return undefined;
}

function assertStopped(reason, what) {
  assert.ok(reason instanceof EngineError, `${what}: ${reason?.stack ?? reason}`);
  assert.equal(reason.name, "EngineError");
  assert.match(reason.message, /the engine has stopped: close this, and read its source again/);
}

/** Calls all there is, and checks that the engine says that it has stopped, and that nothing of it runs. */
async function assertAllStopped(all, kinds, { memory, stackPointer }) {
  const bytes = Buffer.from(memory.buffer.slice(0));
  stackPointer.value = 5e5;
  for (const kind of kinds) {
    for (const name of Reflect.ownKeys(CALLS[kind]))
      assertStopped(await reasonOf(() => CALLS[kind][name](all)), `${kind}.${String(name)}`);
  }
  for (const kind of kinds) all[kind].close();
  for (const kind of kinds) all[kind][Symbol.dispose ?? "close"]();
  for (const kind of kinds.filter((each) => each !== "comparison")) {
    for (const name of Reflect.ownKeys(CALLS[kind]).filter((each) => !["part"].includes(each))) {
      const reason = await reasonOf(() => CALLS[kind][name](all));
      assert.match(String(reason), /is closed/, `${kind}.${String(name)} once it is closed`);
    }
  }
  assert.equal(stackPointer.value, 5e5, "no function of the engine ran");
  assert.ok(bytes.equals(Buffer.from(memory.buffer)), "its memory is as it was");
}

test("every public member is in the matrix", async () => {
  const all = await everything();
  for (const [kind, notAsked] of Object.entries(NOT_ASKED)) {
    const names = new Set();
    for (let at = Object.getPrototypeOf(all[kind]); at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const name of Reflect.ownKeys(at)) names.add(name);
    }
    const isOurs = (name) => name !== Symbol.dispose && !/in the engine|rows as JSON/.test(String(name));
    const missing = [...names].filter((name) => isOurs(name) && !notAsked.includes(name) && !(name in CALLS[kind]));
    assert.deepEqual(missing, [], kind);
  }
});

describe("after a trap, by", () => {
  for (const [what, { trap, cause }] of Object.entries(TRAPS)) {
    test(`${what}, nothing of these Jobs answers any more`, LIMIT, async () => {
      const all = await everything();
      const other = await createJobs();
      await other.import(LISTING);
      const first = await reasonOf(() =>
        trap(all.jobsWasm, () => all.jobs.query("name:job status:succeeded", { sort: "name" })),
      );
      assertStopped(first, "the call that trapped");
      assert.ok(first.cause instanceof cause, `${first.cause?.stack}`);
      const later = await reasonOf(() => all.jobs.size);
      assert.equal(later.cause, first.cause);
      await assertAllStopped(all, OF_JOBS, all.jobsWasm);
      assert.equal(other.query("job").length, JOBS, "another Jobs goes on");
      other.close();
    });

    test(`${what}, nothing of these Results answers any more, and others can be opened`, LIMIT, async () => {
      const all = await everything();
      const first = await reasonOf(() =>
        trap(all.resultsWasm, () => all.results.query("label:violence", { sort: "label" })),
      );
      assertStopped(first, "the call that trapped");
      assert.ok(first.cause instanceof cause, `${first.cause?.stack}`);
      const again = await all.jobs.openResults(RESULTS);
      assert.equal(again.length, 1200);
      assertStopped(await reasonOf(() => again.compare(all.part)), "compared with what has stopped");
      assert.equal(again.query("").length, 1200, "that goes on");
      await assertAllStopped(all, OF_RESULTS, all.resultsWasm);
      assert.equal(all.view.length, JOBS, "its Jobs goes on");
      all.jobs.close();
    });
  }
});

describe("what is under way when the engine traps ends with an EngineError:", () => {
  const stop = (all, wasm) => {
    assertStopped(
      reasonOfSync(() =>
        TRAPS["memory that was written over"].trap(
          all[wasm],
          wasm === "jobsWasm"
            ? () => all.jobs.query("a b", { sort: "name" })
            : () => all.results.query("a b", { sort: "label" }),
        ),
      ),
      "the trap",
    );
  };
  function reasonOfSync(call) {
    try {
      return call();
    } catch (reason) {
      return reason;
    }
  }
  /** A promise, and what keeps it. */
  function gate() {
    let open;
    const passed = new Promise((resolve) => (open = resolve));
    return { passed, open };
  }

  const SERVICE = {
    load: (jobs) => jobs.load(),
    refresh: (jobs) => jobs.refresh(),
    list: (jobs) => jobs.listMediaAnalysisJobs(),
    get: (jobs) => jobs.getMediaAnalysisJob({ JobId: "a" }),
    paginate: (jobs) => jobs.paginateListMediaAnalysisJobs().next(),
    image: (jobs) => jobs.image("s3://bucket/key.png"),
    results: (jobs) => jobs.results("job-1"),
  };
  for (const [name, call] of Object.entries(SERVICE)) {
    for (const outcome of ["an answer", "a lost connection"]) {
      test(`${name}, before ${outcome}`, LIMIT, async () => {
        const { passed, open } = gate();
        const asked = gate();
        const all = await everything({
          fetch: async () => {
            asked.open();
            await passed;
            if (outcome === "an answer") return page("t");
            throw new TypeError("fetch failed");
          },
        });
        const reason = reasonOf(() => call(all.jobs));
        await asked.passed;
        stop(all, "jobsWasm");
        open();
        assertStopped(await reason, name);
        all.jobs.close();
      });
    }
  }

  test("a walk through pages, an iteration, a stream, an import", LIMIT, async () => {
    const all = await everything({ fetch: async () => page(`t${Math.random()}`) });
    const pages = all.jobs.paginateListMediaAnalysisJobs();
    await pages.next();
    const rows = all.view[Symbol.iterator]();
    rows.next();
    const stream = all.view.exportStream("ndjson").getReader();
    await stream.read();
    const { passed, open } = gate();
    const started = gate();
    const importing = reasonOf(() =>
      all.jobs.import(
        (async function* () {
          yield LISTING;
          started.open();
          await passed;
          yield LISTING;
        })(),
      ),
    );
    await started.passed;
    stop(all, "jobsWasm");
    open();
    assertStopped(await importing, "import");
    assertStopped(await reasonOf(() => pages.next()), "paginate");
    assertStopped(await reasonOf(() => [...rows]), "iteration");
    // What was made before the trap may still come.
    assertStopped(
      await reasonOf(async () => {
        while (!(await stream.read()).done);
      }),
      "stream",
    );
    all.jobs.close();
  });

  test("a reading of results, an iteration over them, a stream", LIMIT, async () => {
    const all = await everything();
    const rows = all.results[Symbol.iterator]();
    rows.next();
    const long = await all.jobs.openResults(resultsFile(results70(6000, 3))); // of several parts
    const stream = long.exportStream("ndjson").getReader();
    await stream.read();
    const { passed, open } = gate();
    const started = gate();
    const opening = reasonOf(() =>
      all.jobs.openResults(
        (async function* () {
          yield RESULTS;
          started.open();
          await passed;
          yield RESULTS;
        })(),
      ),
    );
    await started.passed;
    stop(all, "resultsWasm");
    open();
    assertStopped(await opening, "openResults");
    assertStopped(await reasonOf(() => [...rows]), "iteration");
    assertStopped(
      await reasonOf(async () => {
        while (!(await stream.read()).done);
      }),
      "stream",
    );
    all.jobs.close();
  });
});

test("an engine that traps while it starts is an EngineError", LIMIT, async () => {
  for (const [name, make] of Object.entries({
    rekognition_jobs: (wasm) => createJobs({ wasm }),
    rekognition_results: (wasm) => openResults(RESULTS, { wasm }),
  })) {
    const watch = await watchModule(name);
    watch.onImport = () => {
      throw new WebAssembly.RuntimeError("unreachable");
    };
    assertStopped(await reasonOf(() => make(watch.module)), name);
  }
});

test("a trap while it is closed is none to whoever closes", LIMIT, async () => {
  const all = await everything();
  new Uint8Array(all.jobsWasm.memory.buffer).fill(0xff);
  new Uint8Array(all.resultsWasm.memory.buffer).fill(0xff);
  for (const each of [all.view, all.comparison, all.part, all.results, all.jobs]) each.close();
  assert.match(String(await reasonOf(() => all.jobs.size)), /this Jobs is closed/);
});

test("an identity pool's engine that trapped says so", LIMIT, async () => {
  const watch = await watchModule("rekognition_jobs");
  const fetch = async () => new Response("{}");
  const pool = fromCognitoIdentityPool({ identityPoolId: "us-east-1:0", fetch, wasm: watch.module, maxAttempts: 1 });
  await reasonOf(pool);
  new Uint8Array(watch.memory.buffer).fill(0xff);
  assertStopped(await reasonOf(pool), "the trap");
  assertStopped(await reasonOf(pool), "after it");
});

test("what is forgotten of an engine that trapped is let go of in silence", LIMIT, async () => {
  const all = await everything();
  for (let i = 0; i < 100; i++) all.jobs.query(`job-${i}`);
  assertStopped(
    await reasonOf(() =>
      TRAPS["an exception of JavaScript through its frames"].trap(all.jobsWasm, () =>
        all.jobs.query("a", { sort: "name" }),
      ),
    ),
    "the trap",
  );
  let forgotten = 0;
  const registry = new FinalizationRegistry(() => forgotten++);
  registry.register(all.view);
  all.view = undefined;
  for (let i = 0; i < 50 && forgotten === 0; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.equal(forgotten, 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(escaped, []);
  all.jobs.close();
});

test("a stack that is full either costs nothing, or stops the engine: it never answers wrongly", LIMIT, async () => {
  for (const call of [
    ({ jobs }) => jobs.query("status:succeeded job", { sort: "name" }).length,
    ({ jobs }) => jobs.get("job-7").JobId,
    ({ jobs }) => jobs.tokens("a b").length,
    ({ jobs }) => jobs.size,
  ]) {
    const all = await everything();
    const right = call(all);
    let stopped = 0;
    const dive = () => {
      try {
        dive();
      } catch {
        // Here, and on the way up, there is hardly any stack left.
      }
      let answer = right;
      try {
        answer = call(all);
      } catch (reason) {
        if (reason instanceof EngineError) stopped++;
      }
      assert.equal(answer, right);
      if (stopped)
        assert.equal(
          reasonNow(() => call(all)),
          "EngineError",
        );
    };
    const reasonNow = (ask) => {
      try {
        return ask();
      } catch (reason) {
        return reason instanceof RangeError ? "EngineError" : reason.name;
      }
    };
    await reasonOf(dive);
    const last = await reasonOf(() => call(all));
    if (stopped) assertStopped(last, `${call}`);
    else assert.equal(last, undefined);
    all.jobs.close();
  }
});
