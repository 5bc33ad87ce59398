// From what happened to the next step of a call.
#include "service/call.h"

#include <cmath>
#include <utility>

#include "service/error_response.h"

namespace rekognition_jobs {

Step Call::send() {
  ++attempts_;
  return Send{};
}

Step Call::responded(HttpResponse response) {
  if (!response.is_success()) return failed(read_error(response), &response);
  policy_.succeeded(drawn_);
  return Answered{std::move(response)};
}

Step Call::lost_connection(std::string message) {
  return failed(
      {.name = std::string(error_name::network), .message = std::move(message), .retryable = Retryable::transient},
      nullptr);
}

Step Call::timed_out(double limit_milliseconds) {
  return failed({.name = std::string(error_name::timeout),
                 .message = "no answer within " + std::to_string(std::llround(limit_milliseconds)) + " ms",
                 .retryable = Retryable::transient},
                nullptr);
}

Step Call::failed(ServiceError error, const HttpResponse* response) {
  error.attempts = attempts_;
  if (attempts_ >= max_attempts_) return error;
  const auto wait = policy_.wait_before_retry(error, attempts_, response);
  if (!wait) return error;
  drawn_ = policy_.last_draw();
  return Wait{*wait};
}

}  // namespace rekognition_jobs
