// The AWS SDK's own functions, constants and endpoint rules as judge of ours, name by name and region by region.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { RekognitionClient } from "@aws-sdk/client-rekognition";
import { partition } from "@aws-sdk/core/client";
import {
  DEFAULT_MAX_ATTEMPTS,
  INITIAL_RETRY_TOKENS,
  MAXIMUM_RETRY_DELAY,
  NO_RETRY_INCREMENT,
  Retry,
  DefaultRateLimiter,
  isClockSkewError,
  isThrottlingError,
  isTransientError,
} from "@smithy/core/retry";
import { createJobs, hostsOf } from "rekognition-jobs";
import { OWN_TRANSIENT_NAMES, STATUSES, errorNames, oracle, verdictOf } from "../../sdk_oracle.js";

const DOCUMENT = JSON.parse(readFileSync(new URL("../../data/retry.json", import.meta.url), "utf8"));
const SDK_PARTITIONS = new URL(
  "../../../node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js",
  import.meta.url,
);
const { partitions } = JSON.parse(/partitionsInfo = (\{[\s\S]*?\n\});/.exec(readFileSync(SDK_PARTITIONS, "utf8"))[1]);
const regions = partitions.flatMap(({ id, regions: ofIt }) =>
  Object.keys(ofIt)
    .filter((region) => !region.endsWith("-global"))
    .map((region) => ({ id, region })),
);
const VARIANTS = [false, true].flatMap((useFipsEndpoint) =>
  [false, true].map((useDualstackEndpoint) => ({ useFipsEndpoint, useDualstackEndpoint })),
);

test("what the unit tests are held to is what this SDK says", async () => {
  const kept = readFileSync(new URL("../../unit/service/sdk_oracle.h", import.meta.url), "utf8");
  assert.equal(kept, await oracle(), "run: node tests/sdk_oracle.js --write");
});

describe("the SDK agrees with the documents that our constants come from", () => {
  test("on names and statuses", () => {
    for (const name of DOCUMENT.throttlingCodes) assert.ok(isThrottlingError({ name }), name);
    for (const name of DOCUMENT.transientCodes.js) assert.ok(isTransientError({ name }), name);
    for (const name of DOCUMENT.clockSkew.listedCodes) assert.ok(isClockSkewError({ name }), name);
    const of = (verdict) => STATUSES.filter((status) => verdictOf("UnknownError", status) === verdict);
    assert.deepEqual(of("throttling"), DOCUMENT.throttlingStatus.js);
    assert.deepEqual(of("transient"), DOCUMENT.transientStatus);
    const all = errorNames();
    assert.ok(all.length > 40);
    const listed = (test) => all.filter((name) => test({ name }));
    assert.deepEqual(listed(isThrottlingError), [...DOCUMENT.throttlingCodes].sort());
    assert.deepEqual(listed(isClockSkewError), [...DOCUMENT.clockSkew.listedCodes].sort());
    assert.deepEqual(listed(isTransientError), [...DOCUMENT.transientCodes.js].sort());
    for (const name of OWN_TRANSIENT_NAMES) assert.ok(!isTransientError({ name }), name);
  });

  test("on waits, quota and rates", () => {
    const { standard, adaptive } = DOCUMENT;
    assert.equal(DEFAULT_MAX_ATTEMPTS, standard.maxAttempts);
    assert.equal(INITIAL_RETRY_TOKENS, standard.quotaCapacity);
    assert.equal(NO_RETRY_INCREMENT, standard.noRetryIncrement);
    assert.equal(MAXIMUM_RETRY_DELAY, standard.maxBackoffMs);
    assert.equal(Retry.delay(), standard.v2026.baseMs);
    assert.equal(Retry.throttlingDelay(), standard.v2026.throttleBaseMs);
    assert.equal(Retry.cost(), standard.v2026.retryCost);
    assert.equal(Retry.throttlingCost(), standard.v2026.throttlingCost);
    const { beta, scaleConstant, smooth, minFillRate, minCapacity } = new DefaultRateLimiter();
    assert.deepEqual(
      { beta, scaleConstant, smooth, minFillRate, minCapacity },
      {
        beta: adaptive.beta,
        scaleConstant: adaptive.scaleConstant,
        smooth: adaptive.smooth,
        minFillRate: adaptive.minFillRate,
        minCapacity: adaptive.minCapacity,
      },
    );
  });
});

test("a call makes as many attempts as the SDK's default", async () => {
  let asked = 0;
  const fetch = async () => {
    asked++;
    return new Response('{"__type":"InternalServerError"}', { status: 500 });
  };
  const jobs = await createJobs({ region: "us-east-1", fetch });
  await assert.rejects(jobs.listMediaAnalysisJobs(), { name: "InternalServerError" });
  jobs.close();
  assert.equal(asked, DEFAULT_MAX_ATTEMPTS);
});

describe("the service's host is the one that the SDK's endpoint rules give", () => {
  const client = new RekognitionClient({ region: "us-east-1" });
  const theirs = (Region, UseFIPS, UseDualStack) =>
    client.config.endpointProvider({ Region, UseFIPS, UseDualStack }).url.host;

  test("there are enough regions and partitions to judge by", () => {
    assert.ok(partitions.length >= 8);
    assert.ok(regions.length >= 40);
    for (const { id } of partitions)
      assert.ok(
        regions.some((region) => region.id === id),
        id,
      );
  });

  for (const { id, region } of regions) {
    test(`${region} of ${id}`, () => {
      assert.equal(partition(region).name, id);
      for (const { useFipsEndpoint, useDualstackEndpoint } of VARIANTS) {
        const ours = hostsOf({ region, useFipsEndpoint, useDualstackEndpoint }).service;
        assert.equal(ours, theirs(region, useFipsEndpoint, useDualstackEndpoint));
      }
    });
  }

  test("regions that no partition lists yet, by their form", () => {
    const forms = [
      "us",
      "eu",
      "ap",
      "sa",
      "ca",
      "me",
      "af",
      "il",
      "mx",
      "cn",
      "us-gov",
      "us-iso",
      "us-isob",
      "eu-isoe",
      "us-isof",
      "eusc-de",
      "eusc-fr",
      "us-isog",
      "xx",
    ];
    for (const form of forms) {
      for (const region of [`${form}-north-9`, `${form}-south-10`, `${form}-x-1`, `${form}-9`, form]) {
        for (const { useFipsEndpoint, useDualstackEndpoint } of VARIANTS) {
          const ours = hostsOf({ region, useFipsEndpoint, useDualstackEndpoint }).service;
          assert.equal(ours, theirs(region, useFipsEndpoint, useDualstackEndpoint), region);
        }
      }
    }
  });

  test("S3's and the identity pool's are in the same partition", () => {
    for (const { region } of regions) {
      const { dnsSuffix } = partition(region);
      const { s3, identityPool } = hostsOf({ region, identityPoolId: `${region}:1` });
      assert.equal(s3, `*.s3.${region}.${dnsSuffix}`);
      assert.equal(identityPool, `cognito-identity.${region}.${dnsSuffix}`);
    }
  });
});
