// From what happened to the next step of a call.
#include "service/call.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "service/error_response.h"

namespace rekognition_jobs {
namespace {

/// Refusals that a wrong clock may be the reason of (the SDKs' lists).
constexpr std::array<std::string_view, 7> clock_refusals{
    "AccessDeniedException", "AuthFailure",          "InvalidSignatureException", "RequestExpired",
    "RequestInTheFuture",    "RequestTimeTooSkewed", "SignatureDoesNotMatch"};

constexpr std::array<std::string_view, 3> expired_refusals{"ExpiredToken", "ExpiredTokenException", "RequestExpired"};
constexpr std::string_view unrecognized_client = "UnrecognizedClientException";

template <class Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Step Call::send(Timestamp now) {
  const double wait = std::exchange(has_leave_, true) ? 0 : client_.rate_limiter.acquire(now);
  if (wait > 0) return Wait{wait};
  has_leave_ = false;
  ++attempts_;
  sent_at_ = now;
  sent_offset_ = client_.clock_skew.offset();
  return Send{sent_offset_, std::exchange(renews_credentials_, false)};
}

Step Call::responded(HttpResponse response, Timestamp now) {
  client_.clock_skew.learn(response, sent_at_, now);
  const bool clock_was_wrong = client_.clock_skew.offset() != sent_offset_;  // this answer or another call's told
  if (!response.is_success()) return refused(response, clock_was_wrong, now);
  client_.rate_limiter.answered(/*is_throttled=*/false, now);
  client_.retry_policy.succeeded(drawn_);
  return Answered{std::move(response)};
}

Step Call::refused(const HttpResponse& response, bool clock_was_wrong, Timestamp now) {
  ServiceError error = read_error(response);
  client_.rate_limiter.answered(error.retryable == Retryable::throttling, now);
  const bool may_be_our_clock =
      clock_was_wrong && signature_ != Signature::none && contains(clock_refusals, error.name);
  if (may_be_our_clock && !std::exchange(has_corrected_clock_, true)) {
    ++corrections_;
    return send(now);
  }
  const bool are_credentials_expired =
      contains(expired_refusals, error.name) || (error.name == unrecognized_client && signature_ == Signature::session);
  if (are_credentials_expired && client_.can_renew_credentials && !std::exchange(has_renewed_credentials_, true)) {
    ++corrections_;
    renews_credentials_ = true;
    return send(now);
  }
  return failed(std::move(error), &response, now);
}

Step Call::lost_connection(std::string message, Timestamp now) {
  return failed(
      {.name = std::string(error_name::network), .message = std::move(message), .retryable = Retryable::transient},
      nullptr, now);
}

Step Call::timed_out(double limit_milliseconds, Timestamp now) {
  return failed({.name = std::string(error_name::timeout),
                 .message = "no answer within " + std::to_string(std::llround(limit_milliseconds)) + " ms",
                 .retryable = Retryable::transient},
                nullptr, now);
}

Step Call::failed(ServiceError error, const HttpResponse* response, Timestamp now) {
  error.attempts = attempts_;
  if (attempts_ >= client_.max_attempts + corrections_) return error;
  const auto wait = client_.retry_policy.wait_before_retry(error, attempts_ - corrections_, response, now);
  if (!wait) return error;
  drawn_ = client_.retry_policy.last_draw();
  has_leave_ = false;
  return Wait{*wait};
}

}  // namespace rekognition_jobs
