// A sending rate that is unlimited until the service throttles, and then adapts to what the service accepts.
#pragma once

#include <vector>

#include "../base/timestamp.h"

namespace rekognition_jobs {

/// A token bucket whose rate falls with each throttled answer and grows again along a cubic curve (the SDKs' adaptive
/// retry mode, after TCP CUBIC, RFC 9438). Times are milliseconds.
class RateLimiter {
 public:
  /// A place in the queue of those that wait for leave to send one request. Where it ends unused, those behind it move
  /// up and nothing was taken.
  class Place {
   public:
    /// Takes the last place.
    Place(RateLimiter& limiter, Timestamp now);
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place();

    /// Milliseconds until its turn, 0 while nothing was ever throttled. It may become shorter. `slept` is what was
    /// waited since the last question, which counts also where the clock says less: it may have been set back.
    [[nodiscard]] double wait(Timestamp now, double slept = 0);

    /// The request is sent.
    void use();

   private:
    friend RateLimiter;

    RateLimiter* limiter_ = nullptr;  ///< none when nothing was taken, or what was taken is used
    double ready_at_ = 0;             ///< milliseconds
    double asked_at_ = 0;
  };

  RateLimiter() = default;
  RateLimiter(const RateLimiter&) = delete;
  RateLimiter& operator=(const RateLimiter&) = delete;

  /// Whether nothing was ever throttled.
  [[nodiscard]] bool is_unlimited() const { return !is_limiting_; }

  /// The service answered, and asked for less traffic or did not.
  void answered(bool is_throttled, Timestamp timestamp);

 private:
  void measure(double now);
  void refill(double now);
  void give_back(const Place& place);

  bool is_limiting_ = false;
  double rate_ = 0;            ///< requests a second that are let through
  double capacity_ = 0;        ///< requests that may go at once
  double tokens_ = 0;          ///< less than 0: promised ahead
  std::vector<Place*> queue_;  ///< those with a token, or with the promise of one, in the order of their turns
  double refilled_at_ = 0;     ///< seconds, as all times below
  double measured_rate_ = 0;   ///< requests a second that were answered, smoothed
  double bucket_start_ = 0;
  double bucket_count_ = 0;
  double rate_before_throttle_ = 0;
  double throttled_at_ = 0;
};

}  // namespace rekognition_jobs
