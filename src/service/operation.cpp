// Computes the next step of a call from what happened.
#include "operation.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "../json/json_writer.h"
#include "error_classification.h"
#include "error_response.h"

namespace rekognition_jobs {
namespace {

constexpr double longest_pause = 500;  // milliseconds

}  // namespace

Step Operation::send(Timestamp now) {
  if (!place_) place_.emplace(client_.rate_limiter, now);
  if (const double wait = place_->wait(now, std::exchange(pause_, 0)); wait > 0) {
    pause_ = std::min(wait, longest_pause);
    return Wait{wait, pause_};
  }
  ++attempts_;
  sent_at_ = now;
  sent_offset_ = client_.clock_skew.offset();
  return Send{sent_offset_, std::exchange(renews_credentials_, false)};
}

void Operation::sends(Signature signature) {
  signature_ = signature;
  went_out();
}

void Operation::went_out() {
  if (place_) place_->use();
  place_.reset();
}

Step Operation::responded(HttpResponse response, Timestamp now) {
  went_out();
  client_.clock_skew.learn(response, sent_at_, now);
  const bool clock_was_wrong = client_.clock_skew.offset() != sent_offset_;  // this answer or another call's told
  if (!response.is_success()) return refused(response, clock_was_wrong, now);
  client_.rate_limiter.answered(/*is_throttled=*/false, now);
  client_.retry_policy.succeeded(std::exchange(open_draw_, 0));
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
  if (are_credentials_expired && client_.options.can_renew_credentials &&
      !std::exchange(has_renewed_credentials_, true)) {
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
  place_.reset();
  open_draw_ = 0;
  error.attempts = attempts_;
  if (attempts_ >= client_.options.max_attempts + extra_attempts_ || error.retryable == Retryable::no) return error;
  const Timestamp service_now = now + client_.clock_skew.offset();
  if (response != nullptr && asks_for_too_much(*response, service_now, error.message)) return error;
  const auto wait = client_.retry_policy.wait_before_retry(error, attempts_ - extra_attempts_, response, service_now);
  if (!wait) return error;
  open_draw_ = client_.retry_policy.last_draw();
  return Wait{*wait, *wait};
}

bool Operation::asks_for_too_much(const HttpResponse& response, Timestamp service_now, std::string& message) const {
  const AskedWait asked = wait_asked_for(response, service_now);
  const double most = client_.options.max_retry_after;
  if (std::min(asked.milliseconds, asked.most_beyond) <= most) return false;
  message.append("; the server asked for a wait of ");
  append_json_number(message, std::ceil(asked.milliseconds / milliseconds_per_second));
  message.append(" s, more than maxRetryAfter (");
  append_json_number(message, most / milliseconds_per_second);
  message.append(" s)");
  return true;
}

}  // namespace rekognition_jobs
