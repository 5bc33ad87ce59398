// Backoff, jitter, the service's own hints, and the quota.
#include "retry_policy.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

#include "../base/ascii.h"

namespace rekognition_jobs {
namespace {

constexpr double longest_backoff = 20'000;     // milliseconds
constexpr double longest_hint_beyond = 5'000;  // milliseconds a hint may add to the back-off
constexpr double longest_meant = 1e15;         // milliseconds; any number of digits may come
constexpr double transient_base = 50;          // milliseconds
constexpr double throttling_base = 1'000;      // milliseconds
constexpr double transient_cost = 14;
constexpr double throttling_cost = 5;
constexpr double refill_without_retry = 1;

std::optional<double> decimal(const std::string& text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), ascii::is_digit)) return std::nullopt;
  return std::strtod(text.c_str(), nullptr);
}

}  // namespace

AskedWait wait_asked_for(const HttpResponse& response, Timestamp now) {
  constexpr double whole = std::numeric_limits<double>::infinity();
  if (const auto hint = decimal(response.amz_retry_after)) return {std::min(*hint, longest_meant), longest_hint_beyond};
  if (const auto seconds = decimal(response.retry_after)) {
    return {std::min(*seconds * milliseconds_per_second, longest_meant), whole};
  }
  if (const auto date = parse_http_date(response.retry_after)) {
    return {static_cast<double>(*date - parse_http_date(response.date).value_or(now)), whole};
  }
  return {};
}

std::optional<double> RetryPolicy::wait_before_retry(const ServiceError& error, int attempts,
                                                     const HttpResponse* response, Timestamp now) {
  if (error.retryable == Retryable::no) return std::nullopt;
  const bool is_throttling = error.retryable == Retryable::throttling;
  const double cost = is_throttling ? throttling_cost : transient_cost;
  if (cost > quota_) return std::nullopt;
  quota_ -= cost;
  last_draw_ = cost;

  const double base = is_throttling ? throttling_base : transient_base;
  const double ceiling = std::min(base * std::exp2(attempts - 1), longest_backoff);
  const double share = static_cast<double>(random_()) / static_cast<double>(std::mt19937::max());
  const double wait = share * ceiling;
  const AskedWait asked = response == nullptr ? AskedWait{} : wait_asked_for(*response, now);
  return std::clamp(asked.milliseconds, wait, wait + asked.most_beyond);
}

void RetryPolicy::succeeded(double drawn) {
  quota_ = std::min(capacity, quota_ + (drawn > 0 ? drawn : refill_without_retry));
}

}  // namespace rekognition_jobs
