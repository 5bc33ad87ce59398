// The members of a line of results that may state its error.
#pragma once

#include <cstdint>
#include <string_view>

#include "../base/ascii.h"

namespace rekognition_jobs {

/// Where an error's code or message may stand, apart from the members of the table.
enum class ErrorPart : std::uint8_t { none, code, message, whole };

[[nodiscard]] constexpr ErrorPart error_part(std::string_view name) {
  constexpr std::string_view prefix = "error";
  if (ascii::equal_ignoring_case(name.substr(0, prefix.size()), prefix) && name.size() > prefix.size()) {
    const std::string_view rest = name.substr(prefix.size());
    if (ascii::equal_ignoring_case(rest, "s")) return ErrorPart::whole;
    name = rest.substr(rest.front() == '-' || rest.front() == '_' ? 1 : 0);
  }
  if (ascii::equal_ignoring_case(name, "code")) return ErrorPart::code;
  if (ascii::equal_ignoring_case(name, "message")) return ErrorPart::message;
  const bool is_whole = ascii::equal_ignoring_case(name, prefix) || ascii::equal_ignoring_case(name, "failure");
  return is_whole ? ErrorPart::whole : ErrorPart::none;
}

}  // namespace rekognition_jobs
