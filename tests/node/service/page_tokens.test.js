// Calls to the service: page tokens, followed once and never in a circle.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { answerFrom, exception } from "./scripted_service.js";
import { LIMIT, fetchingFrom, failure, pagesOf, stored, accountOf, walk } from "./calls.js";

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
