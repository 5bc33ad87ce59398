// When to retry and how long to wait first: the SDKs' standard mode, shared by all calls of one client.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>

#include "../base/timestamp.h"
#include "http_response.h"
#include "service_error.h"

namespace rekognition_jobs {

/// Waits are exponential with full jitter. A quota that every retry draws on and every success refills keeps a client
/// from hammering a service that is down. Constants: the SDKs' standard retry mode of 2026.
class RetryPolicy {
 public:
  explicit RetryPolicy(std::uint32_t seed) : random_(seed) {}

  /// Milliseconds to wait before attempt number `attempts` + 1, after `error`; `response` is what told it, if anything
  /// did, and came `now` by the service's clock. Nothing when the error is final or the quota is used up.
  /// X-Amz-Retry-After is followed as the SDKs do, Retry-After as it stands.
  [[nodiscard]] std::optional<double> wait_before_retry(const ServiceError& error, int attempts,
                                                        const HttpResponse* response, Timestamp now);

  /// An attempt was answered: gives back what the call's last retry drew.
  void succeeded(double drawn);

  /// A retry that was granted came to nothing: the call ended before it was answered.
  void give_back(double drawn) { quota_ = std::min(capacity, quota_ + drawn); }

  /// Whether the quota is as it was at the start.
  [[nodiscard]] bool is_full() const { return quota_ == capacity; }

  /// What the last granted retry drew on the quota.
  [[nodiscard]] double last_draw() const { return last_draw_; }

 private:
  static constexpr double capacity = 500;

  std::mt19937 random_;
  double quota_ = capacity;
  double last_draw_ = 0;
};

/// What an answer asks to wait; 0 when it asks for nothing.
struct AskedWait {
  double milliseconds = 0;
  double most_beyond = 0;  ///< milliseconds that are granted beyond our own wait
};

/// By X-Amz-Retry-After, which the SDKs follow for five seconds beyond their own wait, or else by Retry-After, in
/// seconds or by a date, which is granted as it stands. `now` is by the service's clock.
[[nodiscard]] AskedWait wait_asked_for(const HttpResponse& response, Timestamp now);

}  // namespace rekognition_jobs
