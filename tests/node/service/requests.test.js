// Calls to the service: what is sent.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { wireJob } from "../jobs_of.js";
import { startService } from "./scripted_service.js";
import { LIMIT, EMPTY, OPERATIONS, closing, talkingTo, fetchingFrom, failure, pagesOf } from "./calls.js";

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
