// The emulator's answers to pages of other origins: pre-flights and the headers that they may read.

import assert from "node:assert/strict";
import { naming, post, rawRequest, serverTest } from "./calls.js";

const ORIGIN = "https://example.org";
const EXPOSED = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date,x-amz-retry-after";
const ALLOWED = [
  "content-type",
  "x-amz-target",
  "authorization",
  "x-amz-date",
  "x-amz-security-token",
  "x-amz-content-sha256",
  "x-amz-user-agent",
  "amz-sdk-invocation-id",
  "amz-sdk-request",
];

const preflight = (url, headers) =>
  rawRequest(url, "/", {
    method: "OPTIONS",
    headers: { origin: ORIGIN, "access-control-request-method": "POST", ...headers },
  });
const allowing = (headers) => Object.keys(headers).filter((name) => name.startsWith("access-control-"));

serverTest(
  "a pre-flight for the headers that clients of AWS send is allowed for two days",
  { strict: true },
  async ({ url, traffic }) => {
    for (const asked of [
      undefined,
      "",
      "content-type",
      ALLOWED.join(","),
      ALLOWED.join(", "),
      "Content-Type, X-Amz-Target, Authorization",
    ]) {
      const { status, headers, body } = await preflight(
        url,
        asked === undefined ? {} : { "access-control-request-headers": asked },
      );
      assert.deepEqual([status, body], [200, ""], asked);
      assert.equal(headers["access-control-allow-origin"], "*");
      assert.equal(headers["access-control-allow-methods"], "POST");
      assert.deepEqual(headers["access-control-allow-headers"].split(",").sort(), [...ALLOWED].sort());
      assert.equal(headers["access-control-max-age"], "172800");
    }
    assert.deepEqual(
      [traffic.counters.preflights, traffic.counters.refusedPreflights, traffic.counters.requests],
      [6, 0, {}],
    );
  },
);

serverTest(
  "a pre-flight for any other header, or another method, is refused: nothing is allowed",
  {},
  async ({ url, traffic }) => {
    for (const headers of [
      { "access-control-request-headers": "x-other" },
      { "access-control-request-headers": "content-type,cache-control,x-amz-target" },
      { "access-control-request-headers": "x-amz-meta" },
      { "access-control-request-headers": "*" },
      { "access-control-request-method": "PUT" },
      { "access-control-request-method": "GET" },
    ]) {
      const refused = await preflight(url, headers);
      assert.deepEqual([refused.status, allowing(refused.headers)], [403, []], JSON.stringify(headers));
    }
    assert.deepEqual([traffic.counters.preflights, traffic.counters.refusedPreflights], [6, 6]);
  },
);

serverTest(
  "an OPTIONS request that is no pre-flight is a method that the service does not take",
  {},
  async ({ url, traffic }) => {
    for (const headers of [{}, { origin: ORIGIN }, { "access-control-request-method": "POST" }]) {
      const { status, headers: told } = await rawRequest(url, "/", { method: "OPTIONS", headers });
      assert.deepEqual([status, told.allow], [405, "POST, OPTIONS"], JSON.stringify(headers));
    }
    assert.equal(traffic.log.length, 3);
  },
);

serverTest("a page of another origin reads answers and refusals, and the headers meant for it", {}, async ({ url }) => {
  const bad = { headers: { origin: ORIGIN, authorization: "Bearer nothing" } };
  for (const [answered, status] of [
    [await post(url, "ListMediaAnalysisJobs", {}, { headers: { origin: ORIGIN } }), 200],
    [await post(url, "ListMediaAnalysisJobs", "no JSON", { headers: { origin: ORIGIN } }), 400],
    [await post(url, "Other", {}, { headers: { origin: ORIGIN } }), 400],
    [await post(url, "ListMediaAnalysisJobs", {}, bad), 400],
  ]) {
    assert.equal(answered.status, status);
    assert.equal(answered.headers.get("access-control-allow-origin"), "*");
    assert.equal(answered.headers.get("access-control-expose-headers"), EXPOSED);
  }
  const { headers } = await rawRequest(url, "/", {
    method: "POST",
    headers: naming("ListMediaAnalysisJobs"),
    body: "{}",
  });
  assert.deepEqual(allowing(headers), [], "who is no page is told nothing of pages");
});
