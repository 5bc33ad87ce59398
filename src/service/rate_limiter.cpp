// The cubic function of the rate, and the token bucket that enforces the rate.
#include "rate_limiter.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace rekognition_jobs {
namespace {

constexpr double beta = 0.7;  // what a throttle leaves of the rate
constexpr double cubic_scale = 0.4;
constexpr double smoothing = 0.8;  // weight of the newest measurement
constexpr double measure_seconds = 0.5;
constexpr double least_rate = 0.5;  // requests a second
constexpr double least_capacity = 1;
constexpr double most_over_measured = 2;  // the rate may be this many times what was measured

double seconds(Timestamp now) { return static_cast<double>(now) / static_cast<double>(milliseconds_per_second); }

}  // namespace

RateLimiter::Place::Place(RateLimiter& limiter, Timestamp now) : asked_at_(static_cast<double>(now)) {
  if (!limiter.is_limiting_) return;
  limiter_ = &limiter;
  limiter.refill(seconds(now));
  limiter.tokens_ -= 1;
  const double wait = std::max(0.0, -limiter.tokens_ / limiter.rate_) * static_cast<double>(milliseconds_per_second);
  ready_at_ = asked_at_ + wait;
  limiter.queue_.push_back(this);
}

RateLimiter::Place::~Place() {
  if (limiter_ != nullptr) limiter_->give_back(*this);
}

double RateLimiter::Place::wait(Timestamp now, double slept) {
  if (limiter_ == nullptr) return 0;
  const auto time = static_cast<double>(now);
  ready_at_ -= std::max(0.0, asked_at_ + slept - time);
  asked_at_ = time;
  return std::max(0.0, ready_at_ - time);
}

void RateLimiter::Place::use() {
  if (limiter_ == nullptr) return;
  auto& queue = std::exchange(limiter_, nullptr)->queue_;
  queue.erase(std::find(queue.begin(), queue.end(), this));
}

/// The last one's turn is what becomes free.
void RateLimiter::give_back(const Place& place) {
  auto behind = queue_.erase(std::find(queue_.begin(), queue_.end(), &place));
  for (double turn = place.ready_at_; behind != queue_.end(); ++behind)
    turn = std::exchange((*behind)->ready_at_, turn);
  tokens_ = std::min(tokens_ + 1, capacity_);
}

void RateLimiter::answered(bool is_throttled, Timestamp timestamp) {
  const double now = seconds(timestamp);
  measure(now);
  double rate = 0;
  if (is_throttled) {
    const double measured = measured_rate_ > 0 ? measured_rate_ : bucket_count_ / measure_seconds;
    const double rate_now = is_limiting_ ? std::min(measured, rate_) : measured;
    rate_before_throttle_ = rate_now;
    throttled_at_ = now;
    rate = rate_now * beta;
    if (!is_limiting_) {
      is_limiting_ = true;
      refilled_at_ = now;
    }
  } else {
    if (!is_limiting_) return;
    const double window = std::cbrt(rate_before_throttle_ * (1 - beta) / cubic_scale);
    const double since = now - throttled_at_ - window;
    rate = cubic_scale * since * since * since + rate_before_throttle_;
  }
  refill(now);
  const double most = measured_rate_ > 0 ? most_over_measured * measured_rate_ : rate;
  rate_ = std::max(std::min(rate, most), least_rate);
  capacity_ = std::max(rate_, least_capacity);
  tokens_ = std::min(tokens_, capacity_);
}

void RateLimiter::measure(double now) {
  const double bucket = std::floor(now / measure_seconds) * measure_seconds;
  if (bucket_start_ == 0) bucket_start_ = bucket;
  ++bucket_count_;
  if (bucket <= bucket_start_) return;
  const double rate = bucket_count_ / (bucket - bucket_start_);
  measured_rate_ = measured_rate_ == 0 ? rate : rate * smoothing + measured_rate_ * (1 - smoothing);
  bucket_count_ = 0;
  bucket_start_ = bucket;
}

void RateLimiter::refill(double now) {
  tokens_ = std::min(capacity_, tokens_ + std::max(0.0, now - refilled_at_) * rate_);
  refilled_at_ = now;
}

}  // namespace rekognition_jobs
