// A sending rate that is unlimited until the service throttles, and then adapts to what the service accepts.
#pragma once

#include "base/timestamp.h"

namespace rekognition_jobs {

/// A token bucket whose rate falls with each throttled answer and grows again along a cubic curve (the SDKs' adaptive
/// retry mode, after TCP CUBIC, RFC 9438). Times are milliseconds by any clock that does not run backwards by itself.
class RateLimiter {
 public:
  /// Takes leave for one request; milliseconds to wait before it is sent, 0 while nothing was ever throttled.
  [[nodiscard]] double acquire(Timestamp now);

  /// Whether nothing was ever throttled.
  [[nodiscard]] bool is_unlimited() const { return !is_limiting_; }

  /// The service answered, and asked for less traffic or did not.
  void answered(bool is_throttled, Timestamp timestamp);

 private:
  void measure(double now);
  void refill(double now);

  bool is_limiting_ = false;
  double rate_ = 0;           ///< requests a second that are let through
  double capacity_ = 0;       ///< requests that may go at once
  double tokens_ = 0;         ///< less than 0: promised ahead
  double refilled_at_ = 0;    ///< seconds, as all times below
  double measured_rate_ = 0;  ///< requests a second that were answered, smoothed
  double bucket_start_ = 0;
  double bucket_count_ = 0;
  double rate_before_throttle_ = 0;
  double throttled_at_ = 0;
};

}  // namespace rekognition_jobs
