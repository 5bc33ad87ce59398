// A worker that does not start, or that ends: every call that waits and that comes rejects soon, with an EngineError.

import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { Worker } from "node:worker_threads";
import { createJobsInWorker, EngineError, OutOfMemoryError } from "rekognition-jobs";
import { failOnUnhandledRejections } from "../unhandled_rejections.js";
import { wireJob } from "../jobs_of.js";
import { results70, resultsFile } from "../results/results_of.js";
import { closing, inWorker, LIMIT, reasonOf, SCRIPT, until } from "./worker_jobs.js";

failOnUnhandledRejections();

const hanging = () => ({
  [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}), return: async () => ({}) }),
});
const listing = JSON.stringify(Array.from({ length: 2000 }, (_, i) => wireJob(`job-${i}`)));
const file = resultsFile(results70(500, 1));

/** A worker that runs this before the package's script. */
const prepared = (code, options = {}) =>
  new Worker(
    new URL(`data:text/javascript,${encodeURIComponent(`${code};\nawait import(${JSON.stringify(SCRIPT.href)});`)}`),
    options,
  );

/** Lets a test act in the worker, apart from what the package listens to. */
const acting = (act) => `
import { workerData } from "node:worker_threads";
let memory;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...given) => {
  const made = await instantiate(...given);
  memory ??= Object.values(made.exports).find((each) => each instanceof WebAssembly.Memory);
  return made;
};
workerData.port.on("message", () => { ${act} });
workerData.port.unref();
`;

function actingWorker(act, options) {
  const { port1, port2 } = new MessageChannel();
  const open = () => prepared(acting(act), { workerData: { port: port2 }, transferList: [port2], ...options });
  return { open, act: () => port1.postMessage("now"), end: () => port1.close() };
}

/** All that can be asked of what a Jobs has given. */
const CALLS = {
  size: ({ jobs }) => jobs.size,
  loaded: ({ jobs }) => jobs.loaded,
  get: ({ jobs }) => jobs.get("a"),
  query: ({ jobs }) => jobs.query(),
  tokens: ({ jobs }) => jobs.tokens("a"),
  import: ({ jobs }) => jobs.import("[]"),
  openResults: ({ jobs }) => jobs.openResults("{}"),
  load: ({ jobs }) => jobs.load(),
  paginate: ({ jobs }) => jobs.paginateListMediaAnalysisJobs().next(),
  image: ({ jobs }) => jobs.image("s3://a/b"),
  snapshot: ({ jobs }) => new Response(jobs.snapshot()).text(),
  rows: ({ view }) => view.rows(0, 1),
  facets: ({ view }) => view.facets("status"),
  export: ({ view }) => view.export("csv"),
  exportStream: ({ view }) => new Response(view.exportStream("csv")).text(),
  iteration: async ({ view }) => {
    for await (const _ of view);
  },
  labels: ({ results }) => results.labels(),
  compare: ({ results }) => results.compare(results),
  comparison: ({ comparison }) => comparison.rows(0, 1),
};

async function everything(open) {
  const jobs = closing(
    await createJobsInWorker({ worker: open, region: "us-east-1", fetch: () => new Promise(() => {}) }),
  );
  await jobs.import(listing);
  const results = await jobs.openResults(file);
  return { jobs, view: await jobs.query("job-1"), results, comparison: await results.compare(results) };
}

describe("when it ends, calls that wait and that come say so", () => {
  const ENDS = {
    "terminate() from outside": { act: "", end: ({ worker }) => worker.terminate() },
    "process.exit()": { act: "process.exit(0)" },
    "an exception": { act: 'throw new TypeError("out of the blue")', cause: /out of the blue/ },
    "an unhandled rejection": { act: 'Promise.reject(new Error("unheard"))', cause: /unheard/ },
    "a full heap": {
      act: "const all = []; for (;;) all.push(new Array(1e6).fill(all.length))",
      options: { resourceLimits: { maxOldGenerationSizeMb: 60 } },
      cause: /memory/,
    },
  };
  for (const [name, { act, end, options, cause }] of Object.entries(ENDS)) {
    test(name, LIMIT, async () => {
      const acting = actingWorker(act, options);
      let worker;
      const all = await everything(() => (worker = acting.open()));
      let isGivenUp = false;
      const source = {
        [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}), return: async () => (isGivenUp = true) }),
      };
      const waiting = [all.jobs.import(source), all.jobs.load(), all.jobs.openResults(hanging())];
      for (const call of waiting) call.catch(() => {});
      await all.jobs.size;
      (end ?? acting.act)({ worker });
      for (const call of waiting) {
        const reason = await reasonOf(call, 20_000);
        assert.ok(reason instanceof EngineError, reason.stack);
        assert.match(reason.message, /close this, and read its source again/);
        if (cause) assert.match(String(reason.cause), cause);
      }
      for (const [what, call] of Object.entries(CALLS)) {
        const reason = await reasonOf((async () => call(all))(), 1000);
        assert.ok(reason instanceof EngineError, `${what}: ${reason.stack}`);
      }
      await until(() => isGivenUp, "the source is given up");
      for (const each of Object.values(all)) each.close();
      assert.match(String(await reasonOf(all.jobs.size)), /this Jobs is closed/);
      acting.end();
    });
  }
});

describe("a worker that cannot be started is an EngineError", () => {
  const nothing = "data:text/javascript,setInterval(() => {}, 1e6)";
  const WORKERS = {
    "whose script is missing": [() => new Worker(new URL("none.js", SCRIPT)), /could not be started: .*none\.js/],
    "whose script throws": [() => new Worker("throw new Error('no')", { eval: true }), /could not be started: no/],
    "that ends at once": [() => new Worker("", { eval: true }), /could not be started/],
    "of a script that says something else": [
      () => new Worker("require('worker_threads').parentPort.postMessage({ answer: 1 })", { eval: true }),
      /another script than rekognition-jobs\/jobs_worker\.js/,
    ],
    "that throws": [
      () => {
        throw new TypeError("no worker here");
      },
      /could not be started: no worker here/,
    ],
    "that rejects": [() => Promise.reject(new Error("later no")), /could not be started: later no/],
  };
  for (const [name, [worker, message]] of Object.entries(WORKERS)) {
    test(name, LIMIT, async () => {
      const reason = await reasonOf(createJobsInWorker({ worker }), 20_000);
      assert.ok(reason instanceof EngineError, reason.stack);
      assert.match(reason.message, message);
    });
  }

  test("of a script that says nothing, after a minute", LIMIT, async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const creating = createJobsInWorker({ worker: () => new Worker(new URL(nothing)) });
      creating.catch(() => {});
      for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
      mock.timers.tick(60_001);
      const reason = await creating.catch((why) => why);
      assert.ok(reason instanceof EngineError, reason.stack);
      assert.match(reason.message, /did not answer within 60000 ms/);
    } finally {
      mock.timers.reset();
    }
  });

  test("what is no worker, or one in use, is a TypeError", LIMIT, async () => {
    for (const worker of [5, "a", {}, () => undefined, () => "a", () => ({ postMessage() {} })]) {
      assert.ok((await reasonOf(createJobsInWorker({ worker }))) instanceof TypeError, String(worker));
    }
    const thread = new Worker(SCRIPT);
    const jobs = await inWorker({ worker: () => thread });
    assert.ok((await reasonOf(createJobsInWorker({ worker: () => thread }))) instanceof TypeError);
    assert.equal(await jobs.size, 0, "the first one is as it was");
  });
});

test(
  "a trap of the engine is its EngineError, with its cause, for all later calls too; another Jobs is untouched",
  LIMIT,
  async () => {
    const acting = actingWorker("new Uint8Array(memory.buffer).fill(0xff)");
    const all = await everything(acting.open);
    const other = await inWorker();
    acting.act();
    let first;
    await until(
      async () =>
        (first = await all.jobs.query("name:job", { sort: "name" }).then(
          () => undefined,
          (why) => why,
        )),
    );
    assert.ok(first instanceof EngineError, first.stack);
    assert.ok(first.cause instanceof WebAssembly.RuntimeError, String(first.cause));
    const ofJobs = Object.entries(CALLS).filter(
      ([name]) => !["labels", "compare", "comparison", "iteration"].includes(name),
    );
    for (const [name, call] of ofJobs) {
      const reason = await reasonOf((async () => call(all))());
      assert.ok(reason instanceof EngineError, `${name}: ${reason.stack}`);
    }
    all.jobs.close();
    acting.end();
    assert.equal((await other.import(listing)).added, 2000);
  },
);

test("a full memory of the engine is its OutOfMemoryError, and the next call is answered", {
  timeout: 180_000,
}, async () => {
  const code = `
    const { grow } = WebAssembly.Memory.prototype;
    WebAssembly.Memory.prototype.grow = function (pages) {
      if ((this.buffer.byteLength >> 16) + pages > 400) throw new RangeError("no more memory");
      return grow.call(this, pages);
    };`;
  const jobs = await inWorker({ worker: () => prepared(code) });
  let sent = 0;
  async function* many() {
    for (let i = 0; i < 400; i++) {
      yield Array.from({ length: 1000 }, () =>
        JSON.stringify(wireJob(`job-${sent++}`, { JobName: `${sent}`.repeat(40) })),
      ).join(" ");
    }
  }
  const reason = await reasonOf(jobs.import(many()), 100_000);
  assert.ok(reason instanceof OutOfMemoryError, reason.stack);
  assert.ok(reason instanceof RangeError);
  assert.ok((await jobs.size) > 1000, "the jobs before it stay");
  await jobs.clear();
  assert.equal(await jobs.size, 0);
});
