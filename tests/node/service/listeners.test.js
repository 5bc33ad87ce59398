// AbortSignals: however many calls run side by side, Node has nothing to warn of, and no call leaves a listener behind.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { after, before, describe, test } from "node:test";
import { createJobs, openResults, sourceKind } from "rekognition-jobs";
import { pictureOf } from "../../../emulator/account/pictures.js";
import { EXAMPLE } from "../../../emulator/protocol/sessions.js";
import { LIMIT } from "../emulator/calls.js";
import { wireJob } from "../jobs_of.js";

const CALLS_AT_ONCE = 200;
const JOB = JSON.stringify(wireJob("a1", { Status: "SUCCEEDED" }));
const RESULT = '{"source-ref":"s3://input-bucket/a.png","detect-moderation-labels":{"ModerationLabels":[]}}';

const CALLS = {
  list: (jobs, options) => jobs.listMediaAnalysisJobs({}, options),
  get: (jobs, options) => jobs.getMediaAnalysisJob({ JobId: "a1" }, options),
  paginate: (jobs, options) => jobs.paginateListMediaAnalysisJobs({}, options).next(),
  load: (jobs, options) => jobs.load(options),
  refresh: (jobs, options) => jobs.refresh(options),
  "import of text": (jobs, options) => jobs.import(JOB, options),
  "import of a stream": (jobs, options) => jobs.import(new Blob([JOB]).stream(), options),
  "import of a Response of another library": (jobs, options) => jobs.import(foreign(JOB), options),
  open: (jobs, options) => jobs.open(JOB, options),
  sourceKind: (_, options) => sourceKind(JOB, options),
  openResults: (jobs, options) => jobs.openResults(RESULT, options).then((results) => results.close()),
  results: (jobs, options) => jobs.results("a1", options).then((results) => results.close()),
  image: (jobs, options) => jobs.image("s3://input-bucket/a.png", options),
};

/** A Response whose body is no platform's. */
function foreign(text) {
  const [headers, body] = [new Map(), [new TextEncoder().encode(text)]];
  return {
    status: 200,
    headers,
    body: {
      [Symbol.asyncIterator]: async function* () {
        yield* body;
      },
    },
  };
}

/** An answer for whatever is asked for, a turn of the event loop later. */
async function answer(url, { headers, body }) {
  await new Promise((resolve) => setImmediate(resolve));
  const target = new Headers(headers).get("x-amz-target");
  if (target?.endsWith("ListMediaAnalysisJobs")) {
    const NextToken = JSON.parse(body).NextToken ? undefined : "t";
    return new Response(JSON.stringify({ MediaAnalysisJobs: [JSON.parse(JOB)], NextToken }));
  }
  if (target) return new Response(JOB);
  if (String(url).endsWith(".png")) return new Response(pictureOf("any"));
  return new Response(String(url).includes("summary") ? '{"version":"1","statistics":{},"errors":[]}' : RESULT);
}

/** A Jobs and the signals that it makes for its whole life. */
async function watchedJobs(options) {
  const own = [];
  const { AbortController: Known } = globalThis;
  globalThis.AbortController = class extends Known {
    constructor() {
      super();
      own.push(this.signal);
    }
  };
  try {
    return {
      jobs: await createJobs({ region: "us-east-1", credentials: EXAMPLE, fetch: answer, maxAttempts: 1, ...options }),
      own,
    };
  } finally {
    globalThis.AbortController = Known;
  }
}

const left = (signals) => signals.map((signal) => getEventListeners(signal, "abort").length);

const warnings = [];
const keep = (warning) => warnings.push(warning);
before(() => process.on("warning", keep));
after(() => process.off("warning", keep));

describe(`${CALLS_AT_ONCE} calls side by side, under one signal`, () => {
  for (const [name, call] of Object.entries(CALLS)) {
    test(`${name}: no warning, and no listener is left`, LIMIT, async () => {
      const { jobs, own } = await watchedJobs();
      assert.ok(own.length > 0);
      try {
        await jobs.import(JOB);
        const { signal } = new AbortController();
        let most = 0;
        const promises = Array.from({ length: CALLS_AT_ONCE }, () => call(jobs, { signal }));
        most = Math.max(...left([signal, ...own]));
        await Promise.all(promises);
        assert.equal(most, 1);
        assert.deepEqual(left([signal, ...own]), [0, ...own.map(() => 0)]);
      } finally {
        jobs.close();
      }
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(warnings, []);
    });
  }
});

describe("each call takes its listeners away", () => {
  const failing = async () => new Response('{"__type":"AccessDeniedException"}', { status: 400 });
  const hanging = (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

  for (const [name, call] of Object.entries(CALLS)) {
    if (/openResults|import|open|sourceKind/.test(name)) continue;
    for (const [how, fetch] of Object.entries({
      "that fails": failing,
      "that is aborted": hanging,
      "whose jobs are closed": hanging,
      "whose provider of credentials is asked when it is aborted": hanging,
    })) {
      test(`${name} ${how}`, LIMIT, async () => {
        const credentials = how.includes("provider") ? () => new Promise(() => {}) : EXAMPLE;
        const { jobs, own } = await watchedJobs({ fetch, credentials });
        await jobs.import(JOB);
        const controller = new AbortController();
        const promises = Array.from({ length: 20 }, () => call(jobs, { signal: controller.signal }));
        promises.forEach((promise) => promise.catch(() => {}));
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (how.endsWith("aborted")) controller.abort(new Error("enough"));
        if (how === "whose jobs are closed") jobs.close();
        for (const { status } of await Promise.allSettled(promises)) assert.equal(status, "rejected");
        assert.deepEqual(left([controller.signal, ...own]), [0, ...own.map(() => 0)]);
        jobs.close();
      });
    }
  }
});

const openOne = (options) => openResults(new Blob([RESULT]).stream(), options).then((results) => results.close());

test("openResults of the module, twelve at once", LIMIT, async () => {
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 12 }, () => openOne({ signal })));
  assert.deepEqual([left([signal]), warnings], [[0], []]);
});

test("a signal that is null is none", LIMIT, async () => {
  const { jobs } = await watchedJobs();
  await jobs.import(JOB);
  for (const call of [...Object.values(CALLS), (_, options) => openOne(options)]) await call(jobs, { signal: null });
  jobs.close();
});

const NO_SIGNALS = {
  "an AbortController": new AbortController(),
  "an object": {},
  "a number": 5,
  "a text": "now",
  true: true,
};
for (const [what, signal] of Object.entries(NO_SIGNALS)) {
  test(`${what} as a signal is a TypeError that says so`, LIMIT, async () => {
    const { jobs } = await watchedJobs();
    await jobs.import(JOB);
    for (const [name, call] of Object.entries({ ...CALLS, "the module's openResults": (_, given) => openOne(given) })) {
      const coming = (async () => call(jobs, { signal }))();
      await assert.rejects(coming, { name: "TypeError", message: "signal must be an AbortSignal" }, name);
    }
    jobs.close();
  });
}
