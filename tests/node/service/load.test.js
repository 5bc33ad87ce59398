// Load: the whole list into the engine.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createJobs } from "rekognition-jobs";
import { byId, meant, wireJob } from "../jobs_of.js";
import { answerFrom, exception } from "./scripted_service.js";
import {
  LIMIT,
  EMPTY,
  OPERATIONS,
  closing,
  fetchingFrom,
  reasonOf,
  failure,
  pagesOf,
  stored,
  accountOf,
} from "./calls.js";

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
