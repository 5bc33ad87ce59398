// How far the service's clock is ahead of ours, learnt from its responses.
#pragma once

#include <optional>

#include "../base/timestamp.h"
#include "http_response.h"

namespace rekognition_jobs {

/// Signatures are good for five minutes either way: a clock that is further off is refused until it is corrected.
class ClockSkew {
 public:
  /// Milliseconds to add to our clock.
  [[nodiscard]] std::int64_t offset() const { return offset_; }

  /// Learns from an answer to a request sent at `sent_at` that came at `received_at`, by our clock: from its Date
  /// header, or from the time that the refusal of a signature tells. True when our corrected clock was off by minutes.
  bool learn(const HttpResponse& response, Timestamp sent_at, Timestamp received_at);

 private:
  std::int64_t offset_ = 0;
};

/// The service's time as the answer tells it, if it does.
[[nodiscard]] std::optional<Timestamp> service_time(const HttpResponse& response);

}  // namespace rekognition_jobs
