// Calls to the service: requests, errors, retries, time limits, aborts, tokens, load and refresh, and their end.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { createServer } from "node:net";
import { after, afterEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as entry from "rekognition-jobs";
import { createJobs, ServiceError } from "rekognition-jobs";
import { byId, meant, seeded, wireJob } from "./jobs_of.js";
import { answerFrom, exception, fetchFrom, startService } from "./scripted_service.js";

const LIMIT = { timeout: 30_000 };
const EMPTY = { body: { MediaAnalysisJobs: [] } };
const OPERATIONS = {
  listMediaAnalysisJobs: (jobs, options) => jobs.listMediaAnalysisJobs({}, options),
  getMediaAnalysisJob: (jobs, options) => jobs.getMediaAnalysisJob({ JobId: "a" }, options),
  paginateListMediaAnalysisJobs: (jobs, options) => jobs.paginateListMediaAnalysisJobs({}, options).next(),
  load: (jobs, options) => jobs.load(options),
  refresh: (jobs, options) => jobs.refresh(options),
};

const unhandled = [];
const note = (reason) => unhandled.push(reason);
process.on("unhandledRejection", note);
after(() => {
  process.off("unhandledRejection", note);
  assert.deepEqual(unhandled, [], "no rejection goes unhandled");
});

const toClose = [];
afterEach(async () => {
  for (const each of toClose.splice(0)) await each.close();
}, LIMIT);

function closing(it) {
  toClose.push(it);
  return it;
}

/** Jobs that talk to a scripted service over HTTP. */
async function talkingTo(answer, options = {}) {
  const service = closing(await startService(typeof answer === "function" ? answer : () => answer));
  return { service, jobs: closing(await createJobs({ endpoint: service.url, maxAttempts: 1, ...options })) };
}

/** Jobs that talk to a scripted `fetch`. */
async function fetchingFrom(answer, options = {}) {
  const fetch = fetchFrom(typeof answer === "function" ? answer : () => answer);
  return { fetch, jobs: closing(await createJobs({ region: "us-east-1", fetch, ...options })) };
}

/** The reason that a promise rejects with. */
async function reasonOf(promise) {
  const nothing = Symbol("nothing");
  const reason = await promise.then(
    () => nothing,
    (why) => why,
  );
  assert.notEqual(reason, nothing, "it was answered");
  return reason;
}

/** The reason again, once it is checked to be a ServiceError of that name. */
async function failure(promise, name) {
  const error = await reasonOf(promise);
  assert.ok(error instanceof ServiceError, `${error?.stack ?? error}`);
  assert.equal(error.name, name, error.stack);
  assert.ok(error instanceof Error);
  if (Object.hasOwn(entry, name)) assert.ok(error instanceof entry[name], `${name} is its class`);
  assert.equal(typeof error.message, "string");
  return error;
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const tick = () => new Promise((resolve) => setImmediate(resolve));

async function until(condition, what) {
  for (const start = Date.now(); !condition(); await sleep(2)) {
    assert.ok(Date.now() - start < 10_000, `waited in vain: ${what ?? condition}`);
  }
}

async function pagesOf(iterable) {
  const pages = [];
  for await (const page of iterable) pages.push(page);
  return pages;
}

const stored = (jobs) => [...jobs.query("", { sort: "id" })];

/** An account of `count` finished jobs, the newest first. */
const accountOf = (count, prefix = "job") => ({
  jobs: Array.from({ length: count }, (_, i) =>
    wireJob(`${prefix}-${String(count - i).padStart(4, "0")}`, {
      CreationTimestamp: 1_690_000_000 + 10 * (count - i),
      CompletionTimestamp: 1_690_000_000 + 10 * (count - i) + 5,
    }),
  ),
});

/** A list whose pages and their tokens are told one by one: token → [page, next token]. */
const walk =
  (pages) =>
  ({ body }) => {
    const page = pages[body.NextToken ?? ""];
    if (!page) return exception("InvalidPaginationTokenException");
    const [ids, NextToken] = page;
    return { body: { MediaAnalysisJobs: ids.map((id) => wireJob(id)), ...(NextToken !== undefined && { NextToken }) } };
  };

// --- Requests ---

describe("what is sent", () => {
  test("is AWS JSON 1.1, with no more than was asked for", LIMIT, async () => {
    const { service, jobs } = await talkingTo(({ target }) =>
      target === "GetMediaAnalysisJob" ? { body: wireJob("a") } : EMPTY,
    );
    await jobs.listMediaAnalysisJobs();
    await jobs.listMediaAnalysisJobs({ MaxResults: 1, NextToken: 'tök/en+="\\\n' });
    await jobs.listMediaAnalysisJobs({ MaxResults: 100, NextToken: undefined, Other: 1 });
    await jobs.getMediaAnalysisJob({ JobId: "A-b_9".padEnd(64, "x") });
    await pagesOf(jobs.paginateListMediaAnalysisJobs({ MaxResults: 7, NextToken: "t" }));
    await jobs.load();
    await jobs.load({ NextToken: "t" });
    const list = "ListMediaAnalysisJobs";
    assert.deepEqual(
      service.requests.map(({ target, body }) => [target, body]),
      [
        [list, {}],
        [list, { MaxResults: 1, NextToken: 'tök/en+="\\\n' }],
        [list, { MaxResults: 100 }],
        ["GetMediaAnalysisJob", { JobId: "A-b_9".padEnd(64, "x") }],
        [list, { MaxResults: 7, NextToken: "t" }],
        [list, {}],
        [list, { NextToken: "t" }],
      ],
    );
    for (const { method, path, headers } of service.requests) {
      assert.equal(method, "POST");
      assert.equal(path, "/");
      assert.equal(headers["content-type"], "application/x-amz-json-1.1");
      assert.match(headers["x-amz-target"], /^RekognitionService\.(List|Get)MediaAnalysisJobs?$/);
      assert.equal(headers.authorization, undefined, "unsigned without credentials");
    }
  });

  test("goes to the endpoint's path, and to each engine's own", LIMIT, async () => {
    const service = closing(await startService(() => EMPTY));
    for (const endpoint of [`${service.url}some/path?x=1`, new URL(`${service.url}other/`), service.url.slice(0, -1)]) {
      const jobs = closing(await createJobs({ endpoint }));
      await jobs.listMediaAnalysisJobs();
    }
    assert.deepEqual(
      service.requests.map(({ path }) => path),
      ["/some/path?x=1", "/other/", "/"],
    );
  });

  for (const [name, input] of Object.entries({
    "MaxResults 0": { MaxResults: 0 },
    "MaxResults 101": { MaxResults: 101 },
    "MaxResults 1.5": { MaxResults: 1.5 },
    "MaxResults -1": { MaxResults: -1 },
    "MaxResults NaN": { MaxResults: NaN },
    "MaxResults Infinity": { MaxResults: Infinity },
    "MaxResults of text": { MaxResults: "5" },
    "MaxResults of a boolean": { MaxResults: true },
    "a token too long": { NextToken: "x".repeat(1_025) },
    "a token that is a number": { NextToken: 5 },
    "a token that is an object": { NextToken: {} },
  })) {
    test(`${name} is an InvalidParameterException before anything is sent`, LIMIT, async () => {
      const { fetch, jobs } = await fetchingFrom(EMPTY);
      const calls = [() => jobs.listMediaAnalysisJobs(input), () => jobs.paginateListMediaAnalysisJobs(input).next()];
      if (Object.hasOwn(input, "NextToken")) calls.push(() => jobs.load(input));
      for (const call of calls) {
        const error = await failure(call(), "InvalidParameterException");
        assert.deepEqual(error.$metadata, { attempts: 0 });
        assert.equal(error.$retryable, undefined);
      }
      assert.equal(fetch.requests.length, 0);
    });
  }

  test(
    "a JobId that the API does not allow is an InvalidParameterException before anything is sent",
    LIMIT,
    async () => {
      const { fetch, jobs } = await fetchingFrom(EMPTY);
      for (const JobId of [undefined, null, "", "x".repeat(65), "a b", "ä", "a.b", "\ud800", 5, {}]) {
        const error = await failure(jobs.getMediaAnalysisJob({ JobId }), "InvalidParameterException");
        assert.deepEqual(error.$metadata, { attempts: 0 });
      }
      await failure(jobs.getMediaAnalysisJob(), "InvalidParameterException");
      assert.equal(fetch.requests.length, 0);
    },
  );

  test("the limits themselves are sent", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(EMPTY);
    for (const input of [
      { MaxResults: 1 },
      { MaxResults: 100 },
      { NextToken: "x".repeat(1_024) },
      { NextToken: "é".repeat(1_024) },
    ]) {
      await jobs.listMediaAnalysisJobs(input);
      assert.deepEqual(fetch.requests.at(-1).body, input);
    }
  });

  test("without region and endpoint every call is refused, and the store works all the same", LIMIT, async () => {
    let sent = 0;
    const jobs = closing(
      await createJobs({
        fetch: async () => {
          sent++;
        },
      }),
    );
    for (const [name, call] of Object.entries(OPERATIONS)) {
      const error = await failure(call(jobs), "InvalidParameterException");
      assert.deepEqual(error.$metadata, { attempts: 0 }, name);
    }
    assert.equal(sent, 0);
    await jobs.import(JSON.stringify(wireJob("a")));
    assert.equal(jobs.query("status:succeeded").length, 1);
  });
});

// --- Errors ---

describe("an error of the service", () => {
  const documented = {
    AccessDeniedException: { status: 400, $retryable: undefined },
    InternalServerError: { status: 500, $retryable: { throttling: false } },
    InvalidParameterException: { status: 400, $retryable: undefined },
    InvalidPaginationTokenException: { status: 400, $retryable: undefined },
    ProvisionedThroughputExceededException: { status: 400, $retryable: { throttling: true } },
    ResourceNotFoundException: { status: 400, $retryable: undefined },
    ThrottlingException: { status: 500, $retryable: { throttling: true } },
  };
  for (const [name, { status, $retryable }] of Object.entries(documented)) {
    test(name, LIMIT, async () => {
      const requestId = "f0e1d2c3-0000-4000-8000-123456789abc";
      const refusal = exception(name, { status, message: "Grüße 😀", headers: { "x-amzn-requestid": requestId } });
      for (const [operation, call] of Object.entries(OPERATIONS)) {
        const { service, jobs } = await talkingTo(refusal);
        const error = await failure(call(jobs), name);
        assert.equal(error.message, "Grüße 😀", operation);
        assert.deepEqual(error.$retryable, $retryable, operation);
        assert.deepEqual(error.$metadata, { httpStatusCode: status, requestId, attempts: 1 }, operation);
        assert.equal(service.requests.length, 1, operation);
      }
    });
  }

  test("ThrottlingException with status 400 is told by its name", LIMIT, async () => {
    const { jobs } = await talkingTo(exception("ThrottlingException"));
    const error = await failure(jobs.listMediaAnalysisJobs(), "ThrottlingException");
    assert.deepEqual(error.$retryable, { throttling: true });
  });

  const spellings = {
    __type: [{ body: { __type: "FooError" } }],
    "__type with a namespace": [{ body: { __type: "aws.protocoltests.json#FooError" } }],
    "__type with a URI": [{ body: { __type: "FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/" } }],
    "__type with both": [
      {
        body: { __type: "aws.protocoltests.json#FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/" },
      },
    ],
    code: [{ body: { code: "FooError" } }],
    "code with a namespace": [{ body: { code: "aws.protocoltests.json#FooError" } }],
    "the header": [{ headers: { "X-Amzn-Errortype": "FooError" } }],
    "the header with a URI": [
      { headers: { "X-Amzn-Errortype": "FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/" } },
    ],
    "the header with both": [{ headers: { "x-amzn-errortype": "aws.protocoltests.json#FooError:http://x/" } }],
    "the header beside a body": [{ headers: { "x-amzn-errortype": "FooError" }, body: { message: "Hi" } }, "Hi"],
    message: [{ body: { __type: "FooError", message: "Hi" } }, "Hi"],
    Message: [{ body: { __type: "FooError", Message: "Hi" } }, "Hi"],
    "unknown members beside it": [
      { body: { Logref: "x", Code: null, __type: "FooError", Message: "Hi", x: [{}] } },
      "Hi",
    ],
  };
  for (const [name, [answer, message]] of Object.entries(spellings)) {
    for (const status of [400, 500]) {
      test(`${name}, ${status}`, LIMIT, async () => {
        const { jobs } = await talkingTo({ ...answer, status });
        const error = await failure(jobs.listMediaAnalysisJobs(), "FooError");
        assert.equal(error.constructor, ServiceError);
        if (message !== undefined) assert.equal(error.message, message);
        assert.deepEqual(error.$retryable, status === 500 ? { throttling: false } : undefined);
      });
    }
  }

  test("that names none is an UnknownError", LIMIT, async () => {
    for (const [status, body, $retryable] of [
      [400, { message: "Hi" }, undefined],
      [403, {}, undefined],
      [404, "", undefined],
      [429, "", { throttling: true }],
      [500, "", { throttling: false }],
      [502, {}, { throttling: false }],
      [503, { __type: 5, code: [] }, { throttling: false }],
      [504, "[]", { throttling: false }],
      [501, "", undefined],
    ]) {
      const { jobs } = await fetchingFrom({ status, body }, { maxAttempts: 1 });
      const error = await failure(jobs.listMediaAnalysisJobs(), "UnknownError");
      assert.equal(error.constructor, ServiceError);
      assert.deepEqual(error.$retryable, $retryable, `${status}`);
      assert.deepEqual(error.$metadata, { httpStatusCode: status, attempts: 1 });
      if (body.message) assert.equal(error.message, "Hi");
    }
  });

  test("that a proxy wrote tells what it wrote", LIMIT, async () => {
    const page = `<html><title>502 Bad Gateway</title>${"é".repeat(400)}</html>`;
    const { jobs } = await fetchingFrom({ status: 502, body: page }, { maxAttempts: 1 });
    const error = await reasonOf(jobs.listMediaAnalysisJobs());
    assert.ok(error instanceof ServiceError);
    assert.ok(["UnknownError", "InvalidResponseError"].includes(error.name));
    assert.ok(error.message.includes(page.slice(0, 200)));
    assert.ok(!error.message.includes(page.slice(0, 201)));
    assert.equal(error.$metadata.httpStatusCode, 502);
  });

  test("whose name is a property of every object is still only a name", LIMIT, async () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      const { jobs } = await fetchingFrom({ status: 400, body: `{"__type":"${name}","message":"Hi"}` });
      const error = await failure(jobs.listMediaAnalysisJobs(), name);
      assert.equal(error.constructor, ServiceError);
    }
  });
});

describe("an answer that is not the API's", () => {
  const jobText = JSON.stringify(wireJob("a"));
  const listText = JSON.stringify({ MediaAnalysisJobs: [wireJob("a")] });
  const html = `<!DOCTYPE html><html><body>${"sign in here ".repeat(40)}</body></html>`;
  const never = {
    HTML: html,
    "an empty body": "",
    "white space": " \n ",
    null: "null",
    "a word": "OK",
    "something else": '{"foo": true}',
    "a body cut off": listText.slice(0, -30),
    "an answer and more": `${listText}x`,
    "a number that is no double": '{"MediaAnalysisJobs":[{"JobId":"a","X":1e999}]}',
    "bytes that are no UTF-8": Buffer.concat([
      Buffer.from('{"MediaAnalysisJobs":[{"JobId":"a","X":"'),
      Buffer.from([0xff]),
      Buffer.from('"}]}'),
    ]),
  };
  const cases = {
    listMediaAnalysisJobs: {
      ...never,
      "a job": jobText,
      "a bare array": `[${jobText}]`,
      "two lists": listText + listText,
      "a list in an array": `[${listText}]`,
      "a job of a wrong type": '{"MediaAnalysisJobs":[{"JobId":5}]}',
      "a token of a wrong type": '{"MediaAnalysisJobs":[],"NextToken":5}',
    },
    getMediaAnalysisJob: {
      ...never,
      "a list": listText,
      "a job in an array": `[${jobText}]`,
      "two jobs": jobText + jobText,
      "a job of a wrong type": '{"JobId":"a","Status":5}',
      "a job without a JobId": '{"Status":"FAILED"}',
    },
  };
  for (const [operation, bodies] of Object.entries(cases)) {
    for (const [name, body] of Object.entries(bodies)) {
      test(`${operation}: ${name}`, LIMIT, async () => {
        const { jobs } = await talkingTo({ body, headers: { "x-amzn-requestid": "id-1" } });
        const error = await failure(OPERATIONS[operation](jobs), "InvalidResponseError");
        assert.deepEqual(error.$metadata, { httpStatusCode: 200, requestId: "id-1", attempts: 1 });
        const text = Buffer.from(body).toString();
        assert.ok(error.message.includes(text.slice(0, 200)), error.message);
        if (text.length > 200) assert.ok(!error.message.includes(text.slice(0, 201)), error.message);
      });
    }
  }

  test("while loading keeps the pages before it", LIMIT, async () => {
    const { jobs } = await talkingTo(({ body }) =>
      body.NextToken ? { body: html } : walk({ "": [["a", "b"], "t"] })({ body }),
    );
    const error = await failure(jobs.load(), "InvalidResponseError");
    assert.deepEqual(error.loaded, {
      added: 2,
      updated: 0,
      unchanged: 0,
      pages: 1,
      retries: 0,
      complete: false,
      NextToken: "t",
    });
    assert.equal(jobs.size, 2);
  });

  test("leaves characters whole when it is cut", LIMIT, async () => {
    const { jobs } = await talkingTo({ body: `<p>${"😀".repeat(300)}` });
    const { message } = await failure(jobs.listMediaAnalysisJobs(), "InvalidResponseError");
    assert.ok(message.includes(`<p>${"😀".repeat(98)}`));
    assert.ok(message.isWellFormed?.() ?? !message.includes("\uFFFD"));
    assert.ok(!message.includes("\uFFFD"));
  });

  test("members that are unknown or null are no flaw, nor is an unusual status of success", LIMIT, async () => {
    const { jobs } = await talkingTo({
      status: 201,
      body: { MediaAnalysisJobs: [{ ...wireJob("a"), New: {} }], NextToken: null, Other: [] },
    });
    assert.deepEqual(await jobs.listMediaAnalysisJobs(), { MediaAnalysisJobs: [meant(wireJob("a"))] });
  });
});

// --- Retries ---

describe("retries", () => {
  const unwell = { status: 500, body: "" };

  test("an attempt that fails for a moment is made again, 3 times at most", LIMIT, async () => {
    for (const [maxAttempts, most] of [
      [undefined, 3],
      [1, 1],
      [2, 2],
      [5, 5],
    ]) {
      for (const [name, call] of Object.entries(OPERATIONS)) {
        const { fetch, jobs } = await fetchingFrom(unwell, maxAttempts === undefined ? {} : { maxAttempts });
        const error = await failure(call(jobs), "UnknownError");
        assert.equal(error.$metadata.attempts, most, name);
        assert.equal(fetch.requests.length, most, name);
        for (const request of fetch.requests) assert.deepEqual(request, fetch.requests[0], name);
      }
    }
  });

  test("and its answer counts when it comes", LIMIT, async () => {
    const account = accountOf(25);
    for (const bad of [
      unwell,
      { status: 503, body: "<html>" },
      exception("InternalServerError", { status: 500 }),
      { breaks: "before" },
    ]) {
      let count = 0;
      const answer = answerFrom(account, { pageSize: 10 });
      const { fetch, jobs } = await fetchingFrom((request) => (count++ % 3 < 2 ? bad : answer(request)));
      assert.deepEqual(await jobs.load(), {
        added: 25,
        updated: 0,
        unchanged: 0,
        pages: 3,
        retries: 6,
        complete: true,
      });
      assert.deepEqual(
        await jobs.getMediaAnalysisJob({ JobId: "job-0007" }),
        meant(account.jobs.find(({ JobId }) => JobId === "job-0007")),
      );
      assert.equal(fetch.requests.length, 12);
    }
  });

  test("what will not get better is not tried again", LIMIT, async () => {
    for (const name of [
      "AccessDeniedException",
      "InvalidParameterException",
      "InvalidPaginationTokenException",
      "ResourceNotFoundException",
      "UnrecognizedClientException",
      "FooError",
    ]) {
      const { fetch, jobs } = await fetchingFrom(exception(name));
      const error = await failure(jobs.listMediaAnalysisJobs(), name);
      assert.equal(error.$metadata.attempts, 1);
      assert.equal(fetch.requests.length, 1, name);
    }
  });

  /**
   * The wait that load tells before each retry, over a fetch that never gets well. Timers end as soon as they are told;
   * of several waits before one retry the first is meant.
   */
  async function waitsOf(t, answer, maxAttempts) {
    const { jobs } = await fetchingFrom(answer, { maxAttempts });
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const waits = [];
    let told = 0;
    let isDone = false;
    const onProgress = ({ waitingMs, retries }) => {
      if (waitingMs === undefined) return;
      told += waitingMs;
      waits[retries] ??= waitingMs;
    };
    const call = jobs.load({ onProgress }).then(
      () => assert.fail("it was answered"),
      () => (isDone = true),
    );
    for (let ticked = 0; !isDone; await tick()) {
      if (told === ticked) continue;
      t.mock.timers.tick(Math.ceil(told - ticked));
      ticked = told;
    }
    await call;
    t.mock.timers.reset();
    return waits;
  }

  test("waits grow, differ, and end at 20 seconds", LIMIT, async (t) => {
    for (const [answer, base] of [
      [unwell, 50],
      [exception("ThrottlingException"), 1_000],
      [{ status: 429, body: "" }, 1_000],
    ]) {
      const seen = new Set();
      for (let round = 0; round < 5; round++) {
        const waits = await waitsOf(t, answer, 12);
        assert.equal(waits.length, 11);
        waits.forEach((wait, i) => {
          assert.ok(wait >= 0 && wait <= Math.min(base * 2 ** i, 20_000), `${base}: wait ${i} of ${wait}`);
          seen.add(wait);
        });
      }
      assert.ok(seen.size > 40, "they are random");
      assert.ok(Math.max(...seen) > 4 * base);
    }
  });

  test("a wait that the service asks for is kept to, within 5 seconds", LIMIT, async (t) => {
    const asking = (milliseconds) => ({ ...unwell, headers: { "x-amz-retry-after": milliseconds } });
    for (const wait of await waitsOf(t, asking("300"), 3)) assert.equal(wait, 300);
    for (const wait of await waitsOf(t, asking("999999"), 3)) assert.ok(wait >= 5_000 && wait <= 5_100, `${wait}`);
    for (const hint of ["-5", "soon", "", "1e9", "0x10"]) {
      for (const wait of await waitsOf(t, asking(hint), 3)) assert.ok(wait >= 0 && wait <= 5_100, `${hint}: ${wait}`);
    }
  });

  test("many of them leave nothing behind that Node would warn of", LIMIT, async () => {
    const warnings = [];
    const warn = (warning) => warnings.push(String(warning));
    process.on("warning", warn);
    const answer = answerFrom(accountOf(30), { pageSize: 1 });
    let count = 0;
    const { signal } = new AbortController();
    const { jobs } = await fetchingFrom((request) =>
      count++ % 2 === 0 ? { status: 500, headers: { "x-amz-retry-after": "1" } } : answer(request),
    );
    assert.equal((await jobs.load({ signal })).retries, 30);
    await sleep(5);
    process.off("warning", warn);
    assert.deepEqual(
      warnings.filter((warning) => warning.includes("Listener")),
      [],
    );
  });

  test("onProgress tells pages, jobs, retries, and the wait at hand", LIMIT, async () => {
    const account = accountOf(25);
    let count = 0;
    const answer = answerFrom(account, { pageSize: 10 });
    const { jobs } = await fetchingFrom((request) => (count++ === 1 ? unwell : answer(request)));
    const told = [];
    await jobs.load({ onProgress: (progress) => told.push({ ...progress }) });
    const waits = told.filter(({ waitingMs }) => waitingMs !== undefined);
    assert.equal(waits.length, 1);
    assert.ok(waits[0].waitingMs >= 0 && waits[0].waitingMs <= 50);
    assert.deepEqual({ pages: waits[0].pages, jobs: waits[0].jobs }, { pages: 1, jobs: 10 });
    assert.deepEqual(told.at(-1), { pages: 3, jobs: 25, retries: 1 });
    assert.deepEqual(
      [...new Set(told.map(({ pages }) => pages))].filter((pages) => pages > 0),
      [1, 2, 3],
    );
    for (let i = 1; i < told.length; i++) {
      for (const name of ["pages", "jobs", "retries"]) assert.ok(told[i][name] >= told[i - 1][name], name);
    }
  });

  test("a page that had to be asked for twice is counted once", LIMIT, async () => {
    const account = accountOf(25);
    let count = 0;
    const answer = answerFrom(account, { pageSize: 10 });
    const { jobs } = await fetchingFrom((request) => {
      const { body } = answer(request);
      return count++ === 1 ? { body: JSON.stringify(body).slice(0, -200) } : { body };
    });
    const loaded = await jobs.load();
    assert.equal(jobs.size, 25);
    assert.equal(loaded.pages, 3);
    assert.equal(loaded.added, 25);
  });
});

// --- No answer ---

describe("no answer", () => {
  test("no server is a NetworkError", LIMIT, async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address();
    server.close();
    await once(server, "close");
    const jobs = closing(await createJobs({ endpoint: `http://127.0.0.1:${port}/` }));
    for (const [name, call] of Object.entries(OPERATIONS)) {
      const error = await failure(call(jobs), "NetworkError");
      assert.deepEqual(error.$metadata, { attempts: 3 }, name);
      assert.deepEqual(error.$retryable, { throttling: false }, name);
      assert.ok(error.message.length > 0);
    }
  });

  test("a connection that breaks is a NetworkError, before the answer and in it", LIMIT, async () => {
    for (const answer of [{ breaks: "before" }, { body: { MediaAnalysisJobs: [wireJob("a")] }, breaks: "in body" }]) {
      const { service, jobs } = await talkingTo(answer, { maxAttempts: 2 });
      const error = await failure(jobs.load(), "NetworkError");
      assert.equal(error.$metadata.attempts, 2);
      assert.equal(service.requests.length, 2);
      assert.equal(jobs.size, 0);
    }
  });

  const nonsense = {
    "throws at once": () => {
      throw new Error("not today");
    },
    "throws no Error": () => {
      throw "not today";
    },
    rejects: async () => {
      throw new TypeError("Failed to fetch");
    },
    "rejects with nothing": () => Promise.reject(),
    "gives undefined": () => undefined,
    "gives null": async () => null,
    "gives a number": async () => 200,
    "gives a text": async () => "ok",
    "gives an empty object": async () => ({}),
    "gives a status only": async () => ({ status: 200 }),
    "gives headers that are none": async () => ({ status: 200, headers: {} }),
    "gives headers that are null": async () => ({ status: 200, headers: null }),
    "gives no body": async () => ({ status: 200, ok: true, headers: new Headers() }),
    "gives a body that throws": async () => ({
      status: 200,
      ok: true,
      headers: new Headers(),
      arrayBuffer() {
        throw new Error("no");
      },
      text() {
        throw new Error("no");
      },
    }),
    "gives a body that rejects": async () => ({
      status: 200,
      ok: true,
      headers: new Headers(),
      arrayBuffer: async () => {
        throw new Error("no");
      },
      text: async () => {
        throw new Error("no");
      },
    }),
    "gives a body that is nothing": async () => ({
      status: 200,
      ok: true,
      headers: new Headers(),
      arrayBuffer: async () => undefined,
      text: async () => undefined,
    }),
    "gives a body used before": async () => {
      const response = new Response("{}");
      await response.text();
      return response;
    },
    "gives a status that is none": async () => ({
      status: "fine",
      headers: new Headers(),
      arrayBuffer: async () => new ArrayBuffer(0),
    }),
    "gives an opaque Response": async () => Response.error(),
  };
  for (const [name, fetch] of Object.entries(nonsense)) {
    test(`a fetch that ${name}`, LIMIT, async () => {
      const jobs = closing(await createJobs({ region: "us-east-1", fetch, maxAttempts: 2 }));
      for (const call of [OPERATIONS.listMediaAnalysisJobs, OPERATIONS.load]) {
        const error = await reasonOf(call(jobs));
        assert.ok(error instanceof ServiceError, `${error?.stack ?? error}`);
        assert.ok(error.$metadata.attempts >= 1);
      }
      await jobs.import(JSON.stringify(wireJob("a")));
      assert.equal(jobs.query("id:a").length, 1, "the engine still works");
    });
  }

  test("a fetch of its own is called as fetch is, and may be any function", LIMIT, async () => {
    const calls = [];
    const jobs = closing(
      await createJobs({
        region: "us-east-1",
        fetch(url, init) {
          calls.push({ url: String(url), method: init.method, isSignal: init.signal instanceof AbortSignal });
          return { then: (resolve) => resolve(new Response('{"MediaAnalysisJobs":[]}')) };
        },
      }),
    );
    assert.deepEqual(await jobs.listMediaAnalysisJobs(), { MediaAnalysisJobs: [] });
    assert.deepEqual(calls, [{ url: "https://rekognition.us-east-1.amazonaws.com/", method: "POST", isSignal: true }]);
  });
});

describe("requestTimeout", () => {
  for (const hangs of ["before", "in body"]) {
    test(`is a TimeoutError when the service hangs ${hangs}, and the connection is given up`, LIMIT, async () => {
      const good = { body: { MediaAnalysisJobs: [wireJob("a")] } };
      const { service, jobs } = await talkingTo((_, index) => (index === 0 ? good : { ...good, hangs }), {
        maxAttempts: 2,
        requestTimeout: 250,
      });
      await jobs.listMediaAnalysisJobs().catch(() => {});
      const sent = service.requests.length;
      const start = performance.now();
      const error = await failure(jobs.listMediaAnalysisJobs(), "TimeoutError");
      const took = performance.now() - start;
      assert.ok(took >= 490 && took < 5_000, `${took} ms`);
      assert.equal(error.$metadata.attempts, 2);
      assert.deepEqual(error.$retryable, { throttling: false });
      assert.equal(service.requests.length, sent + 2);
      await until(() => service.cutOff >= 2);
    });

    test(`lets the next attempt answer when one hangs ${hangs}`, LIMIT, async () => {
      let count = 0;
      const good = { body: { MediaAnalysisJobs: [wireJob("a")] } };
      const { jobs } = await talkingTo(() => (count++ === 0 ? { ...good, hangs } : good), {
        maxAttempts: 3,
        requestTimeout: 400,
      });
      const loaded = await jobs.load();
      assert.ok(loaded.retries >= 1);
      assert.equal(jobs.size, 1);
    });
  }

  test("is for each request, not for all of them", LIMIT, async () => {
    const account = accountOf(8);
    const answer = answerFrom(account, { pageSize: 1 });
    const { jobs } = await talkingTo(
      async (request) => {
        await sleep(150);
        return answer(request);
      },
      { requestTimeout: 1_000 },
    );
    assert.equal((await jobs.load()).added, 8);
  });

  test("does not count the waits", LIMIT, async () => {
    let count = 0;
    const { jobs } = await fetchingFrom(
      () => (count++ ? EMPTY : { status: 500, headers: { "x-amz-retry-after": "200" } }),
      { requestTimeout: 100 },
    );
    await jobs.listMediaAnalysisJobs();
    assert.equal(count, 2);
  });
});

// --- Aborts ---

describe("an AbortSignal", () => {
  /** Rejects with what `call` rejects with, unless that takes longer than a tick. */
  const atOnce = (call) => Promise.race([call, tick().then(() => assert.fail("it took longer than a tick"))]);
  const reasons = {
    "an Error": new Error("changed my mind"),
    "an object": { mine: true },
    "a text": "enough",
    "a number": 0,
  };

  test("that is aborted already sends nothing", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(EMPTY);
    for (const [name, call] of Object.entries(OPERATIONS)) {
      for (const reason of Object.values(reasons)) {
        assert.equal(await reasonOf(call(jobs, { signal: AbortSignal.abort(reason) })), reason, name);
      }
      await assert.rejects(call(jobs, { signal: AbortSignal.abort() }), { name: "AbortError" });
    }
    assert.equal(fetch.requests.length, 0);
  });

  for (const [name, call] of Object.entries(OPERATIONS)) {
    test(`ends ${name} during its request, at once, with its own reason`, LIMIT, async () => {
      for (const hangs of ["before", "in body"]) {
        const { service, jobs } = await talkingTo(
          { body: { MediaAnalysisJobs: [wireJob("a")] }, hangs },
          { maxAttempts: 3 },
        );
        for (const reason of Object.values(reasons)) {
          const controller = new AbortController();
          const sent = service.requests.length;
          const pending = call(jobs, { signal: controller.signal });
          pending.catch(() => {});
          await until(() => service.requests.length > sent);
          await sleep(15);
          controller.abort(reason);
          assert.equal(await reasonOf(atOnce(pending)), reason);
          assert.equal(getEventListeners(controller.signal, "abort").length, 0, "it lets go of the signal");
        }
        const sent = service.requests.length;
        await until(() => service.cutOff === sent);
        await sleep(60);
        assert.equal(service.requests.length, sent, "no further attempt is made");
      }
    });

    test(`ends ${name} during a wait, at once, with its own reason`, LIMIT, async () => {
      const { fetch, jobs } = await fetchingFrom({
        ...exception("ThrottlingException"),
        headers: { "x-amz-retry-after": "4000" },
      });
      const reason = new Error("changed my mind");
      const controller = new AbortController();
      const pending = call(jobs, { signal: controller.signal });
      pending.catch(() => {});
      await until(() => fetch.requests.length === 1);
      await sleep(15);
      controller.abort(reason);
      assert.equal(await reasonOf(atOnce(pending)), reason);
      assert.equal(getEventListeners(controller.signal, "abort").length, 0);
      assert.equal(fetch.requests.length, 1);
    });
  }

  test("ends a walk between two pages", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(answerFrom(accountOf(30), { pageSize: 10 }));
    const controller = new AbortController();
    const pages = jobs.paginateListMediaAnalysisJobs({}, { signal: controller.signal });
    await pages.next();
    controller.abort();
    await assert.rejects(pages.next(), { name: "AbortError" });
    assert.deepEqual(await pages.next(), { done: true, value: undefined });
    assert.equal(fetch.requests.length, 1);
  });

  test("ends a load in the middle: what came is kept and told", LIMIT, async () => {
    const controller = new AbortController();
    const { jobs } = await fetchingFrom(answerFrom(accountOf(50), { pageSize: 10 }));
    const error = await reasonOf(
      jobs.load({
        signal: controller.signal,
        onProgress: ({ pages }) => pages === 2 && controller.abort(),
      }),
    );
    assert.equal(error, controller.signal.reason);
    assert.equal(error.name, "AbortError");
    assert.deepEqual(error.loaded, {
      added: 20,
      updated: 0,
      unchanged: 0,
      pages: 2,
      retries: 0,
      complete: false,
      NextToken: "after job-0031",
    });
    assert.equal(jobs.size, 20);
    assert.deepEqual(await jobs.load({ NextToken: error.loaded.NextToken }), {
      added: 30,
      updated: 0,
      unchanged: 0,
      pages: 3,
      retries: 0,
      complete: true,
    });
  });

  test("is let go of by calls that end well", LIMIT, async () => {
    const { signal } = new AbortController();
    const { jobs } = await fetchingFrom(answerFrom(accountOf(30), { pageSize: 10 }));
    await jobs.listMediaAnalysisJobs({}, { signal });
    await jobs.getMediaAnalysisJob({ JobId: "job-0001" }, { signal });
    await jobs.load({ signal });
    await jobs.refresh({ signal });
    await pagesOf(jobs.paginateListMediaAnalysisJobs({}, { signal }));
    await jobs.import('{"JobId":"a"}', { signal });
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  test("that times out rejects with its TimeoutError, which is no ServiceError", LIMIT, async () => {
    const { jobs } = await fetchingFrom({ hangs: true });
    const error = await reasonOf(jobs.listMediaAnalysisJobs({}, { signal: AbortSignal.timeout(20) }));
    assert.ok(error instanceof DOMException);
    assert.equal(error.name, "TimeoutError");
  });
});

// --- Tokens ---

describe("tokens", () => {
  for (const end of [undefined, null, ""]) {
    test(`${JSON.stringify(end)} ends the list`, LIMIT, async () => {
      const { fetch, jobs } = await fetchingFrom(walk({ "": [["a"], "1"], 1: [["b"], "2"], 2: [["c"], end] }));
      assert.deepEqual(await jobs.load(), { added: 3, updated: 0, unchanged: 0, pages: 3, retries: 0, complete: true });
      const pages = await pagesOf(jobs.paginateListMediaAnalysisJobs({ MaxResults: 9 }));
      assert.deepEqual(
        pages.map(({ MediaAnalysisJobs }) => MediaAnalysisJobs.map(({ JobId }) => JobId)),
        [["a"], ["b"], ["c"]],
      );
      assert.deepEqual(
        pages.map(({ NextToken }) => NextToken || undefined),
        ["1", "2", undefined],
      );
      assert.equal(fetch.requests.length, 6);
      assert.deepEqual(
        fetch.requests.slice(3).map(({ body }) => body),
        [{ MaxResults: 9 }, { MaxResults: 9, NextToken: "1" }, { MaxResults: 9, NextToken: "2" }],
      );
    });
  }

  test("an empty page in the middle does not end it", LIMIT, async () => {
    const { jobs } = await fetchingFrom(walk({ "": [[], "1"], 1: [["b"], "2"], 2: [[], undefined] }));
    const loaded = await jobs.load();
    assert.deepEqual([loaded.added, loaded.pages, loaded.complete], [1, 3, true]);
  });

  for (const [name, pages, first, read, kept] of [
    ["at once", { "": [["a"], "1"], 1: [["b"], "1"] }, undefined, 2, "a b"],
    ["after a while", { "": [["a"], "1"], 1: [["b"], "2"], 2: [["c"], "3"], 3: [["d"], "2"] }, undefined, 4, "a b c d"],
    ["that the walk began with", { 7: [["a"], "8"], 8: [["b"], "7"] }, "7", 2, "a b"],
  ]) {
    test(`a token again, ${name}, ends the walk with RepeatedTokenError`, LIMIT, async () => {
      const { fetch, jobs } = await fetchingFrom(walk(pages));
      const error = await failure(jobs.load(first && { NextToken: first }), "RepeatedTokenError");
      assert.equal(fetch.requests.length, read);
      assert.ok(error.$metadata.attempts >= 1);
      assert.equal(error.$retryable, undefined);
      const { added, pages: pagesRead, complete } = error.loaded;
      assert.deepEqual({ added, pagesRead, complete }, { added: read, pagesRead: read, complete: false });
      assert.equal(
        stored(jobs)
          .map(({ JobId }) => JobId)
          .join(" "),
        kept,
      );

      const seen = [];
      const walking = (async () => {
        for await (const { MediaAnalysisJobs } of jobs.paginateListMediaAnalysisJobs(first && { NextToken: first })) {
          seen.push(...MediaAnalysisJobs.map(({ JobId }) => JobId));
        }
      })();
      await failure(walking, "RepeatedTokenError");
      assert.equal(seen.join(" "), kept);
      assert.equal(fetch.requests.length, 2 * read);
    });
  }

  test("a token may come again in another walk", LIMIT, async () => {
    const { jobs } = await fetchingFrom(walk({ "": [["a"], "1"], 1: [["b"], undefined] }));
    for (let round = 0; round < 5; round++) {
      assert.equal((await jobs.load()).pages, 2);
      assert.equal((await pagesOf(jobs.paginateListMediaAnalysisJobs())).length, 2);
      assert.deepEqual((await jobs.listMediaAnalysisJobs({ NextToken: "1" })).NextToken, undefined);
    }
  });

  test("an expired token starts the walk again", LIMIT, async () => {
    const account = accountOf(50);
    const answer = answerFrom(account, { pageSize: 10 });
    for (const times of [1, 2, 3]) {
      let expired = 0;
      const { fetch, jobs } = await fetchingFrom((request) =>
        request.body.NextToken === "after job-0021" && expired++ < times
          ? exception("InvalidPaginationTokenException")
          : answer(request),
      );
      const loaded = await jobs.load();
      assert.equal(loaded.complete, true);
      assert.equal(loaded.added, 50);
      assert.equal(loaded.NextToken, undefined);
      assert.equal(jobs.size, 50);
      assert.equal(fetch.requests.length, 4 * times + 5);
    }
  });

  test("but three times at most", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(walk({ "": [["a"], "1"] }));
    const error = await failure(jobs.load(), "InvalidPaginationTokenException");
    assert.equal(fetch.requests.length, 8, "4 walks of 2 requests");
    assert.equal(error.loaded.complete, false);
    assert.equal(jobs.size, 1);
    const seen = [];
    const walking = (async () => {
      for await (const page of jobs.paginateListMediaAnalysisJobs()) seen.push(page);
    })();
    await failure(walking, "InvalidPaginationTokenException");
    assert.ok(fetch.requests.length <= 16);
  });

  test("a token that the service never gave is its InvalidPaginationTokenException", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(walk({ "": [["a"], undefined] }));
    await failure(jobs.listMediaAnalysisJobs({ NextToken: "x" }), "InvalidPaginationTokenException");
    assert.equal(fetch.requests.length, 1);
    await failure(jobs.paginateListMediaAnalysisJobs({ NextToken: "x" }).next(), "InvalidPaginationTokenException");
  });
});

// --- load and refresh ---

describe("load", () => {
  test("that fails keeps what it had, and goes on from where it stopped", LIMIT, async () => {
    const account = accountOf(45);
    const answer = answerFrom(account, { pageSize: 10 });
    let isDown = false;
    const { fetch, jobs } = await fetchingFrom((request) => {
      if (request.body.NextToken === "after job-0026") isDown = true;
      return isDown ? exception("AccessDeniedException") : answer(request);
    });
    await jobs.import(JSON.stringify([wireJob("other"), { ...account.jobs[3], Status: "QUEUED" }, account.jobs[40]]));
    const error = await failure(jobs.load(), "AccessDeniedException");
    assert.deepEqual(error.loaded, {
      added: 19,
      updated: 1,
      unchanged: 0,
      pages: 2,
      retries: 0,
      complete: false,
      NextToken: "after job-0026",
    });
    assert.equal(jobs.size, 22);

    isDown = false;
    const asked = fetch.requests.length;
    const rest = answerFrom(account, { pageSize: 10 });
    assert.equal(rest({ body: {} }).body.MediaAnalysisJobs.length, 10);
    const again = await failure(jobs.load({ NextToken: error.loaded.NextToken }), "AccessDeniedException");
    assert.equal(again.loaded.NextToken, "after job-0026", "nothing came, so the place is the same");
    assert.deepEqual(fetch.requests[asked].body, { NextToken: "after job-0026" });
  });

  test("goes on to the end", LIMIT, async () => {
    const account = accountOf(45);
    const answer = answerFrom(account, { pageSize: 10 });
    let failures = 0;
    const { jobs } = await fetchingFrom((request) =>
      failures-- > 0 ? exception("AccessDeniedException") : answer(request),
    );
    failures = 1;
    const atFirst = await failure(jobs.load(), "AccessDeniedException");
    assert.deepEqual(atFirst.loaded, { added: 0, updated: 0, unchanged: 0, pages: 0, retries: 0, complete: false });
    let loaded = await failure(
      // The request for page 2 is on its way when page 1 is told, so that the one for page 3 fails.
      jobs.load({ onProgress: ({ pages }) => pages === 1 && (failures = 1) }),
      "AccessDeniedException",
    ).then((error) => error.loaded);
    assert.equal(loaded.pages, 2);
    loaded = await jobs.load({ NextToken: loaded.NextToken });
    assert.deepEqual(loaded, { added: 25, updated: 0, unchanged: 0, pages: 3, retries: 0, complete: true });
    assert.deepEqual(stored(jobs), account.jobs.map(meant).sort(byId));
  });

  test("that fails before anything is sent tells that nothing came", LIMIT, async () => {
    const nothing = { added: 0, updated: 0, unchanged: 0, pages: 0, retries: 0, complete: false };
    const nowhere = closing(await createJobs());
    for (const call of [OPERATIONS.load, OPERATIONS.refresh]) {
      assert.deepEqual((await failure(call(nowhere), "InvalidParameterException")).loaded, nothing);
    }
    const { jobs } = await fetchingFrom(EMPTY);
    const NextToken = "x".repeat(1_025);
    assert.deepEqual((await failure(jobs.load({ NextToken }), "InvalidParameterException")).loaded, {
      ...nothing,
      NextToken,
    });
  });

  test("of nothing is complete", LIMIT, async () => {
    const { jobs } = await fetchingFrom(EMPTY);
    const nothing = { added: 0, updated: 0, unchanged: 0, pages: 1, retries: 0, complete: true };
    assert.deepEqual(await jobs.load(), nothing);
    assert.deepEqual(await jobs.load({ NextToken: "" }), nothing);
    assert.deepEqual(await jobs.refresh(), nothing);
  });

  test("does what list and get never do: they leave the store alone", LIMIT, async () => {
    const { jobs } = await fetchingFrom(answerFrom(accountOf(5)));
    await jobs.listMediaAnalysisJobs();
    await jobs.getMediaAnalysisJob({ JobId: "job-0001" });
    await pagesOf(jobs.paginateListMediaAnalysisJobs());
    assert.equal(jobs.size, 0);
  });

  test("tells the reason of a failing onProgress, and keeps what came", LIMIT, async () => {
    const { jobs } = await fetchingFrom(answerFrom(accountOf(30), { pageSize: 10 }));
    const reason = new Error("my own");
    assert.equal(
      await reasonOf(
        jobs.load({
          onProgress: () => {
            throw reason;
          },
        }),
      ),
      reason,
    );
    assert.ok(jobs.size >= 10);
    assert.equal((await jobs.load()).complete, true);
    assert.equal(jobs.size, 30);
  });
});

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

// --- Several engines, and the end of one ---

describe("engines", () => {
  test("two side by side share nothing", LIMIT, async () => {
    const [here, there] = [
      await fetchingFrom(answerFrom(accountOf(30, "here"))),
      await fetchingFrom(answerFrom(accountOf(20, "there"))),
    ];
    const [a, b] = await Promise.all([here.jobs.load(), there.jobs.load()]);
    assert.deepEqual([a.added, b.added], [30, 20]);
    assert.equal(there.jobs.get("here-0001"), undefined);
    const view = there.jobs.query("");
    here.jobs.close();
    assert.equal(view.length, 20);
    assert.equal(there.jobs.query("id:there").length, 20);
    assert.equal((await there.jobs.refresh()).complete, true);
  });

  test("many calls at the same time are all answered", LIMIT, async () => {
    const account = accountOf(40);
    const { jobs } = await talkingTo(answerFrom(account, { pageSize: 10 }));
    const [loaded, again, ...singles] = await Promise.all([
      jobs.load(),
      jobs.load(),
      ...account.jobs.map(({ JobId }) => jobs.getMediaAnalysisJob({ JobId })),
    ]);
    assert.equal(loaded.added + again.added, 40);
    assert.deepEqual(singles, account.jobs.map(meant));
    assert.deepEqual(stored(jobs), account.jobs.map(meant).sort(byId));
  });
});

describe("close", () => {
  const isClosed = (error) => error instanceof Error && /closed/i.test(error.message);

  test("ends all use: everything afterwards says that it is closed", LIMIT, async () => {
    const { fetch, jobs } = await fetchingFrom(answerFrom(accountOf(30), { pageSize: 10 }));
    await jobs.load();
    const view = jobs.query("");
    const walking = jobs.paginateListMediaAnalysisJobs();
    await walking.next();
    const sent = fetch.requests.length;
    jobs.close();
    for (const [name, call] of Object.entries(OPERATIONS)) await assert.rejects(call(jobs), isClosed, name);
    await assert.rejects(walking.next(), isClosed);
    await assert.rejects(jobs.import('{"JobId":"a"}'), isClosed);
    for (const use of [
      () => jobs.size,
      () => jobs.get("a"),
      () => jobs.clear(),
      () => jobs.query(),
      () => view.length,
      () => view.rows(0, 1),
    ]) {
      assert.throws(use, isClosed, `${use}`);
    }
    assert.equal(fetch.requests.length, sent);
    assert.doesNotThrow(() => jobs.close(), "closing again does nothing");
  });

  test("while calls are in flight ends them", LIMIT, async () => {
    for (const answer of [
      { hangs: true },
      { ...exception("ThrottlingException"), headers: { "x-amz-retry-after": "4000" } },
    ]) {
      const { fetch, jobs } = await fetchingFrom(answer);
      const calls = [
        ...Object.values(OPERATIONS).map((call) => call(jobs)),
        jobs.import(new ReadableStream()),
        jobs.import(
          (async function* () {
            yield '{"JobId":"a"}\n';
            await new Promise(() => {});
          })(),
        ),
      ];
      calls.forEach((call) => call.catch(() => {}));
      await until(() => fetch.requests.length >= 5);
      await sleep(10);
      jobs.close();
      for (const call of calls) await assert.rejects(call, isClosed);
      const sent = fetch.requests.length;
      await sleep(50);
      assert.equal(fetch.requests.length, sent);
    }
  });

  test("from within onProgress", LIMIT, async () => {
    const { jobs } = await fetchingFrom(answerFrom(accountOf(30), { pageSize: 10 }));
    await assert.rejects(jobs.load({ onProgress: () => jobs.close() }), isClosed);
    const waiting = await fetchingFrom(exception("ThrottlingException"));
    await assert.rejects(waiting.jobs.load({ onProgress: () => waiting.jobs.close() }), isClosed);
    const importing = closing(await createJobs());
    await assert.rejects(importing.import(chunksOf(5), { onProgress: () => importing.close() }), isClosed);
  });

  async function* chunksOf(count) {
    for (let i = 0; i < count; i++) yield `{"JobId":"${i}"}\n`;
  }

  test("from within fetch", LIMIT, async () => {
    let jobs;
    const close = () => {
      jobs.close();
      return Promise.resolve(new Response('{"MediaAnalysisJobs":[]}'));
    };
    for (const call of Object.values(OPERATIONS)) {
      jobs = await createJobs({ region: "us-east-1", fetch: close });
      await assert.rejects(call(jobs), isClosed);
    }
  });

  test("queries, imports and clear within fetch do no harm", LIMIT, async () => {
    const answer = answerFrom(accountOf(30), { pageSize: 10 });
    const { fetch, jobs } = await fetchingFrom(async (request) => {
      // The first page has been stored by then, the second has not.
      if (fetch.requests.length === 3) jobs.clear();
      await jobs.import('{"JobId":"from-a-file"}');
      assert.equal(jobs.query("from-a-file").length, 1);
      return answer(request);
    });
    assert.equal((await jobs.load()).added, 30);
    assert.equal(jobs.size, 21);
  });

  test("clear within onProgress does no harm", LIMIT, async () => {
    const { jobs } = await fetchingFrom(answerFrom(accountOf(30), { pageSize: 10 }));
    await jobs.load({ onProgress: ({ pages }) => pages === 1 && jobs.clear() });
    assert.equal(jobs.size, 20);
    await jobs.load();
    assert.equal(jobs.size, 30);
  });

  test(
    "Symbol.dispose closes, where there is one",
    { ...LIMIT, skip: typeof Symbol.dispose !== "symbol" },
    async () => {
      const jobs = await createJobs();
      const view = jobs.query("");
      view[Symbol.dispose]();
      assert.throws(() => view.length, isClosed);
      jobs[Symbol.dispose]();
      assert.throws(() => jobs.size, isClosed);
    },
  );
});

describe("a program that has nothing more to do ends", () => {
  const programs = {
    "after a list": "await jobs.listMediaAnalysisJobs();",
    "after an abort in a wait": `throttled = true;
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 30);
      await jobs.load({ signal: controller.signal }).catch(() => {});`,
    "after a close in a wait": `throttled = true;
      setTimeout(() => jobs.close(), 30);
      await jobs.load().catch(() => {});`,
    "after an abort in a request": `hanging = true;
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 30);
      await jobs.load({ signal: controller.signal }).catch(() => {});`,
    "after a network failure": "broken = true; await jobs.load().catch(() => {});",
    "without closing anything": "jobs.query(''); await jobs.import('{\"JobId\":\"a\"}');",
  };
  for (const [name, body] of Object.entries(programs)) {
    test(name, LIMIT, async () => {
      const program = `
        import { createJobs } from "rekognition-jobs";
        let throttled = false, hanging = false, broken = false;
        const fetch = async () => {
          if (hanging) return new Promise(() => {});
          if (broken) throw new TypeError("Failed to fetch");
          if (throttled) {
            const init = { status: 400, headers: { "x-amz-retry-after": "6000" } };
            return new Response('{"__type":"ThrottlingException"}', init);
          }
          return new Response('{"MediaAnalysisJobs":[]}');
        };
        const jobs = await createJobs({ region: "us-east-1", fetch });
        const start = performance.now();
        process.on("exit", () => console.log(Math.round(performance.now() - start)));
        ${body}`;
      const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
        stdio: ["ignore", "pipe", "pipe"],
        cwd: fileURLToPath(new URL(".", import.meta.url)),
      });
      let output = "";
      child.stdout.on("data", (data) => (output += data));
      child.stderr.on("data", (data) => (output += data));
      const [code] = await once(child, "exit");
      assert.equal(code, 0, output);
      assert.match(output, /^\d+\n$/);
      assert.ok(Number(output) < 2_000, `${output} ms`);
    });
  }
});
