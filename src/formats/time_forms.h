// Reads the forms in which programs write a time: ISO 8601 and its kin, RFC 822, asctime, JavaScript's, epochs.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "../base/timestamp.h"

namespace rekognition_jobs::formats {

/// A time as it was written.
struct WrittenTime {
  enum class Form : std::uint8_t {
    plain,      ///< as the service and the AWS CLI write it
    converted,  ///< in another form or unit
    empty,      ///< no time at all
    zero,       ///< the first day of the year 1 in any zone, or the epoch itself, which programs write for "none"
    unreadable  ///< of no known form, or ambiguous
  };

  Form form = Form::unreadable;
  Timestamp time = 0;
  std::string_view from;  ///< the form or unit of what was converted, for a message
};

/// Reads a time in text. Without a zone it is UTC. `05/06/2024`, which may be in May or June, is unreadable.
[[nodiscard]] WrittenTime read_time(std::string_view text);

/// Reads an epoch. What would be the year 10000 or later in seconds is milli-, micro- or nanoseconds. `text` is the
/// number as written, which has digits that a double does not hold.
[[nodiscard]] WrittenTime read_epoch(std::string_view text, double number);

}  // namespace rekognition_jobs::formats
