// Computes the next step of a call from what happened.
#include "service/operation.h"

#include <cmath>
#include <utility>

#include "service/error_classification.h"
#include "service/error_response.h"

namespace rekognition_jobs {
Step Operation::send(Timestamp now) {
  const double wait = std::exchange(has_permit_, true) ? 0 : client_.rate_limiter.acquire(now);
  if (wait > 0) return Wait{wait};
  has_permit_ = false;
  ++attempts_;
  sent_at_ = now;
  sent_offset_ = client_.clock_skew.offset();
  return Send{sent_offset_, std::exchange(renews_credentials_, false)};
}

Step Operation::responded(HttpResponse response, Timestamp now) {
  client_.clock_skew.learn(response, sent_at_, now);
  const bool clock_was_wrong = client_.clock_skew.offset() != sent_offset_;  // this answer or another call's told
  if (!response.is_success()) return refused(response, clock_was_wrong, now);
  client_.rate_limiter.answered(/*is_throttled=*/false, now);
  client_.retry_policy.succeeded(retry_cost_);
  return Answered{std::move(response)};
}

Step Operation::refused(const HttpResponse& response, bool clock_was_wrong, Timestamp now) {
  ServiceError error = read_error(response);
  client_.rate_limiter.answered(error.retryable == Retryable::throttling, now);
  const bool may_be_our_clock = clock_was_wrong && signature_ != Signature::none && may_be_clock_skew(error.name);
  if (may_be_our_clock && !std::exchange(has_corrected_clock_, true)) {
    ++extra_attempts_;
    return send(now);
  }
  const bool are_credentials_expired = may_be_expired_credentials(error.name, signature_ == Signature::session);
  if (are_credentials_expired && client_.can_renew_credentials && !std::exchange(has_renewed_credentials_, true)) {
    ++extra_attempts_;
    renews_credentials_ = true;
    return send(now);
  }
  return failed(std::move(error), &response, now);
}

Step Operation::lost_connection(std::string message, Timestamp now) {
  return failed(
      {.name = std::string(error_name::network), .message = std::move(message), .retryable = Retryable::transient},
      nullptr, now);
}

Step Operation::timed_out(double limit_milliseconds, Timestamp now) {
  return failed({.name = std::string(error_name::timeout),
                 .message = "no answer within " + std::to_string(std::llround(limit_milliseconds)) + " ms",
                 .retryable = Retryable::transient},
                nullptr, now);
}

Step Operation::failed(ServiceError error, const HttpResponse* response, Timestamp now) {
  error.attempts = attempts_;
  if (attempts_ >= client_.max_attempts + extra_attempts_) return error;
  const auto wait = client_.retry_policy.wait_before_retry(error, attempts_ - extra_attempts_, response, now);
  if (!wait) return error;
  retry_cost_ = client_.retry_policy.last_draw();
  has_permit_ = false;
  return Wait{*wait};
}

}  // namespace rekognition_jobs
