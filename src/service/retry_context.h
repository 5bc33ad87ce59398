// What all calls of one client share: how often to retry, and what was learnt from earlier responses.
#pragma once

#include <cstdint>

#include "service/clock_skew.h"
#include "service/rate_limiter.h"
#include "service/retry_policy.h"

namespace rekognition_jobs {

struct RetryContext {
  RetryContext(std::uint32_t seed, int attempts, bool renews_credentials)
      : retry_policy(seed), max_attempts(attempts), can_renew_credentials(renews_credentials) {}

  RetryPolicy retry_policy;
  RateLimiter rate_limiter;
  ClockSkew clock_skew;
  int max_attempts;            ///< at least 1
  bool can_renew_credentials;  ///< they come from a provider that can be asked again
};

}  // namespace rekognition_jobs
