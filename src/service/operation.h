// One call of the service as a state machine: its caller reports what happened, and it returns what to do next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "../base/timestamp.h"
#include "http_response.h"
#include "request.h"
#include "retry_context.h"
#include "service_error.h"

namespace rekognition_jobs {

/// Send the call's request, signed at our time plus `clock_offset` milliseconds.
struct Send {
  std::int64_t clock_offset = 0;
  bool renews_credentials = false;  ///< ask their provider for new ones first
};

/// Let `pause` pass, then say waited().
struct Wait {
  double milliseconds = 0;  ///< until the next attempt, as far as can be told
  double pause = 0;         ///< no more than that: a place in the queue of the rate limiter may move up meanwhile
};

/// The call has its answer: a success as HTTP sees it.
struct Answered {
  HttpResponse response;
};

/// With what a request is signed.
enum class Signature : std::uint8_t { none, key_pair, session };

using Step = std::variant<Send, Wait, Answered, ServiceError>;

/// Follows one request through its attempts until it is answered or has failed for good. Times are by our clock.
///
/// A failed attempt that may succeed later is waited out and made again, `max_attempts` in all. Beyond those, a
/// signature that was refused for our wrong clock is made again once with the right time, and one that was refused for
/// expired credentials once with new ones. A call that ends without an outcome gives back all that it took of `client`.
class Operation {
 public:
  /// `client` outlives the call.
  Operation(Request request, RetryContext& client) : request_(std::move(request)), client_(client) {}
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;
  ~Operation() { client_.retry_policy.give_back(open_draw_); }

  [[nodiscard]] const Request& request() const { return request_; }

  /// Requests sent so far.
  [[nodiscard]] int attempts() const { return attempts_; }

  [[nodiscard]] Step begin(Timestamp now) { return send(now); }

  /// The request of the last Send goes out, signed so.
  void sends(Signature signature);

  // What became of the last Send.
  [[nodiscard]] Step responded(HttpResponse response, Timestamp now);
  [[nodiscard]] Step lost_connection(std::string message, Timestamp now);
  [[nodiscard]] Step timed_out(double limit_milliseconds, Timestamp now);

  /// What became of the last Wait.
  [[nodiscard]] Step waited(Timestamp now) { return send(now); }

  /// The last Answered was no answer of this API: counts as a failed attempt.
  [[nodiscard]] Step rejected(ServiceError error, Timestamp now) { return failed(std::move(error), nullptr, now); }

 private:
  Step send(Timestamp now);
  void went_out();
  /// Whether the wait is longer than the caller's limit; the message then says so.
  [[nodiscard]] bool asks_for_too_much(const HttpResponse& response, Timestamp service_now, std::string& message) const;
  Step refused(const HttpResponse& response, bool clock_was_wrong, Timestamp now);
  Step failed(ServiceError error, const HttpResponse* response, Timestamp now);

  Request request_;
  RetryContext& client_;
  int attempts_ = 0;
  int extra_attempts_ = 0;  ///< attempts beyond max_attempts that a correction was worth
  Timestamp sent_at_ = 0;
  std::int64_t sent_offset_ = 0;
  double open_draw_ = 0;                     ///< on the quota, for a retry whose outcome is not known
  std::optional<RateLimiter::Place> place_;  ///< of the next Send
  double pause_ = 0;                         ///< that a Wait for a turn told last
  Signature signature_ = Signature::none;
  bool has_corrected_clock_ = false;
  bool has_renewed_credentials_ = false;
  bool renews_credentials_ = false;
};

}  // namespace rekognition_jobs
