// What the emulator tells of the requests that it was sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createTraffic } from "../../../emulator/protocol/traffic.js";
import { LIMIT, naming, post, rawRequest, serverTest, signedListing, withServer } from "./calls.js";

test("requests are counted by operation, and logged with what came of them", LIMIT, () => {
  const now = Date.UTC(2026, 10, 24, 12);
  return withServer({ now: () => now }, async ({ url, traffic, account }) => {
    await post(url, "ListMediaAnalysisJobs");
    await post(url, "GetMediaAnalysisJob", { JobId: account.place(0).JobId });
    await post(url, "GetMediaAnalysisJob", { JobId: "none" });
    await post(url, "constructor");
    await rawRequest(url, "/", { method: "PUT" });
    await rawRequest(url, "/");
    const { requests, ...others } = traffic.counters;
    assert.deepEqual(requests, { ListMediaAnalysisJobs: 1, GetMediaAnalysisJob: 2, unknown: 2 });
    assert.deepEqual(others, { preflights: 0, refusedPreflights: 0, refused: 0, throttled: 0, faults: {} });
    assert.deepEqual(
      traffic.log.map(({ at, method, target, status, error }) => [at, method, target, status, error]),
      [
        [now, "POST", "RekognitionService.ListMediaAnalysisJobs", 200, undefined],
        [now, "POST", "RekognitionService.GetMediaAnalysisJob", 200, undefined],
        [now, "POST", "RekognitionService.GetMediaAnalysisJob", 400, "ResourceNotFoundException"],
        [now, "POST", "RekognitionService.constructor", 400, "UnknownOperationException"],
        [now, "PUT", undefined, 405, "MethodNotAllowedException"],
      ],
    );
    traffic.reset();
    assert.deepEqual([traffic.log, traffic.counters.requests], [[], {}]);
  });
});

serverTest(
  "the log shows headers as they came, without signature and session token",
  {},
  async ({ url, traffic, sessions }) => {
    const request = await signedListing(url, { credentials: sessions.issue() });
    await rawRequest(url, "/", request);
    await rawRequest(url, "/", {
      ...request,
      headers: { ...naming("ListMediaAnalysisJobs"), authorization: "Basic c2VjcmV0" },
    });
    const [{ headers: signed }, { headers: unknown }] = traffic.log;
    const { authorization } = request.headers;
    assert.equal(signed.authorization, `${authorization.slice(0, authorization.indexOf("Signature=") + 10)}(hidden)`);
    assert.equal(signed["x-amz-security-token"], "(hidden)");
    assert.equal(signed["x-amz-date"], request.headers["x-amz-date"]);
    assert.equal(unknown.authorization, "(hidden)");
  },
);

test("the log keeps the latest requests alone", LIMIT, async () => {
  const { log, counters, record } = createTraffic(3);
  for (let at = 1; at <= 10; at++) {
    await record({ method: "POST", headers: {}, exchange: { at, operation: "GetId" } }, async () => ({ status: 200 }));
  }
  assert.deepEqual(
    log.map(({ at }) => at),
    [8, 9, 10],
  );
  assert.deepEqual(counters.requests, { GetId: 10 });
});
