// Errors, waits, quota, rates and clock, held to what the AWS SDK says and to the documents its constants come from.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>

#include "sdk_oracle.h"
#include "service/clock_skew.h"
#include "service/error_classification.h"
#include "service/rate_limiter.h"
#include "service/retry_policy.h"
#include "service_support.h"

namespace rekognition_jobs {
namespace {

using test::start_time;

/// The share of the longest wait that a policy of this seed takes first.
double first_share(std::uint32_t seed) {
  std::mt19937 random(seed);
  return static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
}

/// The wait for a request that is sent in the end.
double wait_for(RateLimiter& limiter, Timestamp now) {
  RateLimiter::Place place(limiter, now);
  const double wait = place.wait(now);
  place.use();
  return wait;
}

ServiceError error_of(Retryable kind) { return {.retryable = kind}; }

TEST_CASE("each name and status is retried as the SDK would") {
  for (const sdk::Verdict& verdict : sdk::verdicts) {
    CAPTURE(std::string(verdict.name));
    CAPTURE(verdict.status);
    CHECK(retryable_of(verdict.name, verdict.status) == verdict.retryable);
  }
}

TEST_CASE("three names tell an error that passes whatever the status: two of the service, and a lost connection") {
  for (const std::string_view name : {"InternalServerError", "InternalFailure", "NetworkError"}) {
    CHECK(retryable_of(name, 400) == Retryable::transient);
    CHECK(retryable_of(name, 0) == Retryable::transient);
    CHECK(retryable_of(name, 429) == Retryable::throttling);
  }
}

TEST_CASE("a name that is almost a listed one is another name") {
  const auto is_listed = [](std::string_view name) {
    return std::any_of(std::begin(sdk::clock_names), std::end(sdk::clock_names),
                       [&](const auto& entry) { return entry.name == name; });
  };
  for (const sdk::ClockName& entry : sdk::clock_names) {
    const std::string name(entry.name);
    for (const std::string& other : {name + "x", name.substr(1), name.substr(0, name.size() - 1)}) {
      if (is_listed(other)) continue;
      CAPTURE(other);
      CHECK(retryable_of(other, 400) == Retryable::no);
      CHECK(!may_be_clock_skew(other));
      CHECK(!may_be_expired_credentials(other, true));
    }
  }
}

TEST_CASE("no name, and no status, are on no list") {
  for (const int status : {0, 1, 400}) CHECK(retryable_of("", status) == Retryable::no);
  CHECK(retryable_of("UnknownError", 0) == Retryable::no);
  CHECK(!may_be_clock_skew(""));
  CHECK(!may_be_expired_credentials("", true));
  CHECK(!may_be_expired_credentials("", false));
}

TEST_CASE("a wrong clock may be behind the names that the SDK says") {
  for (const sdk::ClockName& entry : sdk::clock_names) {
    const std::string name(entry.name);
    CAPTURE(name);
    CHECK(may_be_clock_skew(name) == entry.may_be_clock_skew);
  }
}

TEST_CASE("expired credentials are told by three names, and by a fourth for temporary ones") {
  constexpr std::array expired{"ExpiredToken", "ExpiredTokenException", "RequestExpired"};
  for (const sdk::ClockName& entry : sdk::clock_names) {
    const std::string name(entry.name);
    CAPTURE(name);
    const bool is_expired = std::count(expired.begin(), expired.end(), name) != 0;
    CHECK(may_be_expired_credentials(name, false) == is_expired);
    CHECK(may_be_expired_credentials(name, true) == (is_expired || name == "UnrecognizedClientException"));
  }
  CHECK(may_be_expired_credentials("UnrecognizedClientException", true));
}

TEST_CASE("waits are shares of the SDK's longest ones, and hints are followed as far as it follows them") {
  for (std::uint32_t seed = 0; seed < 8; ++seed) {
    for (const sdk::RetryWait& row : sdk::retry_waits) {
      CAPTURE(seed);
      CAPTURE(row.attempts);
      const auto wait = [&](const HttpResponse* response) {
        return RetryPolicy(seed).wait_before_retry(error_of(row.kind), row.attempts, response, start_time).value();
      };
      const double shortest = wait(nullptr);
      CHECK(shortest == doctest::Approx(first_share(seed) * row.longest).epsilon(1e-12));
      const HttpResponse far{.amz_retry_after = "1000000000"};
      CHECK(wait(&far) - shortest == doctest::Approx(row.most_hinted).epsilon(1e-9));
      CHECK(row.longest_hinted - row.longest == row.most_hinted);
      const HttpResponse none{.amz_retry_after = "0"};
      CHECK(wait(&none) == shortest);
      const HttpResponse hint{.amz_retry_after = "3000"};
      CHECK(wait(&hint) == std::clamp(row.hinted, shortest, shortest + row.most_hinted));
    }
  }
}

TEST_CASE("the quota grants and refuses retries as the SDK's does") {
  RetryPolicy policy(1);
  double last_draw = 0;
  for (const sdk::QuotaStep& step : sdk::quota_steps) {
    if (step.kind == 's') {
      policy.succeeded(last_draw);
    } else if (step.kind == 'f') {
      policy.succeeded(0);
    } else {
      const auto error = error_of(step.kind == 't' ? Retryable::transient : Retryable::throttling);
      const auto wait = policy.wait_before_retry(error, 1, nullptr, start_time);
      CHECK(wait.has_value() == step.is_granted);
      if (wait) last_draw = policy.last_draw();
    }
  }
}

TEST_CASE("the quota starts full, and no success fills it further") {
  const auto granted = [](RetryPolicy policy) {
    int count = 0;
    while (policy.wait_before_retry(error_of(Retryable::throttling), 1, nullptr, start_time)) ++count;
    return count;
  };
  RetryPolicy policy(1);
  const int whole = granted(policy);
  CHECK(whole * 5 == sdk::quota_capacity);
  for (int i = 0; i < 100; ++i) policy.succeeded(14);
  CHECK(granted(policy) == whole);
  CHECK(!policy.wait_before_retry(error_of(Retryable::no), 1, nullptr, start_time));
  CHECK(granted(policy) == whole);
}

TEST_CASE("the rate follows throttling and success as the SDK's rate limiter does") {
  RateLimiter limiter;
  for (const sdk::RateStep& step : sdk::rate_steps) {
    CAPTURE(step.at);
    limiter.answered(step.is_throttled, start_time + step.at);
    CHECK(wait_for(limiter, start_time + step.at) == doctest::Approx(step.wait).epsilon(1e-5).scale(1));
  }
  CHECK(!limiter.is_unlimited());
}

TEST_CASE("nothing is limited before the first throttling, and a first one alone is taken for its own rate") {
  RateLimiter limiter;
  CHECK(limiter.is_unlimited());
  for (int i = 0; i < 100; ++i) {
    CHECK(wait_for(limiter, start_time) == 0);
    limiter.answered(false, start_time + i * 10);
  }
  CHECK(limiter.is_unlimited());
  RateLimiter throttled;
  throttled.answered(true, start_time);
  CHECK(!throttled.is_unlimited());
  // One answer in a bucket of half a second is 2 a second, of which a throttling leaves 0.7.
  CHECK(wait_for(throttled, start_time) == doctest::Approx(1'000 / (2 * 0.7)));
  CHECK(wait_for(throttled, start_time) == doctest::Approx(2'000 / (2 * 0.7)));
}

TEST_CASE("a clock is wrong by as much as the SDK says, unless the answer was long under way or out of a cache") {
  for (const sdk::ClockStep& step : sdk::clock_steps) {
    CAPTURE(std::string(step.date));
    CAPTURE(step.took);
    ClockSkew clock;
    const HttpResponse response{.status = 403, .date = std::string(step.date), .is_from_cache = step.is_from_cache};
    CHECK(clock.learn(response, start_time - step.took, start_time) == step.is_wrong);
    CHECK(clock.offset() == (step.is_wrong ? *parse_http_date(step.date) - start_time : 0));
  }
}

TEST_CASE("a clock that was corrected is right until it is off again") {
  const auto told = [](const char* time) {
    return HttpResponse{.status = 200, .date = std::string("Tue, 24 Nov 2026 ") + time + " GMT"};
  };
  ClockSkew clock;
  CHECK(clock.learn(told("09:40:00"), start_time, start_time));
  CHECK(!clock.learn(told("09:40:00"), start_time, start_time));
  CHECK(!clock.learn(told("09:43:59"), start_time, start_time));
  CHECK(clock.offset() == 600'000);
  CHECK(clock.learn(told("09:44:00"), start_time, start_time));
  CHECK(clock.offset() == 840'000);
  CHECK(clock.learn(told("09:30:00"), start_time, start_time));
  CHECK(clock.offset() == 0);
}

}  // namespace
}  // namespace rekognition_jobs
