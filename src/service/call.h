// One call of the service as a state machine: told what happened, it says what to do next. It does nothing itself.
#pragma once

#include <string>
#include <variant>

#include "service/http_response.h"
#include "service/request.h"
#include "service/retry_policy.h"
#include "service/service_error.h"

namespace rekognition_jobs {

/// Send the call's request.
struct Send {};

/// Let this much time pass, then say waited().
struct Wait {
  double milliseconds = 0;
};

/// The call has its answer: a success as HTTP sees it.
struct Answered {
  HttpResponse response;
};

using Step = std::variant<Send, Wait, Answered, ServiceError>;

/// Follows one request through its attempts until it is answered or has failed for good.
class Call {
 public:
  /// `policy` outlives the call. `max_attempts` is at least 1.
  Call(Request request, RetryPolicy& policy, int max_attempts)
      : request_(std::move(request)), policy_(policy), max_attempts_(max_attempts) {}

  [[nodiscard]] const Request& request() const { return request_; }

  /// Requests sent so far.
  [[nodiscard]] int attempts() const { return attempts_; }

  [[nodiscard]] Step begin() { return send(); }

  // What became of the last Send.
  [[nodiscard]] Step responded(HttpResponse response);
  [[nodiscard]] Step lost_connection(std::string message);
  [[nodiscard]] Step timed_out(double limit_milliseconds);

  /// What became of the last Wait.
  [[nodiscard]] Step waited() { return send(); }

  /// The last Answered was no answer of this API: counts as a failed attempt.
  [[nodiscard]] Step rejected(ServiceError error) { return failed(std::move(error), nullptr); }

 private:
  Step send();
  Step failed(ServiceError error, const HttpResponse* response);

  Request request_;
  RetryPolicy& policy_;
  int max_attempts_;
  int attempts_ = 0;
  double drawn_ = 0;
};

}  // namespace rekognition_jobs
