// Writes tests/unit/service/sdk_oracle.h: what the AWS SDK for JavaScript says of errors, waits, quotas and rates, for the unit
// tests to hold the core to. `node tests/sdk_oracle.js --write` after an update of the SDK; a test fails when it is stale.

import { readFileSync, writeFileSync } from "node:fs";
import {
  DefaultRateLimiter,
  INITIAL_RETRY_TOKENS,
  StandardRetryStrategy,
  isClockSkewError,
  isServerError,
  isThrottlingError,
  isTransientError,
} from "@smithy/core/retry";
import { AwsSdkSigV4Signer } from "@aws-sdk/core/httpAuthSchemes";
import * as rekognition from "@aws-sdk/client-rekognition";

const OUT = new URL("unit/service/sdk_oracle.h", import.meta.url);
const DOCUMENT = JSON.parse(readFileSync(new URL("data/retry.json", import.meta.url), "utf8"));
const NOW = Date.UTC(2026, 10, 24, 9, 30);

/** Every name that a list of the SDK, of AWS's documents or of our own has, and every exception of the service. */
export function errorNames() {
  const lists = [
    new URL(
      "../node_modules/@smithy/core/dist-es/submodules/retry/service-error-classification/constants.js",
      import.meta.url,
    ),
    new URL("../src/service/error_classification.cpp", import.meta.url),
  ];
  const listed = lists.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/"([A-Z]\w+)"/g)].map(([, name]) => name),
  );
  const documented = [
    ...DOCUMENT.throttlingCodes,
    ...DOCUMENT.transientCodes.js,
    ...DOCUMENT.clockSkew.listedCodes,
    ...DOCUMENT.expiredCredentialCodes_goV1,
  ];
  const ofTheService = Object.keys(rekognition).filter((name) => /(Exception|Error)$/.test(name));
  return [...new Set([...listed, ...documented, ...ofTheService, "UnknownError"])].sort();
}

export const STATUSES = [400, 403, 404, 413, 429, 499, 500, 501, 502, 503, 504, 505, 599];

/** As the SDK's retry middleware tells what kind of error one is. */
export function verdictOf(name, httpStatusCode) {
  const error = { name, $metadata: { httpStatusCode } };
  if (isThrottlingError(error)) return "throttling";
  if (isTransientError(error)) return "transient";
  if (isServerError(error)) return "no"; // SERVER_ERROR, which its standard strategy does not try again
  return "no";
}

/** Runs `work` with the clock, the dice and the timers in hand; `waits` are the timers that were set. */
async function withWorld(work) {
  const { now } = Date;
  const { random } = Math;
  const { setTimeout } = globalThis;
  const world = { now: NOW, random: 1, waits: [] };
  Date.now = () => world.now;
  Math.random = () => world.random;
  globalThis.setTimeout = (run, milliseconds) => {
    world.waits.push(milliseconds);
    queueMicrotask(run);
  };
  try {
    return await work(world);
  } finally {
    Date.now = now;
    Math.random = random;
    globalThis.setTimeout = setTimeout;
  }
}

/** The longest wait before each retry, and what a hint makes of the shortest and the longest. */
const waits = () =>
  withWorld(async (world) => {
    const rows = [];
    for (const errorType of ["TRANSIENT", "THROTTLING"]) {
      for (let attempts = 1; attempts <= 12; attempts++) {
        const wait = async (random, hint) => {
          world.random = random;
          const strategy = new StandardRetryStrategy(100);
          const token = { getRetryCount: () => attempts - 1 };
          const retryAfterHint = hint === undefined ? undefined : new Date(world.now + hint);
          const next = await strategy.refreshRetryTokenForRetry(token, { errorType, retryAfterHint });
          return next.$retryLog.acquisitionDelay;
        };
        rows.push([
          `Retryable::${errorType.toLowerCase()}`,
          attempts,
          await wait(1),
          await wait(0, 3_000),
          await wait(0, 1e9),
          await wait(1, 1e9),
          await wait(1, 0),
        ]);
      }
    }
    return rows;
  });

/** Retries and successes in turn, and what is left of the quota after each. */
const quota = () =>
  withWorld(async () => {
    const strategy = new StandardRetryStrategy(1_000);
    const first = await strategy.acquireInitialRetryToken("");
    const rows = [];
    let token = first;
    let seed = 7;
    for (let i = 0; i < 160; i++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      const kind = i < 40 ? "TRANSIENT" : ["TRANSIENT", "THROTTLING", "SUCCESS", "FIRST SUCCESS"][(seed >> 16) % 4];
      if (kind.endsWith("SUCCESS")) {
        strategy.recordSuccess(kind === "SUCCESS" ? token : first);
        rows.push([kind === "SUCCESS" ? "'s'" : "'f'", "true", strategy.getCapacity()]);
        continue;
      }
      const next = await strategy.refreshRetryTokenForRetry(first, { errorType: kind }).catch(() => undefined);
      token = next ?? token;
      rows.push([kind === "TRANSIENT" ? "'t'" : "'h'", String(next !== undefined), strategy.getCapacity()]);
    }
    return rows;
  });

/**
 * Answers at times, throttled or not, and how long one more request would then wait. It begins with a minute of
 * steady traffic: the SDK's measured rate starts from 0 and ours from the first measurement, which is forgotten by
 * then. Tokens that the SDK saves up while it limits nothing are taken away, since ours begins without any.
 */
const rates = () =>
  withWorld(async (world) => {
    const limiter = new DefaultRateLimiter();
    DefaultRateLimiter.setTimeoutFn = (run, milliseconds) => {
      world.waits.push(milliseconds);
      world.now += milliseconds + 1e-3; // or the SDK might ask again for a fraction that is less than a number can tell
      run();
    };
    const start = world.now;
    const rows = [];
    let seed = 11;
    const next = (bound) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return (seed >> 8) % bound;
    };
    let throttledAt = 0;
    for (let i = 0; i < 400; i++) {
      const phase = i < 240 ? 250 : [40, 120, 900, 3_000][(i >> 4) % 4];
      world.now = Math.ceil(world.now) + (i < 240 ? phase : 1 + next(phase));
      const isThrottled = i >= 240 && (i === 240 || next(9) === 0);
      if (isThrottled && !limiter.enabled) limiter.availableTokens = 0;
      limiter.updateClientSendingRate(isThrottled ? { errorType: "THROTTLING" } : {});
      if (isThrottled && throttledAt++ === 0) limiter.availableTokens = 0;
      const answeredAt = world.now;
      world.waits.length = 0;
      await limiter.getSendToken();
      rows.push([answeredAt - start, isThrottled, (world.waits[0] ?? 0).toFixed(6)]);
    }
    return rows;
  });

/** Whether the SDK takes a clock that is so many milliseconds off for wrong, after a request that took so long. */
const skews = () =>
  withWorld(async (world) => {
    const rows = [];
    for (const [off, took, isFromCache] of [
      [239_000, 0],
      [240_000, 0],
      [241_000, 0],
      [-239_000, 0],
      [-240_000, 0],
      [-241_000, 0],
      [3_600_000, 0],
      [600_000, 899_000],
      [600_000, 900_000],
      [600_000, 901_000],
      [600_000, 0, true],
    ]) {
      const properties = {
        config: { systemClockOffset: 0 },
        _requestSentAt: world.now - took,
        _preRequestSystemClockOffset: 0,
      };
      const date = new Date(world.now + off).toUTCString();
      const $response = new (await import("@smithy/core/protocols")).HttpResponse({
        statusCode: 403,
        headers: { date, ...(isFromCache && { age: "1" }) },
      });
      const error = { $response, $metadata: {} };
      try {
        new AwsSdkSigV4Signer().errorHandler(properties)(error);
      } catch {}
      rows.push([`"${date}"`, took, Boolean(isFromCache), Boolean(error.$metadata.clockSkewCorrected)]);
    }
    return rows;
  });

const table = (type, name, rows) =>
  `inline constexpr ${type} ${name}[]{\n${rows.map((row) => `    {${row.join(", ")}},`).join("\n")}\n};\n`;

/** The header's text. */
export async function oracle() {
  const names = errorNames().filter((name) => !OWN_TRANSIENT_NAMES.includes(name));
  const classified = names.flatMap((name) =>
    STATUSES.map((status) => [`"${name}"`, status, `Retryable::${verdictOf(name, status)}`]),
  );
  return `// Made by tests/sdk_oracle.js: what the AWS SDK for JavaScript says, for tests to hold the core to. Do not edit.
#pragma once

#include <cstdint>
#include <string_view>

#include "service/service_error.h"

// clang-format off
namespace rekognition_jobs::sdk {

struct Verdict {
  std::string_view name;
  int status;
  Retryable retryable;
};
${table("Verdict", "verdicts", classified)}
struct ClockName {
  std::string_view name;
  bool may_be_clock_skew;
};
${table(
  "ClockName",
  "clock_names",
  errorNames().map((name) => [`"${name}"`, isClockSkewError({ name })]),
)}
/// The longest wait before a retry; and waits with hints: of 3 s for the shortest, of far too long for the shortest and
/// the longest, and of none for the longest.
struct RetryWait {
  Retryable kind;
  int attempts;
  double longest, hinted, most_hinted, longest_hinted, least_hinted;
};
${table("RetryWait", "retry_waits", await waits())}
inline constexpr double quota_capacity = ${INITIAL_RETRY_TOKENS};

/// 't'ransient and t'h'rottling errors, 's'uccess of the last retry, and of a 'f'irst attempt.
struct QuotaStep {
  char kind;
  bool is_granted;
  double capacity;
};
${table("QuotaStep", "quota_steps", await quota())}
/// An answer so many milliseconds after the start, and the wait of the request after it.
struct RateStep {
  std::int64_t at;
  bool is_throttled;
  double wait;
};
${table("RateStep", "rate_steps", await rates())}
struct ClockStep {
  std::string_view date;
  std::int64_t took;
  bool is_from_cache;
  bool is_wrong;
};
${table("ClockStep", "clock_steps", await skews())}
}  // namespace rekognition_jobs::sdk
// clang-format on
`;
}

/** Names that are transient here whatever the status: the service's own, that of all AWS APIs, and ours for a lost connection. */
export const OWN_TRANSIENT_NAMES = ["InternalServerError", "InternalFailure", "NetworkError"];

if (process.argv[2] === "--write") writeFileSync(OUT, await oracle());
