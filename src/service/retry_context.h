// What all calls of one peer share: how often to retry, and what was learnt from its earlier responses.
#pragma once

#include <cstdint>

#include "clock_skew.h"
#include "rate_limiter.h"
#include "retry_policy.h"

namespace rekognition_jobs {

/// What the caller chose, for every peer.
struct RetryOptions {
  int max_attempts = 3;                ///< at least 1
  bool can_renew_credentials = false;  ///< they come from a provider that can be asked again
  double max_retry_after = 60'000;     ///< milliseconds that a server may ask to wait
};

struct RetryContext {
  RetryContext(std::uint32_t seed, const RetryOptions& chosen) : options(chosen), retry_policy(seed) {}

  RetryOptions options;
  RetryPolicy retry_policy;
  RateLimiter rate_limiter;
  ClockSkew clock_skew;

  /// Whether it is as at the start: nothing was learnt, nothing is taken.
  [[nodiscard]] bool is_at_rest() const {
    return rate_limiter.is_unlimited() && retry_policy.is_full() && clock_skew.offset() == 0;
  }
};

}  // namespace rekognition_jobs
