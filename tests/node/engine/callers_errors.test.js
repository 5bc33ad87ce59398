// Whatever a caller's code throws or gives, in every public call: no exception of JavaScript passes through WebAssembly,
// no caller's code runs within it, and the engine's stack pointer, memory and answers are as they were.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs, fromCognitoIdentityPool, openResults } from "rekognition-jobs";
import { wireJob } from "../jobs_of.js";
import { results70, resultsFile } from "../results/results_of.js";
import { watchModule } from "./wasm_watch.js";
import {
  BOOM,
  LISTING,
  RESULTS,
  SUMMARY,
  jobsWasm,
  poolWasm,
  resultsWasm,
  watches,
  runs,
  enter,
  raise,
  hostile,
  withThrowing,
  detached,
  changing,
  ODD_VALUES,
  oddSignals,
  bodyOf,
  FETCHES,
  SOURCES,
  CREDENTIALS,
  SERVICE_CALLS,
  VALUE_CALLS,
  WITHOUT_ARGUMENTS,
} from "./hostile_callers.js";
import { failOnUnhandledRejections } from "../unhandled_rejections.js";

const LIMIT = { timeout: 60_000 };

Error.stackTraceLimit = 200;

failOnUnhandledRejections();

/** The names of what an object's class and those above it have. */
function namesOf(object) {
  const names = new Set();
  for (let at = Object.getPrototypeOf(object); at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  return [...names].filter((name) => !WITHOUT_ARGUMENTS.includes(name)).sort();
}

/** Does it, and drops whatever comes of it. */
async function attempt(what) {
  try {
    const given = await what();
    if (typeof given?.close === "function" && given !== hostile) given.close();
  } catch {
    // That it throws is not the question here.
  }
}

/** Does it, and checks that the engines are as before. */
async function leavesNoTrace(name, what) {
  await attempt(what);
  for (const watch of watches.filter(({ stackPointer }) => stackPointer)) {
    assert.equal(watch.stackPointer.value, watch.highest, `the stack pointer after ${name}`);
  }
  assert.deepEqual(runs.within.splice(0), [], `a caller's code ran within WebAssembly: ${name}`);
}

let asked = raise;
let credentials = async () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" });
const jobs = await createJobs({
  region: "us-east-1",
  maxAttempts: 1,
  wasm: jobsWasm.module,
  resultsWasm: resultsWasm.module,
  fetch: (...given) => asked(...given),
  credentials: () => credentials(),
});
await jobs.import(LISTING);
const results = await jobs.openResults(RESULTS, { summary: SUMMARY });
const view = jobs.query("");
const older = await jobs.openResults(resultsFile(results70(40, 2)));
const comparison = results.compare(older);

const answers = () => ({
  size: jobs.size,
  fields: jobs.fields,
  tokens: jobs.tokens('status:failed -name:"x y"'),
  found: [...jobs.query("name:of-b")],
  facets: jobs.query("").facets("status"),
  view: [...view],
  images: [...results].length,
  labels: results.labels(),
  differing: comparison.rows(0, 50),
  resultFields: results.fields,
});
const asBefore = answers();
const restored = async () => {
  jobs.clear();
  await jobs.import(LISTING);
  assert.deepEqual(answers(), asBefore);
};

test("every public method is in the matrix", () => {
  const objects = { jobs, view, results, comparison };
  const covered = (kind) =>
    [...new Set([...Object.keys(VALUE_CALLS[kind]), ...(kind === "jobs" ? Object.keys(SERVICE_CALLS) : [])])].sort();
  for (const [kind, object] of Object.entries(objects)) assert.deepEqual(covered(kind), namesOf(object), kind);
  assert.deepEqual(
    namesOf(results.query("")).filter((name) => !covered("results").includes(name)),
    [],
    "ResultView",
  );
});

test("this test sees an exception that crosses a frame", LIMIT, async () => {
  const watch = await watchModule("rekognition_jobs");
  const other = await createJobs({ wasm: watch.module });
  watch.onImport = raise;
  assert.throws(() => other.tokens("a"));
  assert.throws(() => other.query("status:"));
  assert.ok(watch.isWithinCall, "its frame is left on the stack");
  assert.notEqual(runs.within.splice(0).length, 0, "it ran within WebAssembly");
  other.close();
});

describe("a fetch that", () => {
  for (const [what, fetch] of Object.entries(FETCHES)) {
    test(what, LIMIT, async () => {
      asked = fetch;
      for (const [name, call] of Object.entries(SERVICE_CALLS)) await leavesNoTrace(name, () => call(jobs));
      const pool = fromCognitoIdentityPool({
        identityPoolId: "us-east-1:0",
        fetch,
        maxAttempts: 1,
        wasm: poolWasm.module,
      });
      await leavesNoTrace("a pool's credentials", pool);
      await restored();
    });
  }
});

test("credentials that are odd", LIMIT, async () => {
  asked = async () => new Response(LISTING);
  const good = credentials;
  for (const [what, odd] of Object.entries(CREDENTIALS)) {
    credentials = odd;
    for (const [name, call] of Object.entries(SERVICE_CALLS)) await leavesNoTrace(`${name}: ${what}`, () => call(jobs));
    for (const given of [odd, { accessKeyId: "A", secretAccessKey: "s", expiration: changing("tomorrow") }]) {
      await leavesNoTrace(`createJobs: ${what}`, async () => {
        const others = await createJobs({
          region: "us-east-1",
          credentials: given,
          fetch: asked,
          maxAttempts: 1,
          wasm: poolWasm.module,
        });
        await others.load();
      });
    }
  }
  credentials = good;
  await restored();
});

describe("a source", () => {
  for (const [what, make] of Object.entries(SOURCES)) {
    test(what, LIMIT, async () => {
      const quiet = (source) => (source instanceof Promise ? source.catch(() => {}) : source);
      await leavesNoTrace("import", () => jobs.import(quiet(make())));
      await leavesNoTrace("open", () => jobs.open(quiet(make())));
      await leavesNoTrace("openResults of Jobs", () => jobs.openResults(make()));
      await leavesNoTrace("a summary", () => jobs.openResults(RESULTS, { summary: make() }));
      await leavesNoTrace("openResults", () => openResults(make(), { wasm: resultsWasm.module }));
      await restored();
    });
  }
});

describe("an argument or option that is", () => {
  for (const [what, odd] of Object.entries(ODD_VALUES)) {
    test(what, LIMIT, async () => {
      asked = async () => new Response(LISTING);
      const objects = { jobs, view, results, comparison };
      for (const [kind, calls] of Object.entries(VALUE_CALLS)) {
        for (const [name, ways] of Object.entries(calls)) {
          for (const way of ways) await leavesNoTrace(`${name} of ${kind}`, () => way(objects[kind], odd));
        }
      }
      await leavesNoTrace("createJobs", () => createJobs(odd));
      for (const option of [
        "region",
        "endpoint",
        "credentials",
        "fetch",
        "maxAttempts",
        "requestTimeout",
        "credentialsTimeout",
        "maxRetryAfter",
        "resultsWasm",
        "s3Endpoint",
      ]) {
        await leavesNoTrace(`createJobs, ${option}`, () => createJobs({ wasm: poolWasm.module, [option]: odd }));
        await leavesNoTrace(`createJobs, a getter of ${option}`, () =>
          createJobs(withThrowing({ wasm: poolWasm.module }, option)),
        );
      }
      for (const option of ["identityPoolId", "region", "logins"]) {
        await leavesNoTrace(`a pool, ${option}`, () =>
          fromCognitoIdentityPool({
            identityPoolId: "us-east-1:0",
            fetch: asked,
            wasm: poolWasm.module,
            maxAttempts: 1,
            [option]: odd,
          })(),
        );
      }
      await restored();
    });
  }
});

test(
  "a getter of an option that throws ends the call with its exception, and leaves nothing in the engine",
  LIMIT,
  async () => {
    asked = async () => new Response(LISTING);
    const calls = [
      ...["signal", "onProgress", "NextToken"].map((option) => () => jobs.load(withThrowing({}, option))),
      ...["signal", "onProgress"].map((option) => () => jobs.refresh(withThrowing({}, option))),
      ...["signal", "onProgress"].map((option) => () => jobs.import("[]", withThrowing({}, option))),
      ...["signal", "onProgress", "summary"].map((option) => () => jobs.openResults(RESULTS, withThrowing({}, option))),
      ...["signal", "onProgress"].map((option) => () => jobs.results("a", withThrowing({}, option))),
      () => jobs.image("s3://bucket/key", withThrowing({}, "signal")),
      () => jobs.listMediaAnalysisJobs(withThrowing({}, "MaxResults")),
      () => jobs.listMediaAnalysisJobs(withThrowing({}, "NextToken")),
      () => jobs.listMediaAnalysisJobs({}, withThrowing({}, "signal")),
      () => jobs.getMediaAnalysisJob(withThrowing({}, "JobId")),
      () => jobs.getMediaAnalysisJob({ JobId: "a" }, withThrowing({}, "signal")),
      () => jobs.paginateListMediaAnalysisJobs({}, withThrowing({}, "signal")).next(),
      async () => jobs.query("", withThrowing({}, "sort")),
      async () => results.query("", withThrowing({}, "sort")),
      async () => results.histogram("confidence", 3, withThrowing({}, "label")),
      async () => results.labels(withThrowing({}, "threshold")),
      async () => results.compare(results, withThrowing({}, "threshold")),
      async () => jobs.get({ toString: raise }),
      async () => jobs.query("", { sort: { toString: raise } }),
      async () => view.indexOf({ toString: raise }),
      async () => view.facets({ toString: raise }),
      async () => view.histogram({ toString: raise }, 3),
      async () => results.facets({ toString: raise }),
      async () => results.histogram("confidence", 3, { label: { toString: raise } }),
    ];
    for (const call of calls) {
      await leavesNoTrace(`${call}`, () => assert.rejects(call(), (reason) => reason === BOOM, `${call}`));
      await assert.rejects(call(), (reason) => reason === BOOM, `${call}`);
    }
    await leavesNothing(10, async () => {
      for (const call of calls) await attempt(call);
    });
    const { null: none, ...signals } = oddSignals();
    await leavesNothing(6000, async () => {
      await attempt(() => jobs.load(withThrowing({}, "signal")));
      await attempt(() => jobs.refresh(withThrowing({}, "signal")));
      await attempt(() => jobs.getMediaAnalysisJob({ JobId: "a" }, withThrowing({}, "signal")));
      await attempt(() => jobs.import("[]", { signal: signals["no listener taken"] }));
      await attempt(() => jobs.load({ signal: signals["no listener taken"] }));
      await attempt(() => jobs.load({ signal: signals["no listener given back"] }));
    });
  },
);

test("text that changes between two looks is looked at once", () => {
  assert.deepEqual(view.facets(changing("status", "nonsense")), view.facets("status"));
  assert.deepEqual(view.histogram(changing("created", "nonsense"), 2), view.histogram("created", 2));
  assert.throws(() => view.histogram(changing("nonsense", "created"), 2), /not of "nonsense"/);
  assert.deepEqual(results.facets(changing("label", "nonsense")), results.facets("label"));
  assert.throws(() => results.facets(changing("nonsense", "label")), /not of "nonsense"/);
});

describe("a signal that is odd", () => {
  for (const what of Object.keys(oddSignals())) {
    test(what, LIMIT, async () => {
      asked = async () => new Response(LISTING);
      const calls = {
        ...SERVICE_CALLS,
        import: (jobs, options) => jobs.import(LISTING, options),
        "openResults of Jobs": (jobs, options) => jobs.openResults(RESULTS, options),
        openResults: (_, options) => openResults(RESULTS, { ...options, wasm: resultsWasm.module }),
      };
      for (const [name, call] of Object.entries(calls)) {
        await leavesNoTrace(name, () => call(jobs, { signal: oddSignals()[what] }));
      }
      await restored();
    });
  }

  test("null is none", LIMIT, async () => {
    asked = async () => new Response(LISTING);
    const signal = null;
    assert.equal((await jobs.load({ signal })).complete, true);
    assert.equal((await jobs.import(LISTING, { signal })).unchanged, 3);
    assert.equal((await jobs.listMediaAnalysisJobs({}, { signal })).MediaAnalysisJobs.length, 3);
    assert.equal((await jobs.openResults(RESULTS, { signal })).length, results.length);
    assert.equal((await openResults(RESULTS, { signal })).length, results.length);
  });
});

/** A service that asks for a pause first, and then has one page after the other. */
function slowService() {
  let requests = 0;
  return async () => {
    requests++;
    if (requests % 2 === 1) return new Response("{}", { status: 500, headers: { "x-amz-retry-after": "0" } });
    return new Response(
      JSON.stringify({ MediaAnalysisJobs: [wireJob(`page-${requests}`)], NextToken: `t${requests}` }),
    );
  };
}

async function waiting() {
  asked = slowService();
  return createJobs({ region: "us-east-1", wasm: poolWasm.module, fetch: asked });
}

/** What tells of progress, and throws when it is told for the nth time. */
function throwingAt(turn) {
  let told = 0;
  const onProgress = (progress) => {
    enter();
    if (++told === turn) throw BOOM;
    onProgress.waits ||= progress.waitingMs !== undefined;
  };
  return onProgress;
}

test("an onProgress that throws ends its call with that very exception, whenever it is told", LIMIT, async () => {
  async function* pages() {
    for (let page = 0; page < 6; page++) yield `${LISTING}\n`;
  }
  for (let turn = 1; turn <= 4; turn++) {
    const others = await waiting();
    const calls = {
      load: () => others.load({ onProgress: throwingAt(turn) }),
      refresh: () => others.refresh({ onProgress: throwingAt(turn) }),
      import: () => jobs.import(pages(), { onProgress: throwingAt(turn) }),
      openResults: () =>
        jobs.openResults(
          (async function* () {
            for (let i = 0; i < 6; i++) yield RESULTS;
          })(),
          { onProgress: throwingAt(turn) },
        ),
    };
    for (const [name, call] of Object.entries(calls)) {
      await leavesNoTrace(name, () => assert.rejects(call(), (reason) => reason === BOOM, `${name}, ${turn}`));
    }
    others.close();
  }
  await restored();
});

test("what a caller's code calls in its turn does not run within another call", LIMIT, async () => {
  const inner = (jobs, clears = true) => {
    enter();
    assert.equal(typeof jobs.size, "number");
    jobs.query("status:succeeded", { sort: "id" }).close();
    jobs.tokens("a b");
    if (clears) jobs.clear();
  };
  const others = await waiting();
  let told = 0;
  const stop = new AbortController();
  const onProgress = () => {
    inner(others);
    if (++told > 6) stop.abort();
  };
  await assert.rejects(others.load({ signal: stop.signal, onProgress }), { name: "AbortError" });
  assert.ok(told > 6);
  assert.deepEqual(runs.within.splice(0), []);
  let isFirst = true; // clear() makes a load begin anew
  const fetch = async () => {
    inner(third, isFirst);
    isFirst = false;
    return new Response(LISTING);
  };
  const third = await createJobs({ region: "us-east-1", fetch });
  assert.equal((await third.load()).added, 3);
  third.close();

  await assert.rejects(others.load({ onProgress: () => others.close() }), /this Jobs is closed/);
  assert.deepEqual(runs.within.splice(0), []);
});

/** Does it so often, and checks that neither the stack pointer nor the memory's size has moved since the first times. */
async function leavesNothing(times, what) {
  for (let time = 0; time < 20; time++) await what();
  const sizes = watches.map(({ memory }) => memory?.buffer.byteLength);
  for (let time = 0; time < times; time++) await what();
  assert.deepEqual(
    watches.map(({ memory }) => memory?.buffer.byteLength),
    sizes,
    "the memory grew",
  );
  assert.deepEqual(
    watches.map(({ stackPointer }) => stackPointer?.value),
    watches.map(({ stackPointer, highest }) => stackPointer && highest),
  );
  await restored();
}

test("thousands of exceptions leave fields, tokens and answers right", LIMIT, async () => {
  const others = await waiting();
  const loadedFrom = (fetch) => {
    asked = fetch;
    return jobs.load();
  };
  const ways = {
    "an onProgress that throws while the engine waits": () =>
      others.load({ onProgress: ({ waitingMs }) => waitingMs !== undefined && raise() }),
    "a Response whose getters throw": () => loadedFrom(FETCHES["gives a Response whose status throws"]),
    "a Response whose headers throw": () => loadedFrom(FETCHES["gives a Response whose headers.get throws"]),
    "a detached buffer": () => loadedFrom(bodyOf(() => detached())),
  };
  for (const [name, way] of Object.entries(ways)) {
    await leavesNothing(2000, () => leavesNoTrace(name, way));
    assert.deepEqual(others.fields, asBefore.fields);
  }
  others.close();
});
