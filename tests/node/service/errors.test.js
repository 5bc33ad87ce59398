// Calls to the service: its errors, and answers that are not the API's.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ServiceError } from "rekognition-jobs";
import { meant, wireJob } from "../jobs_of.js";
import { exception } from "./scripted_service.js";
import { LIMIT, OPERATIONS, talkingTo, fetchingFrom, reasonOf, failure, walk } from "./calls.js";

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
